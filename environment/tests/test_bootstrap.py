"""The commands find what they need, or say in one message all that is missing, and make .venv."""

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import places
import pytest

from journey_tools import project

BASICS = "bash cat cksum dirname env find ln mkdir readlink rm sed sort tr uname"
JAVAC = 'echo -e " java.home = /a jdk\\n java.specification.version = {}"'
MAVEN = "echo 'Apache Maven {} (0123)'"


class Machine:
    """A machine with few tools, which tests replace, and a checkout in a strange place.

    Instead of our commands, its checkout has a program that tells how it was started.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.home = folder / "a çheckout"
        self.requirements = self.home / "environment" / "requirements.txt"
        self._bin = folder / "bin"
        self._bin.mkdir()
        for tool in BASICS.split():
            (self._bin / tool).symlink_to(shutil.which(tool))
        self.put("python3", f"""exec '{sys.executable}' "$@\"""")
        self.put("javac", JAVAC.format(25))
        self.put("mvn", MAVEN.format("3.10.0"))
        (self.home / "environment").mkdir(parents=True)
        for name in ("bootstrap.sh", "downloads.env", "run"):
            shutil.copy(project.ENVIRONMENT / name, self.home / "environment")
        shutil.copy(project.HOME / "pom.xml", self.home)
        self.requirements.touch()
        program = "import os, sys\nprint(sys.prefix, os.environ.get('JOURNEY_CALLER_PREFIX'))\n"
        program += "print(*[os.environ.get(word, word) for word in sys.argv[1:]])\n"
        (self.home / "environment" / "__main__.py").write_text(program, encoding="utf-8")

    def put(self, tool: str, script: str) -> None:
        (self._bin / tool).write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
        (self._bin / tool).chmod(0o755)

    def remove(self, *tools: str) -> None:
        for tool in tools:
            (self._bin / tool).unlink()

    def start(
        self,
        *arguments: str,
        command: Path | None = None,
        inside: Sequence[str] = (),
        **variables: str,
    ):
        return subprocess.Popen(
            [*inside, command or self.home / "environment" / "run", *arguments],
            env={"PATH": str(self._bin), "PIP_NO_INDEX": "1", **variables},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *arguments: str, **options: object) -> tuple[int, str, str]:
        """The exit status, and what was written on both streams."""
        process = self.start(*arguments, **options)
        out, err = process.communicate()
        return process.returncode, out, err


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_all_that_is_missing_is_said_at_once(machine: Machine) -> None:
    machine.remove("python3", "javac", "mvn")
    status, _, said = machine.run()
    assert status == 2
    for wanted in ("Python with venv and ensurepip, 3.10", "A JDK, ", "Maven, 3.6.3"):
        assert wanted in said
    for way in ("or newer (found: none)", "sudo apt install", "sudo dnf install", "brew install"):
        assert said.count(way) == 3
    assert not (machine.home / ".venvs").exists()


@pytest.mark.parametrize(
    ("tool", "script", "complaint"),
    [
        ("python3", "echo 3.9.18", "Python with venv and ensurepip, 3.10 or newer (found: 3.9.18)"),
        ("python3", "exit 1", "Python with venv and ensurepip, 3.10 or newer (found: none)"),
        ("javac", JAVAC.format(11), "A JDK, with the compiler javac, 17 or newer (found: 11)"),
        ("javac", JAVAC.format(1.8), "A JDK, with the compiler javac, 17 or newer (found: 1.8)"),
        ("javac", "exit 1", "A JDK, with the compiler javac, 17 or newer (found: none)"),
        ("mvn", MAVEN.format("3.6.2"), "Maven, 3.6.3 or newer (found: 3.6.2)"),
    ],
)
def test_one_is_old_or_missing(machine: Machine, tool: str, script: str, complaint: str) -> None:
    machine.put(tool, script)
    status, _, said = machine.run()
    assert status == 2
    assert complaint in said
    assert said.count("found:") == 1


def test_a_java_home_without_a_jdk_is_named(machine: Machine) -> None:
    _, _, said = machine.run(JAVA_HOME="/nonexistent")
    assert "javac, in JAVA_HOME=/nonexistent, 17 or newer (found: none)" in said
    assert "Maven" not in said


def test_help_needs_python_only(machine: Machine) -> None:
    machine.remove("javac", "mvn")
    status, said, _ = machine.run("--help")
    assert status == 0
    assert said == f"{sys.prefix} None\nrun --help\n"


def test_a_python_of_another_name_will_do(machine: Machine) -> None:
    machine.put("python3.12", f"""exec '{sys.executable}' "$@\"""")
    machine.remove("python3")
    status, said, problem = machine.run()
    assert status == 0, problem
    assert said.splitlines()[-2].endswith(f" {sys.prefix}")


def test_venv_is_made_once_and_found_through_links(machine: Machine) -> None:
    (machine.folder / "again").symlink_to("go")
    (machine.folder / "go").symlink_to(f"{machine.home.name}/environment/run")
    for times in (1, 0):
        status, said, problem = machine.run(
            "a b", command=machine.folder / "again", PIP_USER="1", PYTHONPATH="/nonexistent"
        )
        assert status == 0, problem
        assert said.count("Installing") == said.count(" 117 MB to fetch, about 1 min") == times
        assert said.endswith(f"{machine.home}/.venv {sys.prefix}\nrun a b\n")


def test_an_update_that_fails_leaves_what_was_there(machine: Machine) -> None:
    assert machine.run()[0] == 0
    machine.requirements.write_text("journey-nonexistent==1\n", encoding="utf-8")
    status, _, said = machine.run()
    assert status == 1
    assert "No matching distribution found for journey-nonexistent==1" in said
    assert (machine.home / ".venv" / "bin" / "python").exists()
    machine.requirements.write_text("", encoding="utf-8")
    assert "Installing" not in machine.run()[1]


def test_two_at_once_wait_for_each_other(machine: Machine) -> None:
    both = [machine.start() for _ in range(2)]
    said = "".join(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said.count("Installing") == 1


def test_being_asked_to_end_ends_in_order(machine: Machine) -> None:
    process = machine.start()
    assert process.stdout.readline().startswith("Installing")
    process.terminate()
    assert "The next call goes on from here." in process.communicate()[1]
    assert process.returncode == 130
    assert machine.run()[0] == 0


def test_folders_are_meant_from_where_the_command_is_called(machine: Machine) -> None:
    named = {"JOURNEY_DATA": "some data", "JOURNEY_WORK": "../work"}
    assert machine.run(*named, **named)[1].endswith(
        f"\nrun {machine.folder}/some data {machine.folder}/../work\n"
    )
    named = {"JOURNEY_DATA": "Stand-in", "JOURNEY_WORK": "/work"}
    assert machine.run(*named, **named)[1].endswith("\nrun Stand-in /work\n")


def test_of_pips_settings_only_the_way_to_packages_holds(machine: Machine) -> None:
    wheels = machine.folder / "wheels"
    wheels.mkdir()
    metadata = "Metadata-Version: 2.1\nVersion: 1\n"
    for name, needs in (("probe", "Requires-Dist: needed"), ("needed", "")):
        with zipfile.ZipFile(wheels / f"{name}-1-py3-none-any.whl", "w") as wheel:
            about = f"{name}-1.dist-info"
            wheel.writestr(f"{name}.py", "")
            wheel.writestr(f"{about}/METADATA", f"{metadata}Name: {name}\n{needs}")
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
    home = machine.folder / "home"
    settings = home / ".config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f"[global]\nuser = true\nfind-links =\n  /nonexistent\n  {wheels}\n"
        f"[install]\ntarget = {home}/target\nprefix = {home}/prefix\n",
        encoding="utf-8",
    )
    machine.requirements.write_text("probe==1\n", encoding="utf-8")
    status, _, problem = machine.run(
        HOME=str(home), PIP_ROOT=str(home / "root"), PIP_NO_DEPS="1", PIP_CONSTRAINT="/nonexistent"
    )
    assert status == 0, problem
    [packages] = machine.home.glob(".venv/lib/python*/site-packages")
    assert {"probe.py", "needed.py"} <= {file.name for file in packages.iterdir()}
    assert {file.name for file in home.iterdir()} <= {".config", ".cache"}


@pytest.mark.parametrize("home", ["/nonexistent", "/dev/null"])
def test_a_home_folder_that_cannot_be_written_is_named(machine: Machine, home: str) -> None:
    status, _, said = machine.run(HOME=home)
    assert status == 2
    assert f"Your home folder, {home}, cannot be written" in said
    assert "export HOME=" in said


def test_a_read_only_checkout_that_is_set_up_will_do(machine: Machine) -> None:
    inside = places.read_only(machine.home)
    status, _, said = machine.run(inside=inside)
    assert status == 2
    assert said == (
        f"{machine.home} is not set up for this user, who cannot write it: let its owner run"
        " environment/setup.\n"
    )
    assert machine.run()[0] == 0
    assert machine.run("a b", inside=inside) == (
        0,
        f"{machine.home}/.venv {sys.prefix}\nrun a b\n",
        "",
    )


def test_a_file_system_without_locks_will_do(machine: Machine) -> None:
    assert machine.run(**places.without_locks(machine.home, machine.folder))[0] == 0


def test_what_was_moved_is_made_anew(machine: Machine) -> None:
    assert machine.run()[0] == 0
    machine.home = machine.home.rename(machine.folder / "moved")
    for times in (1, 0):
        said = machine.run()[1]
        assert said.count("Installing") == times
        assert said.endswith(f"{machine.home}/.venv {sys.prefix}\nrun\n")
    assert len(list((machine.home / ".venvs").iterdir())) == 1
