"""The commands find what they need, or say in one message all that is missing, and make .venv."""

import shutil
import subprocess
import sys
from pathlib import Path

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
        program += "print(*sys.argv[1:])\n"
        (self.home / "environment" / "__main__.py").write_text(program, encoding="utf-8")

    def put(self, tool: str, script: str) -> None:
        (self._bin / tool).write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
        (self._bin / tool).chmod(0o755)

    def remove(self, *tools: str) -> None:
        for tool in tools:
            (self._bin / tool).unlink()

    def start(self, *arguments: str, command: Path | None = None, **variables: str):
        return subprocess.Popen(
            [command or self.home / "environment" / "run", *arguments],
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
