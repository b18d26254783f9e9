"""HTML pages of executed notebooks."""

from nbconvert import HTMLExporter
from nbformat import NotebookNode


def html(notebook: NotebookNode, title: str) -> str:
    """The notebook as a page that needs no other file."""
    page, _ = HTMLExporter().from_notebook_node(notebook, {"metadata": {"name": title}})
    return page
