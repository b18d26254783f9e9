"""environment/lab: opens the notebooks in JupyterLab."""

import argparse
import os
import sys
from pathlib import Path

from journey_tools import console, project, setup, tool


def main(options: argparse.Namespace) -> int:
    setup.ensure()
    console.say("Starting JupyterLab; Ctrl-C here ends it.")
    os.execve(sys.executable, command(*options.passed_on), tool.child_environment())


def command(*for_jupyter: str, folder: Path = project.NOTEBOOKS) -> list[str]:
    """Starts JupyterLab for this machine only, with its token, opened at a folder."""
    options = [
        "--ServerApp.ip=localhost",
        f"--ServerApp.root_dir={folder}",
        "--MultiKernelManager.default_kernel_name=java",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if os.geteuid() == 0:  # As in a container; the server still listens to this machine only.
        options.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *options, *for_jupyter]
