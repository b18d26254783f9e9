"""The checkpoints that a notebook's trainings leave in build/checkpoints/NAME/BUDGET.

Beside them stands what they come from, if that is a run whose outputs were to be saved: only such a
run may be gone on with and saved. Another run may take up any of them, or change them.
"""

import json
import shutil
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import notebooks, project
from journey_tools.project import Problem

_BEGAN = "-began.json"


def begin(name: str, budget: str, notebook: NotebookNode) -> None:
    """Lets a run train from the start, and notes which cells it has."""
    forget(name, budget)
    began = {"notebook": name, "budget": budget, "sources": notebooks.sources(notebook)}
    project.write(_note(name, budget), json.dumps(began, indent=2) + "\n")


def require(name: str, budget: str, notebook: NotebookNode) -> None:
    """Raises Problem if there are no checkpoints of a begun run of the same cells and budget."""
    if not _note(name, budget).exists():
        others = [file.name.removesuffix(_BEGAN) for file in _folder(name).glob(f"*{_BEGAN}")]
        hint = f", but one at {others[0]} has" if others else ""
        raise Problem(
            f"{name} was not run: no --save at the budget {budget} has left checkpoints to take"
            f" up{hint}. Without --resume it trains from the start."
        )
    began = json.loads(_note(name, budget).read_text(encoding="utf-8"))
    if began["sources"] != notebooks.sources(notebook):
        raise Problem(
            f"{name} was not run: its checkpoints at the budget {budget} come from other cells"
            " than it has now. Bring those back, or train from the start, without --resume."
        )


def disown(name: str, budget: str) -> None:
    """Tells that from here on the checkpoints may come from a run which is not to be saved."""
    _note(name, budget).unlink(missing_ok=True)


def forget(name: str, budget: str) -> None:
    """Lets the next execution of a notebook train from the start."""
    disown(name, budget)
    for folder in _folder(name).glob(f"{budget}*"):
        shutil.rmtree(folder)


def _folder(name: str) -> Path:
    return project.BUILD / "checkpoints" / name


def _note(name: str, budget: str) -> Path:
    return _folder(name) / f"{budget}{_BEGAN}"
