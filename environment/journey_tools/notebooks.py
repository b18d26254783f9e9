"""Notebooks: found by the names that readers type, read, written, and made fit to be committed."""

import base64
import contextlib
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from journey_tools import console, project
from journey_tools.project import Problem

_KERNEL_SPEC = {"display_name": "Java", "language": "java", "name": "java"}
# What JupyterLab needs to colour the code before a kernel runs; the JDK's version is left out.
_LANGUAGE_INFO = {
    "codemirror_mode": "java",
    "file_extension": ".jshell",
    "mimetype": "text/x-java-source",
    "name": "Java",
    "pygments_lexer": "java",
}
_CELL_METADATA = ("source", "tags", "alt", "jupyter", "slideshow")


def all_in(folder: Path) -> list[Path]:
    """The Java notebooks in a folder and those in it, in the order of their names.

    Others that lie among them are named and left out; whoever reads a broken one says so.
    """
    found = []
    for file in sorted(folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in file.parts:
            continue
        language = "java"
        with contextlib.suppress(Problem):
            language = read(file).metadata.get("kernelspec", {}).get("language")
        if file.name.startswith("."):
            console.say(f"Skipped {project.relative(file)}: its name begins with a dot.")
        elif language != "java":
            console.say(f"Skipped {project.relative(file)}: its language is {language}, not java.")
        else:
            found.append(file)
    return found


def name_of(file: Path) -> str:
    """A notebook's name: its path below notebooks/ without the ending; elsewhere that of its file.

    Its results, its checkpoints and what tests expect of it are kept by this name.
    """
    if file.is_relative_to(project.NOTEBOOKS):
        file = file.relative_to(project.NOTEBOOKS)
        return file.with_suffix("").as_posix()
    return file.stem


def find(wanted: Iterable[str]) -> list[Path]:
    """The notebooks that are meant, all if none is named.

    A name is a number (1, 01), the name of a notebook or the beginning of one, or a path. Raises
    Problem for a name that fits none.
    """
    present = all_in(project.NOTEBOOKS)
    found = [file for name in wanted for file in _meant(name, present)]
    return list(dict.fromkeys(found)) or present


def _meant(name: str, present: list[Path]) -> list[Path]:
    if name.endswith(".ipynb") and Path(name).is_file():
        return [Path(name).resolve()]
    begin = f"{int(name):02}" if name.isdecimal() else name.removesuffix(".ipynb")
    matching = [
        file for file in present if file.stem.startswith(begin) or name_of(file).startswith(begin)
    ]
    if not matching:
        listing = "\n".join(f"  {name_of(file)}" for file in present)
        raise Problem(f'There is no notebook "{name}". There are:\n{listing}', status=2)
    return matching


def read(file: Path) -> NotebookNode:
    """The notebook in a file; raises Problem if it cannot be read as one."""
    try:
        notebook = nbformat.v4.reads_json(file.read_text(encoding="utf-8"))
        nbformat.validate(notebook)
        return notebook
    except Exception as error:  # Of many kinds, as nbformat trusts what it is given.
        found = str(error).strip().partition("\n")[0][:200]
        raise Problem(
            f"{project.relative(file)} is not a notebook: expected Jupyter's JSON, format 4;"
            f" found: {found}. Restore it (git checkout), or mend it by hand.",
            status=2,
        ) from error


def write(notebook: NotebookNode, file: Path) -> None:
    """Writes a notebook as a whole or not at all."""
    nbformat.validate(notebook)
    project.write(file, nbformat.writes(notebook).rstrip("\n") + "\n")


def normalised(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what tells of the machine, the kernel or the moment it ran in.

    Cells keep their ids, their sources, and of their metadata what an author sets. The notebook
    notes which sources its outputs came from.
    """
    copy = nbformat.from_dict(notebook)
    metadata = {"kernelspec": _KERNEL_SPEC, "language_info": _LANGUAGE_INFO}
    copy.metadata = nbformat.from_dict({**metadata, "journey": {"sources": sources(notebook)}})
    for cell in copy.cells:
        kept = {key: cell.metadata[key] for key in _CELL_METADATA if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
    return copy


def sources(notebook: NotebookNode) -> str:
    """A digest of the sources of all code cells."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def is_current(notebook: NotebookNode) -> bool:
    """Whether its saved outputs came from the cells that it has now."""
    return notebook.metadata.get("journey", {}).get("sources") == sources(notebook)


def picture(notebook: NotebookNode) -> bytes | None:
    """The picture that stands for a notebook, as PNG: the output of its cell tagged "picture"."""
    for cell in notebook.cells:
        if "picture" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                png = output.get("data", {}).get("image/png")
                if png is not None:
                    return base64.b64decode(png)
    return None


def picture_file(file: Path) -> Path:
    """Where the picture that stands for a notebook lies, for README to show it."""
    return file.parent / "pictures" / f"{file.stem}.png"
