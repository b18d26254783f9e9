"""Notebooks executed once and looked at by many tests."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable

import pytest

from journey_tools import checkpoints, execution, names
from journey_tools.execution import Execution

NOTEBOOKS = {file.stem: file for file in names.all_in()}
SECONDS_PER_CELL = 300
STAND_IN = "stand-in"

Executor = Callable[..., Execution]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `stem` is run for each notebook."""
    if "stem" in metafunc.fixturenames:
        metafunc.parametrize("stem", sorted(NOTEBOOKS), scope="session")


def data_here() -> str:
    """The data that this run of the tests uses."""
    return os.environ.get("JOURNEY_DATA", STAND_IN)


def run_name(stem: str, kernel: str, data: str) -> str:
    """Names an execution, and so the log of its kernel."""
    return f"test-{stem}-{kernel}" + ("-stand-in" if data == STAND_IN else "")


@pytest.fixture(scope="session")
def execute() -> Executor:
    """Executes a notebook at smoke budget; the same one in the same way only once."""

    @functools.cache
    def once(stem: str, kernel: str, data: str) -> Execution:
        checkpoints.forget(NOTEBOOKS[stem], "smoke")
        return execution.execute(
            execution.read(NOTEBOOKS[stem]),
            name=run_name(stem, kernel, data),
            budget="smoke",
            kernel=kernel,
            timeout=SECONDS_PER_CELL,
            environment={"JOURNEY_DATA": data},
        )

    def executed(stem: str, kernel: str = "java", data: str | None = None) -> Execution:
        return once(stem, kernel, data or data_here())

    return executed


@pytest.fixture
def executed(stem: str, execute: Executor) -> Execution:
    """A notebook executed on the default kernel."""
    return execute(stem)


@pytest.fixture(scope="session")
def first() -> str:
    """Notebook 01, for what is tried on one notebook only."""
    stem = next((stem for stem in sorted(NOTEBOOKS) if stem.startswith("01_")), None)
    if stem is None:
        pytest.skip("there is no notebook 01 in notebooks/")
    return stem
