"""Notebooks in the real kernel: what passes, what fails, what dies, what is interrupted."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import of_cells

from journey_tools import execution
from journey_tools.execution import Execution
from journey_tools.project import Problem


def execute(folder: Path, *sources: str, **options: object) -> Execution:
    return execution.execute(
        of_cells(*sources), name="test-tools", budget="smoke", folder=folder, **options
    )


class Heard(execution.Observer):
    """Remembers what an observer hears, and may do something at the start of a cell."""

    def __init__(self, at_start: Callable[[int], object] = lambda cell: None):
        self.events: list[tuple] = []
        self._at_start = at_start

    def started(self, cell: int, total: int, source: str) -> None:
        self.events.append(("started", cell, total))
        self._at_start(cell)

    def printed(self, line: str) -> None:
        self.events.append(("printed", line))

    def finished(self, seconds: float) -> None:
        self.events.append(("finished",))


def outputs(executed: Execution, cell: int) -> list[str]:
    found = executed.notebook.cells[cell].outputs
    return [output.get("text") or output.get("data", {}).get("text/plain") for output in found]


def test_a_notebook_that_passes(tmp_path: Path) -> None:
    heard = Heard()
    executed = execute(
        tmp_path,
        'System.out.print(System.getenv("JOURNEY_BUDGET") + System.getProperty("user.dir"))',
        'for (int i = 0; i < 3; i++) { System.out.print("\\rstep " + i); }',
        "org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber().intValue()",
        'System.getenv("EXTRA")',
        observer=heard,
        environment={"EXTRA": "given"},
    )
    assert executed.passed, executed.failure
    assert outputs(executed, 0) == [f"smoke{tmp_path}"]
    assert outputs(executed, 1) == ["step 2"]
    assert outputs(executed, 2) == ["4"]
    assert outputs(executed, 3) == ["given"]
    assert [cell.execution_count for cell in executed.notebook.cells] == [1, 2, 3, 4]
    said = ("printed", f"smoke{tmp_path}")
    assert heard.events[:4] == [("started", 1, 4), said, ("finished",), ("started", 2, 4)]
    assert ("printed", "step 2") in heard.events


def test_a_cell_that_throws_stops_the_notebook(tmp_path: Path) -> None:
    executed = execute(tmp_path, "int zero = 0;", "int x = 1 / zero;", "int never = 1;")
    assert not executed.passed
    assert executed.failure.cell == 2
    assert executed.failure.source == "int x = 1 / zero;"
    assert executed.failure.message.startswith("java.lang.ArithmeticException: / by zero")
    assert executed.notebook.cells[2].execution_count is None


def test_a_cell_that_does_not_compile(tmp_path: Path) -> None:
    executed = execute(tmp_path, 'int x = "text";')
    assert "String cannot be converted to int" in executed.failure.message
    assert "\033" not in executed.failure.message


def test_a_kernel_that_dies(tmp_path: Path) -> None:
    executed = execute(tmp_path, "Runtime.getRuntime().halt(3);")
    assert executed.failure.cell == 1
    assert "The kernel died" in executed.failure.message


def test_a_cell_that_takes_too_long(tmp_path: Path) -> None:
    executed = execute(tmp_path, "while (true) {}", timeout=2)
    assert "longer than 2 seconds" in executed.failure.message


def test_an_interrupt_ends_the_cell_and_the_kernel(tmp_path: Path) -> None:
    def interrupt_soon(cell: int) -> None:
        if cell == 2:
            threading.Timer(2, os.kill, (os.getpid(), signal.SIGINT)).start()

    before = signal.getsignal(signal.SIGINT)
    executed = execute(
        tmp_path,
        "long pid = ProcessHandle.current().pid();\npid",
        "while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }",
        "int never = 1;",
        observer=Heard(interrupt_soon),
    )
    assert executed.interrupted
    assert not executed.passed
    assert executed.notebook.cells[2].execution_count is None
    assert signal.getsignal(signal.SIGINT) is before
    with pytest.raises(ProcessLookupError):
        os.kill(int(outputs(executed, 0)[0]), 0)


def test_an_unknown_kernel_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r'no kernel "fortran"; there is: .*java'):
        execute(tmp_path, "int x = 1;", kernel="fortran")


def test_the_given_notebook_is_left_alone(tmp_path: Path) -> None:
    given = of_cells("int x = 1;\nx")
    execution.execute(given, name="test-tools", budget="smoke", folder=tmp_path)
    assert given.cells[0].outputs == []
    assert given.cells[0].execution_count is None
