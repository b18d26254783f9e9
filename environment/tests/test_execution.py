"""Notebooks in the real kernel: what passes, what fails, what dies."""

from pathlib import Path

import pytest
from nbformat import NotebookNode
from samples import of_cells

from journey_tools import execution
from journey_tools.execution import Execution
from journey_tools.project import Problem


def execute(folder: Path, notebook: NotebookNode, **options: object) -> Execution:
    return execution.execute(notebook, name="test-tools", budget="smoke", folder=folder, **options)


def test_a_notebook_that_passes(tmp_path: Path) -> None:
    given = of_cells(
        'System.out.print(System.getenv("JOURNEY_BUDGET") + System.getProperty("user.dir"))',
        'for (int i = 0; i < 3; i++) { System.out.print("\\rstep " + i); }',
        "org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber().intValue()",
        'System.getenv("EXTRA")',
    )
    doing, done = [], []
    executed = execute(
        tmp_path, given, environment={"EXTRA": "given"}, doing=doing.append, done=done.append
    )
    assert executed.passed, executed.failure
    cells = executed.notebook.cells
    assert [cell.execution_count for cell in cells] == [1, 2, 3, 4]
    outputs = [cell.outputs[0].get("text") or cell.outputs[0].data["text/plain"] for cell in cells]
    assert outputs == [f"smoke{tmp_path}", "step 2", "4", "given"]
    assert doing[0].startswith("1/4  System.out.print(")
    assert doing[1] == f"1/4  smoke{tmp_path}"
    assert "2/4  step 2" in doing
    assert [line.split()[0] for line in done] == ["1/4", "2/4", "3/4", "4/4"]
    assert [(cell.outputs, cell.execution_count) for cell in given.cells] == [([], None)] * 4


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("int x = 1 / zero;", "java.lang.ArithmeticException: / by zero"),
        ('int x = "text";', "String cannot be converted to int"),
        ("Runtime.getRuntime().halt(3);", "The kernel died"),
        ("while (true) {}", "longer than 2 seconds"),
    ],
)
def test_a_cell_that_fails_stops_the_notebook(tmp_path: Path, source: str, message: str) -> None:
    notebook = of_cells("int zero = 0;", source, "int never = 1;")
    executed = execute(tmp_path, notebook, timeout=2)
    assert not executed.passed
    assert (executed.failure.cell, executed.failure.source) == (2, source)
    assert message in executed.failure.message
    assert "\033" not in executed.failure.message
    assert executed.notebook.cells[2].execution_count is None


def test_an_unknown_kernel_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r'no kernel "fortran"; there is: .*java'):
        execute(tmp_path, of_cells("int x = 1;"), kernel="fortran")
