"""A Jupyter that is not ours: an environment with Notebook in it, nothing else, and our kernel."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from journey_tools import project, tool

_NOTEBOOK = "notebook==7.6.5"
# What environment/ sets for its own Jupyter.
_OURS = {"JUPYTER_PREFER_ENV_PATH", "JOURNEY_CALLER_PREFIX", "JOURNEY_BUDGET", "VIRTUAL_ENV"}


@dataclass(frozen=True)
class Foreign:
    """Such an environment."""

    prefix: Path

    @property
    def python(self) -> str:
        return str(self.prefix / "bin" / "python")

    def environment(self) -> dict[str, str]:
        """The variables of a reader who has activated it."""
        variables = {name: value for name, value in os.environ.items() if name not in _OURS}
        return {**variables, "PATH": f"{self.prefix / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def command(self, folder: Path, transport: str) -> list[str]:
        """Starts its server at a folder; it speaks to kernels over this transport."""
        options = [f"--ServerApp.root_dir={folder}", f"--ConnectionFileMixin.transport={transport}"]
        return [self.python, "-m", "notebook", "--allow-root", *options]


def ready(*options: str) -> Foreign:
    """The environment, made if it is not there yet, with our kernel installed in a reader's way."""
    foreign = Foreign(project.SET_UP / "foreign" / f"{_NOTEBOOK}-{sys.version_info[1]}")
    if not (foreign.prefix / "complete").exists():
        venv = [sys.executable, "-m", "venv", "--clear", foreign.prefix]
        tool.run_logged(venv, "foreign.log", "Making an environment for a foreign Jupyter")
        pip = [foreign.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pinned = ["--constraint", project.ENVIRONMENT / "requirements.txt"]
        tool.run_logged([*pip, _NOTEBOOK, *pinned], "foreign.log", "Installing Notebook in it")
        (foreign.prefix / "complete").touch()
    command = [project.ENVIRONMENT / "kernel", "--sys-prefix", *options]
    subprocess.run(command, env=foreign.environment(), check=True)
    return foreign
