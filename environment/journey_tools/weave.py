"""Puts the Java sources into the notebook cells that show them.

A code cell with the metadata `{"source": "src/main/java/journey/nn/Neuron.java"}` holds that file's
text without its package line and imports. The file is the truth; the cell follows.
"""

import argparse
import difflib
import re
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import notebooks, project
from journey_tools.project import Problem

SOURCES = "src/main/java"
_LEFT_OUT = re.compile(r"^(?:package|import(?: static)?) [\w.*]+;\n", re.MULTILINE)


def main(options: argparse.Namespace) -> int:
    """The command: rewrites the cells that differ, or only tells of them, exit status 1."""
    if not options.check:
        project.require_checkout()
    files = notebooks.find(options.notebooks)
    found = [line for file in files for line in differences(file, rewrite=not options.check)]
    print("\n".join(found) or "Every woven cell equals its source file.")
    return 1 if found and options.check else 0


def differences(file: Path, rewrite: bool = False) -> list[str]:
    """How a notebook's woven cells differ from their files, in unified diffs; or did until now."""
    notebook = notebooks.read(file)
    found = []
    for number, cell in enumerate(notebook.cells):
        path = cell.metadata.get("source")
        if path is not None:
            where = f"{file.name}, cell {number}"
            body = shown(_source(path, cell, where).read_text(encoding="utf-8"))
            texts = (cell.source.splitlines(), body.splitlines())
            found += difflib.unified_diff(*texts, where, path, lineterm="")
            cell.source = body
    if found and rewrite:
        notebooks.write(notebook, file)
    return found


def _source(path: object, cell: NotebookNode, where: str) -> Path:
    file = (project.HOME / str(path)).resolve()
    inside = file.is_relative_to((project.HOME / SOURCES).resolve()) and file.suffix == ".java"
    if cell.cell_type != "code" or not inside or not file.is_file():
        raise Problem(
            f"{where}, a {cell.cell_type} cell: the metadata 'source' is {path!r}; expected the"
            f" path of a .java file under {SOURCES}, on a code cell",
            status=2,
        )
    return file


def shown(source: str) -> str:
    """What a notebook shows of a Java file."""
    return _LEFT_OUT.sub("", source).strip("\n")
