"""Reads and writes notebooks, and makes one fit to be committed."""

import base64
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from journey_tools.stamps import write_atomically

_KERNEL_SPEC = {"display_name": "Java", "language": "java", "name": "java"}
# What JupyterLab needs to colour the code before a kernel runs; the JDK's version is left out.
_LANGUAGE_INFO = {
    "codemirror_mode": "java",
    "file_extension": ".jshell",
    "mimetype": "text/x-java-source",
    "name": "Java",
    "pygments_lexer": "java",
}
PICTURE_TAG = "picture"
_CELL_METADATA = ("source", "tags", "jupyter", "slideshow")


def read(file: Path) -> NotebookNode:
    """The notebook in a file."""
    return nbformat.read(file, as_version=4)


def write(notebook: NotebookNode, file: Path) -> None:
    """Writes a notebook as a whole or not at all."""
    nbformat.validate(notebook)
    write_atomically(file, nbformat.writes(notebook).rstrip("\n") + "\n")


def normalised(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what tells of the machine, the kernel or the moment it ran in.

    Cells keep their ids, their sources, and of their metadata what an author sets.
    """
    copy = nbformat.from_dict(notebook)
    copy.metadata = nbformat.from_dict(
        {"kernelspec": _KERNEL_SPEC, "language_info": _LANGUAGE_INFO}
    )
    for cell in copy.cells:
        kept = {key: cell.metadata[key] for key in _CELL_METADATA if key in cell.metadata}
        cell.metadata = nbformat.from_dict(kept)
    return copy


def picture(notebook: NotebookNode) -> bytes | None:
    """The picture that stands for a notebook, as PNG: the output of its cell tagged "picture"."""
    for cell in notebook.cells:
        if PICTURE_TAG in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                png = output.get("data", {}).get("image/png")
                if png is not None:
                    return base64.b64decode("".join(png))
    return None
