"""What is asked of every execution of a notebook, on whichever kernel and JDK."""

import re

import log_noise
import notebook_style

from journey_tools.execution import Execution

_TAG = re.compile(r"<[^>]+>")


def assert_clean(executed: Execution) -> None:
    """No cell failed, all cells ran, and nobody but the notebook printed anything."""
    assert executed.failure is None, describe(executed)
    notebook = executed.notebook
    assert list(notebook_style.counts_run_from_one(notebook)) == []
    assert list(notebook_style.no_errors(notebook)) == []
    assert log_noise.noise_in(shown_text(executed)) == []


def describe(executed: Execution) -> str:
    """Which cell failed, and how."""
    failure = executed.failure
    return f"cell {failure.cell} failed:\n{failure.source}\n\n{failure.message}" if failure else ""


def shown_text(executed: Execution) -> str:
    """All text of all outputs, without HTML tags."""
    cells = [cell for _, cell in notebook_style.code_cells(executed.notebook)]
    texts = [notebook_style.output_text(output) for cell in cells for output in cell["outputs"]]
    return _TAG.sub(" ", "\n".join(texts))
