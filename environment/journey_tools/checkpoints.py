"""What a notebook's trainings leave behind until they are done, so that they can be taken up."""

import shutil
from pathlib import Path

from journey_tools import project

_DIGITS = 2


def folders_of(notebook: Path, budget: str) -> list[Path]:
    """The checkpoints of a notebook at a budget, on the real pictures and on the stand-in."""
    number = notebook.stem[:_DIGITS]
    return sorted((project.BUILD / "checkpoints" / number).glob(f"{budget}*"))


def forget(notebook: Path, budget: str) -> None:
    """Lets the next execution train from the start."""
    for folder in folders_of(notebook, budget):
        shutil.rmtree(folder)
