"""The variables that must stand before a JVM starts; environment/process.env holds them."""

import os
from pathlib import Path

from journey_tools import project

FILE = project.ENVIRONMENT / "process.env"


def variables(file: Path = FILE) -> dict[str, str]:
    """The variables by name, in the file's order."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text and not text.startswith("#"):
            name, _, value = text.partition("=")
            found[name] = value
    return found


def child_environment(tuned: bool = True, /, **more: str) -> dict[str, str]:
    """The environment for a tool or a JVM: ours, those variables, and what is given here.

    Without those variables, also without ones that were there already, if it is not to be `tuned`.
    Left out are Python's and pip's variables that would lead a virtual environment's Python astray.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
    }
    own = variables()
    if not tuned:
        plain = {name: value for name, value in environment.items() if name not in own}
        return {**plain, **more}
    return {**environment, **own, **more}
