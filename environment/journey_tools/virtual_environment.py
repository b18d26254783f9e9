"""The project's own Pythons: that of the notebooks in .venv, and that of the benchmarks."""

import importlib.metadata
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from journey_tools import project, tool
from journey_tools.stamps import Stamp, digest_of


@dataclass(frozen=True)
class VirtualEnvironment:
    """A Python with pinned packages, in a folder of the checkout."""

    folder: Path
    requirements: Path
    contents: str

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def _stamp(self) -> Stamp:
        return Stamp(self.folder / "journey-stamp.json")

    def version(self, package: str) -> str:
        """The version of a package that is installed in it."""
        folders = [str(folder) for folder in self.folder.glob("lib/python*/site-packages")]
        [found] = importlib.metadata.distributions(name=package, path=folders)
        return found.version

    def ensure(self) -> bool:
        """Makes it, or brings it up to date; whether there was anything to do."""
        wanted = self._inputs()
        if self.python.exists() and self._stamp.matches(wanted):
            return False
        if not self._same_python(wanted):
            self._create()
        self._stamp.clear()
        tool.run_logged(
            [self.python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
            + ["--progress-bar", "off", "--requirement", self.requirements],
            "pip.log",
            f"Installing {self.contents}",
            _pip_progress,
        )
        self._stamp.write(wanted)
        return True

    def _inputs(self) -> dict[str, str]:
        return {
            "folder": str(self.folder),
            "python": platform.python_version(),
            "base": sys.base_prefix,
            "requirements": digest_of([self.requirements]),
        }

    def _same_python(self, wanted: dict[str, str]) -> bool:
        """Whether it is complete and differs from what is wanted in its packages only."""
        made_from = self._stamp.inputs()
        return (
            made_from is not None
            and self.python.exists()
            and {**made_from, "requirements": ""} == {**wanted, "requirements": ""}
        )

    def _create(self) -> None:
        self._stamp.clear()
        if self.folder.is_dir():
            shutil.rmtree(self.folder)
        # Not sys.executable: someone who has activated .venv would take away what this runs with.
        python = getattr(sys, "_base_executable", sys.executable)
        tool.run_logged(
            [python, "-I", "-m", "venv", self.folder],
            "venv.log",
            f"Making a Python environment in {project.relative(self.folder)}",
        )


NOTEBOOKS = VirtualEnvironment(
    folder=project.VENV,
    requirements=project.ENVIRONMENT / "requirements.txt",
    contents="JupyterLab, the Java kernel and the notebook tools",
)

BENCHMARKS = VirtualEnvironment(
    folder=project.BENCH / "venv",
    requirements=project.ENVIRONMENT / "bench-requirements.txt",
    contents="what the library is compared with",
)

PYTORCH = VirtualEnvironment(
    folder=project.BENCH / "venv-torch",
    requirements=project.ENVIRONMENT / "bench-cnn-requirements.txt",
    contents="PyTorch, which the CNNs are compared with (gigabytes)",
)


def _pip_progress(line: str) -> str | None:
    words = line.split()
    if line.startswith("Collecting"):
        return words[1].split("=")[0]
    if line.startswith("Installing collected"):
        return "unpacking"
    return None
