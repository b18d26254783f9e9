"""Notebooks executed once and looked at by many tests."""

import functools
import os
from collections.abc import Callable

import exercises
import pytest

from journey_tools import checkpoints, execution, maven, notebooks, project
from journey_tools.execution import Execution

NOTEBOOKS = {notebooks.name_of(file): file for file in notebooks.all_in(project.NOTEBOOKS)}
SECONDS_PER_CELL = 300
STAND_IN = "stand-in"
IJAVA = "ijava"
NEED_SPARK = {"excursions/many_machines"}

Executor = Callable[..., Execution]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `name` is run for each notebook."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", sorted(NOTEBOOKS), scope="session")


def data_here() -> str:
    """The data that this run of the tests uses."""
    return os.environ.get("JOURNEY_DATA", STAND_IN)


def kernel_for_the_stand_in() -> str:
    """IJava where it is installed: one run then tells of both, the kernel and the stand-in."""
    return IJAVA if IJAVA in execution.kernel_names() else "java"


def run_name(name: str, kernel: str, data: str) -> str:
    """Names an execution, and so the log of its kernel."""
    return f"test-{name}-{kernel}" + ("-stand-in" if data == STAND_IN else "")


@pytest.fixture(scope="session")
def execute() -> Executor:
    """Executes a notebook at smoke budget; in the same way only once.

    Its exercises' answers run on the data that this run of the tests uses, and on no other.
    """

    @functools.cache
    def once(name: str, kernel: str, data: str) -> Execution:
        if name in NEED_SPARK and not maven.with_spark():
            pytest.skip("Spark is not set up here; environment/setup --spark does that")
        checkpoints.forget(name, "smoke")
        notebook = notebooks.read(NOTEBOOKS[name])
        return execution.execute(
            exercises.with_answers(notebook) if data == data_here() else notebook,
            name=run_name(name, kernel, data),
            budget="smoke",
            kernel=kernel,
            folder=NOTEBOOKS[name].parent,
            timeout=SECONDS_PER_CELL,
            environment={"JOURNEY_DATA": data},
        )

    def executed(name: str, kernel: str = "java", data: str | None = None) -> Execution:
        return once(name, kernel, data or data_here())

    return executed


@pytest.fixture
def executed(name: str, execute: Executor) -> Execution:
    """A notebook executed on the default kernel."""
    return execute(name)


@pytest.fixture(scope="session")
def first() -> str:
    """Notebook 01, for what is tried on one notebook only."""
    return "01_single_neuron"
