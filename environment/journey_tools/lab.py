"""environment/lab: opens the notebooks in JupyterLab."""

import argparse
import os
from pathlib import Path

from journey_tools import command_line, console, process_env, project, setup


def main(arguments: list[str]) -> int:
    return command_line.guarded(lambda: _lab(arguments))


def _lab(arguments: list[str]) -> int:
    _, for_jupyter = _parser().parse_known_args(arguments)
    setup.ensure()
    command = [str(project.VENV_PYTHON), "-m", "jupyterlab", *server_arguments(), *for_jupyter]
    console.say("Starting JupyterLab; Ctrl-C here ends it.")
    os.execve(project.VENV_PYTHON, command, server_environment())


def _parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="environment/lab",
        allow_abbrev=False,
        description="Opens the notebooks in JupyterLab on this machine, after setting up what is"
        " missing. All arguments are JupyterLab's, such as --no-browser or --port=9000.",
    )


def server_arguments(folder: Path = project.NOTEBOOKS) -> list[str]:
    """JupyterLab's options: this machine only, with its token, opened at a folder."""
    options = [
        "--ServerApp.ip=localhost",
        f"--ServerApp.root_dir={folder}",
        "--MultiKernelManager.default_kernel_name=java",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    # In a container one is root; the server still listens to this machine only, with its token.
    return [*options, "--allow-root"] if os.geteuid() == 0 else options


def server_environment() -> dict[str, str]:
    """Its environment: the project's kernels come first, whatever the user has installed."""
    paths = [str(project.VENV_SHARE), os.environ.get("JUPYTER_PATH", "")]
    return process_env.child_environment(JUPYTER_PATH=os.pathsep.join(filter(None, paths)))
