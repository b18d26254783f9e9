"""Compiles the library and asks Maven for the class path that goes with it."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journey_tools import machine, project, tool
from journey_tools.jdk import Jdk
from journey_tools.problem import Problem
from journey_tools.stamps import Stamp, digest_of

CLASSES = project.TARGET / "classes"
_CLASS_PATH_FILE = project.BUILD / "classpath.txt"
# In target/, so that `mvn clean` takes it away together with the classes.
_STAMP = Stamp(project.TARGET / "journey-stamp.json")
_NVIDIA_DEVICE = Path("/dev/nvidia0")

_CUDA_PROFILE = {"auto": [], "on": ["-Pcuda"], "off": ["-P!cuda"]}
CUDA_CHOICES = tuple(_CUDA_PROFILE)


@dataclass(frozen=True)
class Maven:
    """Maven as this machine wants it: which JDK, which natives, with CUDA or without."""

    jdk: Jdk
    flavour: str | None
    cuda: str

    @staticmethod
    def for_this_machine(jdk: Jdk, cuda: str) -> "Maven":
        return Maven(jdk, machine.native_flavour(), cuda)

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs Maven with these arguments, in the checkout's folder."""
        options = ["-B", "-Dstyle.color=never", *_CUDA_PROFILE[self.cuda]]
        if self.flavour is not None:
            options.append(f"-Dnative.flavour={self.flavour}")
        return ["mvn", *options, *arguments]

    def run(self, arguments: Sequence[str], log_name: str, doing: str) -> None:
        """Runs Maven with its output in a log; raises Problem if it fails."""
        tool.run_logged(
            self.command(*arguments), log_name, doing, _Downloads(), JAVA_HOME=str(self.jdk.home)
        )

    def ensure_compiled(self) -> bool:
        """Compiles and stores the class path; whether there was anything to do."""
        wanted = self._inputs()
        if _STAMP.matches(wanted) and CLASSES.is_dir() and not _missing(_stored_class_path()):
            return False
        _STAMP.clear()
        _CLASS_PATH_FILE.unlink(missing_ok=True)
        self.run(
            ["compile", "dependency:build-classpath", "-DincludeScope=runtime"]
            + [f"-Dmdep.outputFile={_CLASS_PATH_FILE}"],
            "maven.log",
            "Compiling, with the Java libraries it needs",
        )
        _STAMP.write(wanted)
        return True

    def _inputs(self) -> dict[str, str]:
        sources = [project.HOME / "pom.xml", project.HOME / "src" / "main"]
        return {
            "sources": digest_of([*sources, project.HOME / ".mvn"]),
            "jdk": f"{self.jdk.version} in {self.jdk.home}",
            "flavour": str(self.flavour),
            "cuda": f"{self.cuda}, device {_NVIDIA_DEVICE.exists()}",
        }


def class_path() -> list[str]:
    """The compiled classes and the jars they need, as the last set-up left them."""
    jars = _stored_class_path()
    gone = _missing(jars)
    if not CLASSES.is_dir() or gone:
        what = ", ".join(gone) if jars else "the class path"
        raise Problem(f"{what} is not there; run environment/setup.")
    return [str(CLASSES), *jars]


def _stored_class_path() -> list[str]:
    try:
        return _CLASS_PATH_FILE.read_text(encoding="utf-8").strip().split(os.pathsep)
    except OSError:
        return []


def _missing(jars: list[str]) -> list[str]:
    if not jars:
        return ["build/classpath.txt"]
    return [jar for jar in jars if not os.path.exists(jar)]


class _Downloads:
    """Turns Maven's lines into how many files have come, and how much that is."""

    _PATTERN = re.compile(r"Downloaded from .* \(([\d.]+) ([kMG]?B)\b")
    _BYTES = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0.0

    def __call__(self, line: str) -> str | None:
        match = self._PATTERN.search(line)
        if match is None:
            return None
        self._files += 1
        self._bytes += float(match[1]) * self._BYTES[match[2]]
        return f"{self._files} files, {self._bytes / 1e6:.0f} MB fetched"
