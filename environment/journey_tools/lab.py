"""environment/lab: opens the notebooks in JupyterLab."""

import argparse
import os
import sys
from pathlib import Path

from journey_tools import console, project, setup, tool


def main(options: argparse.Namespace) -> int:
    project.require_work()
    setup.ensure()
    folder = notebooks_to_open()
    console.say("Starting JupyterLab; Ctrl-C here ends it.")
    os.execve(sys.executable, command(*options.passed_on), environment(folder))


def notebooks_to_open() -> Path:
    """The notebooks, or the reader's copies of them where work goes into a folder of its own."""
    folder = project.WORK / "notebooks"
    for file in sorted(project.NOTEBOOKS.rglob("*.ipynb")):
        copy = folder / file.relative_to(project.NOTEBOOKS)
        if not copy.exists() and ".ipynb_checkpoints" not in file.parts:
            project.write(copy, file.read_bytes())
    return folder


def command(*for_jupyter: str) -> list[str]:
    """Starts JupyterLab."""
    return [sys.executable, "-m", "jupyterlab", *for_jupyter]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """For JupyterLab: it opens a folder, and its other options are those that we prefer."""
    places = [str(project.ENVIRONMENT / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH")]
    return tool.child_environment(
        JOURNEY_NOTEBOOKS=str(folder),
        JUPYTER_CONFIG_PATH=os.pathsep.join(filter(None, places)),
        **more,
    )
