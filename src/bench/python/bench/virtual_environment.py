"""The Pythons of the programs that the library is compared with."""

import importlib.metadata
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import FOLDER, PEERS
from journey_tools import project, tool


@dataclass(frozen=True)
class VirtualEnvironment:
    """A Python with pinned packages, in a folder of the checkout."""

    folder: Path
    requirements: Path
    contents: str

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def version(self, package: str) -> str:
        """The version of a package that is installed in it."""
        folders = [str(folder) for folder in self.folder.glob("lib/python*/site-packages")]
        [found] = importlib.metadata.distributions(name=package, path=folders)
        return found.version

    def ensure(self) -> None:
        """Makes it anew if it is not there or not made from the present requirements."""
        stamp = self.folder / "made-from"
        made_from = repr((sys.version, str(self.folder), project.digest_of([self.requirements])))
        if stamp.exists() and stamp.read_text(encoding="utf-8") == made_from:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        tool.run_logged(
            [sys.executable, "-I", "-m", "venv", self.folder],
            "venv.log",
            f"Making a Python environment in {project.relative(self.folder)}",
        )
        tool.run_logged(
            [self.python, "-m", "pip", "install", "--no-user", "--no-input"]
            + ["--disable-pip-version-check", "--progress-bar", "off", "-r", self.requirements],
            "pip-bench.log",
            f"Installing {self.contents}",
        )
        project.write(stamp, made_from)


NUMPY = VirtualEnvironment(
    folder=FOLDER / "venv",
    requirements=PEERS.parent / "bench-requirements.txt",
    contents="what the library is compared with",
)

PYTORCH = VirtualEnvironment(
    folder=FOLDER / "venv-torch",
    requirements=PEERS.parent / "bench-cnn-requirements.txt",
    contents="PyTorch, which the CNNs are compared with (gigabytes)",
)

OPTUNA = VirtualEnvironment(
    folder=FOLDER / "venv-optuna",
    requirements=PEERS.parent / "bench-search-requirements.txt",
    contents="Optuna, which the search is compared with",
)
