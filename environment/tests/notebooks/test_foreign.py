"""A Jupyter that is not ours runs a notebook with our kernel."""

import subprocess
from pathlib import Path

import foreign_jupyter
import nbformat
from conftest import NOTEBOOKS

from journey_tools import results


def test_it_executes_a_notebook(first: str, tmp_path: Path) -> None:
    foreign = foreign_jupyter.ready("--budget", "smoke")
    copy = tmp_path / "copied away.ipynb"
    copy.write_bytes(NOTEBOOKS[first].read_bytes())
    command = [foreign.prefix / "bin" / "jupyter", "execute", "--inplace", copy]
    subprocess.run(command, env=foreign.environment(), cwd=tmp_path, check=True)
    executed = nbformat.read(copy, 4)
    cells = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == [*range(1, len(cells) + 1)]
    assert results.shown_by(executed)["budget"] == "smoke"
