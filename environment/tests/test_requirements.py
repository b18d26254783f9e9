"""The commands say in one message all that is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from journey_tools import project

BASICS = ["bash", "dirname", "env", "head", "readlink", "sed", "uname"]
PYTHON = "#!/bin/bash\n"
JAVA = """#!/bin/bash
cat >&2 <<END
    java.home = {home}
    java.specification.version = {version}
END
"""
MAVEN = "#!/bin/bash\necho 'Apache Maven {version} (0123)'\n"


class Machine:
    """A machine with only those tools that a test puts on it."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._bin = folder / "bin"
        self._bin.mkdir()
        for tool in [*BASICS, "cat"]:
            (self._bin / tool).symlink_to(shutil.which(tool))

    def with_python(self, version: str, venv: bool = True) -> Machine:
        """A Python that knows of itself what the commands ask."""
        old = tuple(map(int, version.split("."))) < (3, 10)
        self._put(
            "python3",
            "#!/bin/bash\n"
            f'case "$2" in *python_version*) echo {version} ;;'
            f" *sys.exit*) exit {int(old)} ;;"
            f" *ensurepip*) exit {int(not venv)} ;;"
            f' *print*) echo {version} ;; *) echo "started: $*" ;; esac\n',
        )
        return self

    def with_java(self, version: str, compiler: bool = True) -> Machine:
        home = self._folder / "a jdk"
        (home / "bin").mkdir(parents=True)
        self._put("java", JAVA.format(home=home, version=version))
        if compiler:
            (home / "bin" / "javac").symlink_to(self._bin / "java")
        return self

    def with_maven(self, version: str) -> Machine:
        self._put("mvn", MAVEN.format(version=version))
        return self

    def run(self, command: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [command, *arguments],
            env={"PATH": str(self._bin), **variables},
            cwd=self._folder,
            capture_output=True,
            text=True,
        )

    def _put(self, name: str, script: str) -> None:
        file = self._bin / name
        file.write_text(script, encoding="utf-8")
        file.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


RUN = project.ENVIRONMENT / "run"


def test_everything_missing_is_said_at_once(machine: Machine) -> None:
    done = machine.run(RUN)
    assert done.returncode == 2
    for wanted in ("Python 3.10 or newer", "JDK, 17 or newer", "Maven 3.6.3 or newer"):
        assert f"{wanted} (found: none" in done.stderr
    for way in ("sudo apt install", "sudo dnf install", "brew install"):
        assert done.stderr.count(way) == 3


def test_what_is_there_is_not_complained_about(machine: Machine) -> None:
    done = machine.with_python("3.12.1").with_maven("3.9.9").run(RUN)
    assert done.returncode == 2
    assert "JDK" in done.stderr
    assert "Python" not in done.stderr
    assert "Maven" not in done.stderr


@pytest.mark.parametrize("version", ["3.6.3", "3.10.0", "3.8.7", "4.0.0"])
def test_enough_is_enough(machine: Machine, version: str) -> None:
    done = machine.with_python("3.10.0").with_java("17").with_maven(version).run(RUN, "01")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("environment/command.py run 01\n")


@pytest.mark.parametrize("version", ["3.6.2", "3.5.9", "2.2.1"])
def test_an_old_maven(machine: Machine, version: str) -> None:
    done = machine.with_python("3.10.0").with_java("25").with_maven(version).run(RUN)
    assert f"Maven 3.6.3 or newer (found: {version})" in done.stderr


@pytest.mark.parametrize("version", ["11", "1.8", "9"])
def test_an_old_java(machine: Machine, version: str) -> None:
    done = machine.with_python("3.10.0").with_java(version).with_maven("3.9.9").run(RUN)
    assert f"found: Java {version} in" in done.stderr


def test_a_java_without_a_compiler(machine: Machine) -> None:
    machine.with_python("3.10.0").with_java("17", compiler=False).with_maven("3.9.9")
    assert "which has no compiler javac" in machine.run(RUN).stderr


def test_a_java_home_that_is_none(machine: Machine) -> None:
    machine.with_python("3.10.0").with_java("17").with_maven("3.9.9")
    done = machine.run(RUN, JAVA_HOME="/nonexistent")
    assert done.returncode == 2
    assert "JAVA_HOME is /nonexistent" in done.stderr


def test_an_old_python(machine: Machine) -> None:
    done = machine.with_python("3.9.18").with_java("17").with_maven("3.9.9").run(RUN)
    assert "Python 3.10 or newer (found: 3.9.18)" in done.stderr


def test_a_python_that_cannot_make_environments(machine: Machine) -> None:
    done = machine.with_python("3.11.2", venv=False).with_java("17").with_maven("3.9.9").run(RUN)
    assert "sudo apt install python3-venv" in done.stderr
    assert "Python 3.11.2 is there, but" in done.stderr


@pytest.mark.parametrize("command", ["setup", "run", "lab", "bench"])
def test_help_needs_python_only(machine: Machine, command: str) -> None:
    done = machine.with_python("3.10.0").run(project.ENVIRONMENT / command, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"command.py {command} --help\n")


def test_through_links_and_from_elsewhere(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    (folder / "go").symlink_to(os.path.relpath(RUN, folder))
    (folder / "again").symlink_to("go")
    done = machine.with_python("3.10.0").run(folder / "again", "--help")
    assert done.stdout.strip().endswith(f"{project.ENVIRONMENT}/command.py run --help")
