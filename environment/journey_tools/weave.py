"""Puts the Java sources into the notebook cells that show them.

A code cell with the metadata `{"source": "src/main/java/journey/nn/Neuron.java"}` holds that file's
text without its package line and imports. The file is the truth; the cell follows.
"""

import argparse
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import notebooks, project
from journey_tools.project import Problem

SOURCES = "src/main/java"
_LEFT_OUT = re.compile(r"^(?:package|import(?: static)?) [\w.*]+;\n", re.MULTILINE)


def main(options: argparse.Namespace) -> int:
    """The command: rewrites the cells that differ, or prints the differences, exit status 1."""
    if not options.check:
        for file in notebooks.find(options.notebooks):
            for path in weave(file):
                print(f"{file.name}: {path}")
        return 0
    differences = [line for file in notebooks.find(options.notebooks) for line in check(file)]
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
    return [
        line
        for where, cell, body in _stale_cells(notebooks.read(file), file.name)
        for line in difflib.unified_diff(
            cell.source.splitlines(),
            body.splitlines(),
            where,
            cell.metadata["source"],
            lineterm="",
        )
    ]


def _stale_cells(notebook: NotebookNode, name: str) -> Iterator[tuple[str, NotebookNode, str]]:
    """The cells that do not show what their files say: where, which, and what the file says."""
    for number, cell in enumerate(notebook.cells):
        path = cell.metadata.get("source")
        if path is None:
            continue
        where = f"{name}, cell {number}"
        file = (project.HOME / str(path)).resolve()
        inside = file.is_relative_to((project.HOME / SOURCES).resolve()) and file.suffix == ".java"
        if cell.cell_type != "code" or not inside or not file.is_file():
            raise Problem(
                f"{where}, a {cell.cell_type} cell: the metadata 'source' is {path!r}; expected the"
                f" path of a .java file under {SOURCES}, on a code cell",
                status=2,
            )
        body = shown(file.read_text(encoding="utf-8"))
        if cell.source != body:
            yield where, cell, body


def shown(source: str) -> str:
    """What a notebook shows of a Java file."""
    return _LEFT_OUT.sub("", source).strip("\n")
