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

_NVIDIA_DEVICE = Path("/dev/nvidia0")

_CUDA_PROFILE = {"auto": [], "on": ["-Pcuda"], "off": ["-P!cuda"]}
CUDA_CHOICES = tuple(_CUDA_PROFILE)


@dataclass(frozen=True)
class Product:
    """What Maven compiles: from which folders, into which, with which of the pom's profiles."""

    sources: tuple[Path, ...]
    target: Path
    class_path_file: Path
    profiles: tuple[str, ...]
    name: str
    log_name: str

    @property
    def classes(self) -> Path:
        return self.target / "classes"

    @property
    def stamp(self) -> Stamp:
        """In the target folder, so that `mvn clean` takes it away together with the classes."""
        return Stamp(self.target / "journey-stamp.json")

    def class_path(self) -> list[str]:
        """The compiled classes and the jars they need, as Maven left them.

        Raises Problem if a part of that is missing.
        """
        jars = self._stored_class_path()
        gone = self.missing()
        if gone:
            what = ", ".join(gone) if jars else "the class path"
            raise Problem(f"{what} is not there; run environment/setup.")
        return [str(self.classes), *jars]

    def missing(self) -> list[str]:
        """What of the class path is not there."""
        jars = self._stored_class_path() or [str(self.class_path_file)]
        return [path for path in [str(self.classes), *jars] if not os.path.exists(path)]

    def _stored_class_path(self) -> list[str]:
        try:
            return self.class_path_file.read_text(encoding="utf-8").strip().split(os.pathsep)
        except OSError:
            return []


_LIBRARY_SOURCES = project.HOME / "src" / "main"

LIBRARY = Product(
    sources=(_LIBRARY_SOURCES,),
    target=project.TARGET,
    class_path_file=project.BUILD / "classpath.txt",
    profiles=(),
    name="the library",
    log_name="maven.log",
)

BENCHMARKS = Product(
    sources=(_LIBRARY_SOURCES, project.HOME / "src" / "jmh"),
    target=project.TARGET / "bench",
    class_path_file=project.BENCH / "classpath.txt",
    profiles=("-Pbench",),
    name="the benchmarks",
    log_name="maven-bench.log",
)


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

    def ensure_compiled(self, product: Product = LIBRARY) -> bool:
        """Compiles and stores the class path; whether there was anything to do."""
        wanted = self._inputs(product)
        if product.stamp.matches(wanted) and not product.missing():
            return False
        product.stamp.clear()
        product.class_path_file.unlink(missing_ok=True)
        self.run(
            [*product.profiles, "compile", "dependency:build-classpath", "-DincludeScope=runtime"]
            + [f"-Dmdep.outputFile={product.class_path_file}"],
            product.log_name,
            f"Compiling {product.name}, with the Java libraries needed",
        )
        product.stamp.write(wanted)
        return True

    def _inputs(self, product: Product) -> dict[str, str]:
        return {
            "sources": digest_of(
                [project.HOME / "pom.xml", *product.sources, project.HOME / ".mvn"]
            ),
            "jdk": f"{self.jdk.version} in {self.jdk.home}",
            "flavour": str(self.flavour),
            "cuda": f"{self.cuda}, device {_NVIDIA_DEVICE.exists()}",
        }


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
