"""The commands find what they need, or say in one message all that is missing, and make .venv."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journey_tools import project

BASICS = "bash cat cut dirname env find head ln mkdir readlink rm sed seq sleep sort tail uname"
JAVA = """#!/bin/bash
cat >&2 <<END
    java.home = {home}
    java.specification.version = {version}
END
"""


class Machine:
    """A machine with only those tools that a test puts on it, and a checkout in a strange place.

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
        (self.home / "environment").mkdir(parents=True)
        for name in ("bootstrap.sh", "run"):
            shutil.copy(project.ENVIRONMENT / name, self.home / "environment")
        shutil.copy(project.HOME / "pom.xml", self.home)
        self.requirements.touch()
        program = "import os, sys\nprint(sys.prefix, os.environ.get('JOURNEY_CALLER_PREFIX'))\n"
        program += "print(*sys.argv[1:])\n"
        (self.home / "environment" / "__main__.py").write_text(program, encoding="utf-8")

    def with_all(self) -> Machine:
        self._put("python3", f"""#!/bin/bash\nexec '{sys.executable}' "$@"\n""")
        return self.with_java("17").with_maven("3.6.3")

    def with_python(self, version: str, venv: bool = True) -> Machine:
        """A Python that knows of itself what the commands ask."""
        return self._put(
            "python3",
            "#!/bin/bash\n"
            f'case "$2" in *python_version*) echo {version} ;;'
            f' *ensurepip*) exit {int(not venv)} ;; *) echo "started: $*" ;; esac\n',
        )

    def with_java(self, version: str, compiler: bool = True) -> Machine:
        home = self.folder / "a jdk"
        (home / "bin").mkdir(parents=True)
        self._put("java", JAVA.format(home=home, version=version))
        if compiler:
            (home / "bin" / "javac").symlink_to(self._bin / "java")
        return self

    def with_maven(self, version: str) -> Machine:
        return self._put("mvn", f"#!/bin/bash\necho 'Apache Maven {version} (0123)'\n")

    def _put(self, name: str, script: str) -> Machine:
        (self._bin / name).write_text(script, encoding="utf-8")
        (self._bin / name).chmod(0o755)
        return self

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


def test_everything_missing_is_said_at_once(machine: Machine) -> None:
    status, _, said = machine.run()
    assert status == 2
    for wanted in ("Python 3.10 or newer, with venv", "A JDK, 17 or newer", "Maven 3.6.3 or newer"):
        assert f"{wanted} (found: none" in said
    for way in ("sudo apt install", "sudo dnf install", "brew install"):
        assert said.count(way) == 3
    assert not (machine.home / ".venvs").exists()


def test_what_is_there_is_not_complained_about(machine: Machine) -> None:
    status, _, said = machine.with_python("3.12.1").with_maven("3.9.9").run()
    assert status == 2
    assert "JDK" in said
    assert "Python" not in said
    assert "Maven" not in said


@pytest.mark.parametrize(
    ("python", "java", "maven", "complaint"),
    [
        ("3.9.18", "17", "3.6.3", "Python 3.10 or newer, with venv (found: 3.9.18)"),
        ("3.10.0", "11", "3.10.0", "17 or newer (found: Java 11 in"),
        ("3.10.0", "1.8", "4.0.0", "17 or newer (found: Java 1.8 in"),
        ("3.14.1", "25", "3.6.2", "Maven 3.6.3 or newer (found: 3.6.2)"),
    ],
)
def test_an_old_one(machine: Machine, python: str, java: str, maven: str, complaint: str) -> None:
    status, _, said = machine.with_python(python).with_java(java).with_maven(maven).run()
    assert status == 2
    assert complaint in said
    assert said.count("found:") == 1


def test_a_python_without_venv_and_a_java_without_compiler(machine: Machine) -> None:
    machine.with_python("3.11.2", venv=False).with_java("17", compiler=False).with_maven("3.9.9")
    _, _, said = machine.run(JAVA_HOME="")
    assert "found: 3.11.2, which cannot make virtual environments" in said
    assert "which has no compiler javac" in said


def test_a_java_home_that_is_none(machine: Machine) -> None:
    _, _, said = machine.with_all().run(JAVA_HOME="/nonexistent")
    assert "(found: none; JAVA_HOME is /nonexistent)" in said


def test_help_needs_python_only(machine: Machine) -> None:
    status, said, _ = machine.with_python("3.10.0").run("--help")
    assert status == 0
    assert said.strip() == f"started: -E -s {machine.home}/environment run --help"


def test_venv_is_made_once_and_found_through_links(machine: Machine) -> None:
    (machine.folder / "again").symlink_to("go")
    (machine.folder / "go").symlink_to(f"{machine.home.name}/environment/run")
    machine.with_all()
    for times in (1, 0):
        status, said, problem = machine.run(
            "a b", command=machine.folder / "again", PIP_USER="1", PYTHONPATH="/nonexistent"
        )
        assert status == 0, problem
        assert said.count("Installing") == times
        assert said.endswith(f"{machine.home}/.venv {sys.prefix}\nrun a b\n")


def test_an_update_that_fails_leaves_what_was_there(machine: Machine) -> None:
    assert machine.with_all().run()[0] == 0
    machine.requirements.write_text("journey-nonexistent==1\n", encoding="utf-8")
    status, _, said = machine.run()
    assert status == 1
    assert "Installing Python packages failed. The end of its log:" in said
    assert "No matching distribution found for journey-nonexistent==1" in said
    assert (machine.home / ".venv" / "bin" / "python").exists()
    machine.requirements.write_text("", encoding="utf-8")
    assert "Installing" not in machine.run()[1]


def test_two_at_once_wait_for_each_other(machine: Machine) -> None:
    machine.with_all()
    both = [machine.start() for _ in range(2)]
    said = "".join(process.communicate()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said.count("Installing") == 1


def test_being_asked_to_end_ends_in_order(machine: Machine) -> None:
    machine.with_all()
    process = machine.start()
    assert process.stdout.readline().startswith("Installing")
    process.terminate()
    assert "The next call goes on from here." in process.communicate()[1]
    assert process.returncode == 130
    assert machine.run()[0] == 0


def test_every_command_is_there() -> None:
    for name in ("bench", "lab", "run", "setup", "test", "weave"):
        assert os.access(project.ENVIRONMENT / name, os.X_OK)
