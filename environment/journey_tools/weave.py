"""Puts the Java sources into the notebook cells that show them.

A code cell with the metadata `{"source": "src/main/java/journey/nn/Neuron.java"}` holds that file's
text without its package line and imports. The file is the truth; the cell follows.

    environment/weave [NOTEBOOK...]          rewrites the cells that differ, in place
    environment/weave --check [NOTEBOOK...]  changes nothing; prints the differences, exit status 1
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journey_tools import command_line, java_source, names, project
from journey_tools.problem import Problem

SOURCES = "src/main/java"

Notebook = dict[str, Any]
Cell = dict[str, Any]


class WeaveError(Problem):
    """A notebook, or a source that it names, cannot be read as what it should be."""

    def __init__(self, message: str):
        super().__init__(message, status=2)


@dataclass(frozen=True)
class WovenCell:
    """A cell that shows a source file, and what the file says."""

    number: int
    path: str
    cell: Cell
    source: java_source.JavaSource

    @property
    def shown(self) -> str:
        """What the cell holds now."""
        return "".join(self.cell["source"])

    @property
    def is_current(self) -> bool:
        """Whether the cell holds what the file says."""
        return self.shown == self.source.body


def read_notebook(file: Path) -> Notebook:
    """Reads a notebook's JSON."""
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WeaveError(f"{file}: there is no such notebook") from None
    except ValueError as broken:
        raise WeaveError(f"{file}: expected a notebook's JSON, found: {broken}") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise WeaveError(f"{file}: expected a notebook of format 4, found no list of cells")
    return notebook


def woven_cells(notebook: Notebook, name: str, home: Path = project.HOME) -> Iterator[WovenCell]:
    """The cells that show a source file, in order."""
    for number, cell in enumerate(notebook["cells"]):
        path = cell.get("metadata", {}).get("source")
        if path is None:
            continue
        where = f"{name}, cell {number}"
        if cell["cell_type"] != "code":
            raise WeaveError(
                f"{where}: shows {path}, but only a code cell can, not a {cell['cell_type']} cell"
            )
        yield WovenCell(number, path, cell, _source(path, where, home))


def _source(path: object, where: str, home: Path) -> java_source.JavaSource:
    root = (home / SOURCES).resolve()
    rule = f"the metadata 'source' takes a .java file under {SOURCES}"
    if not isinstance(path, str) or not path.endswith(".java"):
        raise WeaveError(f"{where}: shows {path!r}; {rule}")
    file = (home / path).resolve()
    if not file.is_relative_to(root):
        raise WeaveError(f"{where}: shows {path}, which is outside {SOURCES}; {rule}")
    if not file.is_file():
        raise WeaveError(
            f"{where}: shows {path}, but there is no such file; correct the metadata 'source'"
        )
    return java_source.read(file)


def difference(name: str, woven: WovenCell) -> str:
    """What has to change in a cell, as a unified diff; empty when nothing has to."""
    return "\n".join(
        difflib.unified_diff(
            woven.shown.splitlines(),
            woven.source.body.splitlines(),
            f"{name}, cell {woven.number}",
            woven.path,
            lineterm="",
        )
    )


def weave(file: Path, home: Path = project.HOME) -> list[str]:
    """Rewrites the cells that differ from their files; the paths of those files."""
    notebook = read_notebook(file)
    stale = [w for w in woven_cells(notebook, file.name, home) if not w.is_current]
    if stale:
        formatting = _Formatting.of(file.read_text(encoding="utf-8"), notebook)
        for woven in stale:
            as_list = isinstance(woven.cell["source"], list)
            body = woven.source.body
            woven.cell["source"] = body.splitlines(keepends=True) if as_list else body
        file.write_text(formatting.write(notebook), encoding="utf-8", newline="\n")
    return [woven.path for woven in stale]


@dataclass(frozen=True)
class _Formatting:
    """How a notebook's JSON is laid out, so that only the woven lines differ afterwards."""

    indent: int | None
    ascii_only: bool
    end: str

    @staticmethod
    def of(text: str, notebook: Notebook) -> _Formatting:
        end = text[len(text.rstrip()) :]
        for indent in (1, 2, 4, None):
            for ascii_only in (False, True):
                formatting = _Formatting(indent, ascii_only, end)
                if formatting.write(notebook) == text:
                    return formatting
        return _Formatting(1, False, "\n")

    def write(self, notebook: Notebook) -> str:
        return json.dumps(notebook, indent=self.indent, ensure_ascii=self.ascii_only) + self.end


def missing_imports(notebook: Notebook, name: str, home: Path = project.HOME) -> list[str]:
    """What the woven classes need and the notebook's first code cells do not import.

    A class finds its neighbours without an import in its own package, but not in a notebook: there
    they too must be imported, or shown in an earlier cell.
    """
    available = _leading_imports(notebook)
    found, shown_before = [], set[str]()
    for woven in woven_cells(notebook, name, home):
        shown_before.add(_full_name(woven))
        needed = [*woven.source.imports, *_neighbours_used(woven, home)]
        for wanted in needed:
            covered = any(each.covers(wanted) for each in available) or wanted.name in shown_before
            if not covered:
                found.append(
                    f"{name}, cell {woven.number}: {woven.path} needs '{wanted}'; "
                    "add it to the notebook's first code cells"
                )
    return found


def _leading_imports(notebook: Notebook) -> list[java_source.Import]:
    """The imports of the code cells before the first one that imports nothing."""
    found: list[java_source.Import] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        imports = java_source.imports_in("".join(cell["source"]))
        if not imports:
            break
        found.extend(imports)
    return found


def _full_name(woven: WovenCell) -> str:
    return f"{woven.source.package}.{Path(woven.path).stem}"


def _neighbours_used(woven: WovenCell, home: Path) -> list[java_source.Import]:
    file = home / woven.path
    words = woven.source.words()
    return [
        java_source.Import(f"{woven.source.package}.{neighbour.stem}")
        for neighbour in sorted(file.parent.glob("*.java"))
        if neighbour.stem != file.stem and neighbour.stem in words
    ]


def check(file: Path, home: Path = project.HOME) -> list[str]:
    """The differences between a notebook's woven cells and their files, as unified diffs."""
    notebook = read_notebook(file)
    cells = woven_cells(notebook, file.name, home)
    return [difference(file.name, woven) for woven in cells if not woven.is_current]


def main(arguments: list[str]) -> int:
    """The command `environment/weave`."""
    parser = argparse.ArgumentParser(
        prog="environment/weave",
        description="Puts the Java sources into the notebook cells that show them (cells with the"
        f" metadata 'source': '{SOURCES}/...').",
    )
    parser.add_argument("--check", action="store_true", help="change nothing, print what differs")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="01 or a file")
    options = parser.parse_args(arguments)
    action = _check_all if options.check else _weave_all
    return command_line.guarded(lambda: action(names.find(options.notebooks)))


def _check_all(notebooks: list[Path]) -> int:
    differences = [each for file in notebooks for each in check(file)]
    print("\n".join(differences) if differences else "Every woven cell equals its source file.")
    return 1 if differences else 0


def _weave_all(notebooks: list[Path]) -> int:
    for file in notebooks:
        for path in weave(file):
            print(f"{file.name}: {path}")
    return 0
