"""Where CIFAR-10 lies, if it is on this machine."""

import os
from pathlib import Path

FOLDER = "cifar-10-batches-bin"
VARIABLE = "JOURNEY_DATA"
STAND_IN = "stand-in"


def data(home: Path) -> str:
    """The folder that holds CIFAR-10's folder, or whatever JOURNEY_DATA says; else "stand-in"."""
    wanted = os.environ.get(VARIABLE)
    if wanted:
        return wanted
    for folder in (home / "data", home.parent / "shared" / "data"):
        if (folder / FOLDER).is_dir():
            return str(folder)
    return STAND_IN
