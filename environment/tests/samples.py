"""Notebooks and tables for tests."""

from __future__ import annotations

from nbformat import NotebookNode, v4

ROW = (
    '<tr data-milestone="1" data-metric="accuracy" data-split="test" data-value="0.913"'
    ' data-count="1000" data-low="0.894" data-high="0.929" data-reference="0.9130">'
    "<td>accuracy</td><td>91.3 %</td></tr>"
)


def table(*rows: str, stand_in: str = "false") -> str:
    """A table of figures, as a notebook shows it."""
    return (
        '<table class="journey-results" data-budget="full" data-device="CPU, 2 threads"'
        f' data-seconds="83.4" data-stand-in="{stand_in}"><tr><th>metric</th><th>ours</th></tr>'
        + "".join(rows)
        + "</table>"
    )


def showing(*html: str) -> NotebookNode:
    """A notebook whose one cell shows these pieces of HTML."""
    outputs = [v4.new_output("display_data", {"text/html": piece}) for piece in html]
    return v4.new_notebook(cells=[v4.new_code_cell("show()", outputs=outputs)])


def of_cells(*sources: str) -> NotebookNode:
    """A Java notebook of these code cells, not yet executed."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    notebook.metadata["kernelspec"] = {"name": "java", "display_name": "Java", "language": "java"}
    return notebook
