"""Puts the Java sources into the notebook cells that show them.

A code cell with the metadata `{"source": "src/main/java/journey/nn/Neuron.java"}` holds that file's
text without its package line and imports. The file is the truth; the cell follows.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import notebooks, project
from journey_tools.project import Problem

SOURCES = "src/main/java"
_LEFT_OUT = re.compile(r"^(?:package|import(?: static)?) [\w.*]+;\n", re.MULTILINE)


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


def weave(file: Path) -> list[str]:
    """Rewrites the cells that differ from their files; the paths of those files."""
    notebook = notebooks.read(file)
    stale = list(_stale_cells(notebook, file.name))
    for _, cell, body in stale:
        cell.source = body
    if stale:
        notebooks.write(notebook, file)
    return [cell.metadata["source"] for _, cell, _ in stale]


def check(file: Path) -> list[str]:
    """The differences between a notebook's woven cells and their files, as unified diffs."""
    differences = []
    for where, cell, body in _stale_cells(notebooks.read(file), file.name):
        lines = (cell.source.splitlines(), body.splitlines())
        diff = difflib.unified_diff(*lines, where, cell.metadata["source"], lineterm="")
        differences.append("\n".join(diff))
    return differences


def _stale_cells(notebook: NotebookNode, name: str) -> Iterator[tuple[str, NotebookNode, str]]:
    """The cells that do not show what their files say: where, which, and what the file says."""
    for number, cell in enumerate(notebook.cells):
        path = cell.metadata.get("source")
        if path is not None:
            where = f"{name}, cell {number}"
            body = shown(_file(path, cell.cell_type, where).read_text(encoding="utf-8"))
            if cell.source != body:
                yield where, cell, body


def _file(path: object, cell_type: str, where: str) -> Path:
    file = (project.HOME / str(path)).resolve()
    inside = file.is_relative_to((project.HOME / SOURCES).resolve()) and file.suffix == ".java"
    if cell_type == "code" and inside and file.is_file():
        return file
    found = f"the metadata 'source' is {path!r}"
    if cell_type != "code":
        found += f" on a {cell_type} cell"
    elif inside:
        found += ", but there is no such file"
    raise Problem(
        f"{where}: {found}; expected a .java file under {SOURCES}, on a code cell", status=2
    )


def shown(source: str) -> str:
    """What a notebook shows of a Java file."""
    return _LEFT_OUT.sub("", source).strip("\n")
