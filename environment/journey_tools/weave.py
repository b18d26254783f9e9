"""Puts the Java sources into the notebook cells that show them.

A code cell with the metadata `{"source": "src/main/java/journey/nn/Neuron.java"}` holds that file's
text without its package line and imports. The file is the truth; the cell follows.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import java_source, notebooks, project
from journey_tools.project import Problem

SOURCES = "src/main/java"


def weave_all(wanted: list[str], check_only: bool) -> int:
    """The command: rewrites the cells that differ, or prints the differences, exit status 1."""
    differences = []
    for file in notebooks.find(wanted):
        if check_only:
            differences += check(file)
        else:
            for path in weave(file):
                print(f"{file.name}: {path}")
    if check_only:
        print("\n".join(differences) or "Every woven cell equals its source file.")
    return 1 if differences else 0


@dataclass(frozen=True)
class WovenCell:
    """A cell that shows a source file, and what the file says."""

    number: int
    path: str
    cell: NotebookNode
    source: java_source.JavaSource

    @property
    def is_current(self) -> bool:
        return self.cell.source == self.source.body


def weave(file: Path) -> list[str]:
    """Rewrites the cells that differ from their files; the paths of those files."""
    notebook = notebooks.read(file)
    stale = [woven for woven in woven_cells(notebook, file.name) if not woven.is_current]
    for woven in stale:
        woven.cell.source = woven.source.body
    if stale:
        notebooks.write(notebook, file)
    return [woven.path for woven in stale]


def check(file: Path) -> list[str]:
    """The differences between a notebook's woven cells and their files, as unified diffs."""
    return [
        "\n".join(
            difflib.unified_diff(
                woven.cell.source.splitlines(),
                woven.source.body.splitlines(),
                f"{file.name}, cell {woven.number}",
                woven.path,
                lineterm="",
            )
        )
        for woven in woven_cells(notebooks.read(file), file.name)
        if not woven.is_current
    ]


def woven_cells(notebook: NotebookNode, name: str) -> Iterator[WovenCell]:
    """The cells that show a source file, in order."""
    for number, cell in enumerate(notebook.cells):
        path = cell.metadata.get("source")
        if path is not None:
            source = _source(path, cell.cell_type, f"{name}, cell {number}")
            yield WovenCell(number, path, cell, source)


def _source(path: object, cell_type: str, where: str) -> java_source.JavaSource:
    file = (project.HOME / str(path)).resolve()
    found = f"the metadata 'source' is {path!r}"
    inside = file.is_relative_to((project.HOME / SOURCES).resolve()) and file.suffix == ".java"
    if cell_type == "code" and inside and file.is_file():
        return java_source.read(file)
    if cell_type != "code":
        found += f" on a {cell_type} cell"
    elif inside:
        found += ", but there is no such file"
    raise Problem(
        f"{where}: {found}; expected a .java file under {SOURCES}, on a code cell", status=2
    )


def missing_imports(notebook: NotebookNode, name: str) -> list[str]:
    """What the woven classes need and the notebook's first code cells do not import.

    A class finds its neighbours without an import in its own package, but not in a notebook: there
    they too must be imported, or shown in an earlier cell.
    """
    available = _leading_imports(notebook)
    found, shown_before = [], set[str]()
    for woven in woven_cells(notebook, name):
        shown_before.add(f"{woven.source.package}.{Path(woven.path).stem}")
        for wanted in [*woven.source.imports, *_neighbours_used(woven)]:
            covered = any(each.covers(wanted) for each in available) or wanted.name in shown_before
            if not covered:
                found.append(
                    f"{name}, cell {woven.number}: {woven.path} needs '{wanted}'; "
                    "add it to the notebook's first code cells"
                )
    return found


def _leading_imports(notebook: NotebookNode) -> list[java_source.Import]:
    """The imports of the code cells before the first one that imports nothing."""
    found: list[java_source.Import] = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            imports = java_source.imports_in(cell.source)
            if not imports:
                break
            found.extend(imports)
    return found


def _neighbours_used(woven: WovenCell) -> list[java_source.Import]:
    file = project.HOME / woven.path
    words = woven.source.words()
    return [
        java_source.Import(f"{woven.source.package}.{neighbour.stem}")
        for neighbour in sorted(file.parent.glob("*.java"))
        if neighbour.stem != file.stem and neighbour.stem in words
    ]
