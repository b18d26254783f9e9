"""Finds notebooks by the names that readers type."""

from collections.abc import Iterable
from pathlib import Path

from journey_tools import project
from journey_tools.problem import Problem

_CHECKPOINTS = ".ipynb_checkpoints"


def all_in(folder: Path = project.NOTEBOOKS) -> list[Path]:
    """The notebooks in a folder and the folders in it, in the order of their names."""
    return sorted(file for file in folder.rglob("*.ipynb") if _CHECKPOINTS not in file.parts)


def find(wanted: Iterable[str], folder: Path = project.NOTEBOOKS) -> list[Path]:
    """The notebooks that are meant, all if none is named.

    A name is a number (1, 01), the name of a file or the beginning of one, or a path. Raises
    Problem for a name that fits none.
    """
    present = all_in(folder)
    found = [file for name in wanted for file in _meant(name, present)]
    if not found and not present:
        raise Problem(f"There are no notebooks in {project.relative(folder)}.", status=2)
    return list(dict.fromkeys(found)) or present


def _meant(name: str, present: list[Path]) -> list[Path]:
    path = Path(name).expanduser()
    if path.suffix == ".ipynb" and path.is_file():
        return [path.resolve()]
    stem = name.removesuffix(".ipynb")
    matching = [file for file in present if _fits(stem, file.stem)]
    if not matching:
        listing = "\n".join(f"  {file.stem}" for file in present) or "  (none)"
        raise Problem(f'There is no notebook "{name}". There are:\n{listing}', status=2)
    return matching


def _fits(wanted: str, stem: str) -> bool:
    if wanted.isdecimal():
        number = stem.partition("_")[0]
        return number.isdecimal() and int(number) == int(wanted)
    return stem == wanted or bool(wanted) and stem.startswith(wanted)
