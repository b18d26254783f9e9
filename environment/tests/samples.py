"""Notebooks and results for tests."""

import json

from nbformat import NotebookNode, v4

MEASUREMENT = {
    "metric": "accuracy",
    "split": "test",
    "value": 0.913,
    "count": 1000,
    "low": 0.894,
    "high": 0.929,
    "reference": 0.913,
}


def results(*measurements: dict, **changes: object) -> dict:
    """What a notebook says of its results."""
    shown = {
        "notebook": "01_single_neuron",
        "budget": "full",
        "device": "CPU, 2 threads",
        "seconds": 83.4,
        "standIn": False,
        "measurements": list(measurements) or [MEASUREMENT],
    }
    return {**shown, **changes}


def showing(shown: object) -> NotebookNode:
    """A notebook whose one cell shows these results beside a table."""
    text = json.dumps(shown).replace("</", "<\\/")
    html = "<table><tr><td>accuracy</td></tr></table>"
    html += f'<script type="application/json" class="journey-results">{text}</script>'
    return of_cells("show()", outputs=[v4.new_output("display_data", {"text/html": html})])


def of_cells(*sources: str, outputs: list[NotebookNode] | None = None) -> NotebookNode:
    """A Java notebook of these code cells."""
    cells = [v4.new_code_cell(source, outputs=outputs or []) for source in sources]
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "java", "display_name": "Java", "language": "java"}
    return notebook
