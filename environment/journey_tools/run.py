"""environment/run: executes notebooks in a real kernel, and shows what came out."""

import os
import subprocess
import sys

from journey_tools import command_line, kernels, process_env, project, request, setup
from journey_tools.jdk import Jdk
from journey_tools.problem import Problem

_FETCH_DATA = "journey.data.FetchData"


def main(arguments: list[str]) -> int:
    return command_line.guarded(lambda: _run(arguments))


def _run(arguments: list[str]) -> int:
    request.parsed(arguments)
    setup.ensure()
    _fetch_data()
    sys.stdout.flush()
    # The rest needs what is in .venv; -E and -s keep other packages of the user out of it.
    python = str(project.VENV_PYTHON)
    command = [python, "-E", "-s", project.ENVIRONMENT / "command.py", "rounds", *arguments]
    os.execve(python, [str(part) for part in command], process_env.child_environment())


def _fetch_data() -> None:
    command = kernels.java_command(Jdk.found(), _FETCH_DATA)
    fetched = subprocess.run(command, cwd=project.HOME, env=process_env.child_environment())
    if fetched.returncode != 0:
        raise Problem("The notebooks were not run: the data is not in order, see above.")
