"""The project's own Python with Jupyter and the Java kernel, in .venv."""

import platform
import shutil
import sys

from journey_tools import project, tool
from journey_tools.stamps import Stamp, digest_of

REQUIREMENTS = project.ENVIRONMENT / "requirements.txt"
_STAMP = Stamp(project.VENV / "journey-stamp.json")


def ensure() -> bool:
    """Makes .venv, or brings it up to date; whether there was anything to do."""
    wanted = _inputs()
    if project.VENV_PYTHON.exists() and _STAMP.matches(wanted):
        return False
    if not _same_python(wanted):
        _create()
    _STAMP.clear()
    tool.run_logged(
        [project.VENV_PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        + ["--progress-bar", "off", "--requirement", REQUIREMENTS],
        "pip.log",
        "Installing JupyterLab, the Java kernel and the notebook tools",
        _pip_progress,
    )
    _STAMP.write(wanted)
    return True


def _inputs() -> dict[str, str]:
    return {
        "folder": str(project.VENV),
        "python": platform.python_version(),
        "base": sys.base_prefix,
        "requirements": digest_of([REQUIREMENTS]),
    }


def _same_python(wanted: dict[str, str]) -> bool:
    """Whether .venv is complete and differs from what is wanted in its packages only."""
    made_from = _STAMP.inputs()
    return (
        made_from is not None
        and project.VENV_PYTHON.exists()
        and {**made_from, "requirements": ""} == {**wanted, "requirements": ""}
    )


def _create() -> None:
    _STAMP.clear()
    if project.VENV.is_dir():
        shutil.rmtree(project.VENV)
    # Not sys.executable: someone who has activated .venv would take away what this runs with.
    python = getattr(sys, "_base_executable", sys.executable)
    tool.run_logged(
        [python, "-I", "-m", "venv", project.VENV],
        "venv.log",
        "Making a Python environment in .venv",
    )


def _pip_progress(line: str) -> str | None:
    words = line.split()
    if line.startswith("Collecting"):
        return words[1].split("=")[0]
    if line.startswith("Installing collected"):
        return "unpacking"
    return None
