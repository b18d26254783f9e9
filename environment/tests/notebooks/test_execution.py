"""Every notebook runs from top to bottom, quietly, and shows what it promises."""

from __future__ import annotations

import re

import pytest
from clean_run import assert_clean, shown_text
from conftest import STAND_IN, Executor, data_here
from expectations import EXPECTED, Expected

from journey_tools import notebook_style, results
from journey_tools.execution import Execution

BANNER = re.compile(r"\bnot\b[^.!]{0,40}\bCIFAR-10\b", re.IGNORECASE)


@pytest.fixture
def expected(stem: str) -> Expected:
    number = stem[:2]
    assert number in EXPECTED, f"expectations.py has no line for notebook {number}"
    return EXPECTED[number]


def test_it_runs_without_error_or_noise(executed: Execution) -> None:
    assert_clean(executed)


def test_it_shows_its_pictures(executed: Execution, expected: Expected) -> None:
    cells = [cell for _, cell in notebook_style.code_cells(executed.notebook)]
    pictures = [picture for cell in cells for picture in notebook_style.pictures(cell)]
    assert len(pictures) >= expected.pictures


def test_it_shows_its_tables(executed: Execution, expected: Expected) -> None:
    cells = [cell for _, cell in notebook_style.code_cells(executed.notebook)]
    tables = [table for cell in cells for table in notebook_style.tables(cell)]
    assert len(tables) >= expected.tables


def test_it_ends_with_figures_of_its_milestone(executed: Execution, expected: Expected) -> None:
    figures = [figure for table in tables_of_results(executed) for figure in table.figures]
    assert figures
    assert {figure.milestone for figure in figures} == {str(expected.milestone)}
    assert {table.budget for table in tables_of_results(executed)} == {"smoke"}


def test_it_says_when_the_pictures_are_a_stand_in(stem: str, execute: Executor) -> None:
    executed = execute(stem, data=STAND_IN)
    assert_clean(executed)
    assert BANNER.search(shown_text(executed))
    assert all(table.stand_in for table in tables_of_results(executed))


def test_it_does_not_call_the_real_pictures_a_stand_in(executed: Execution) -> None:
    if data_here() == STAND_IN:
        pytest.skip("there are no real pictures here; JOURNEY_DATA can name their folder")
    assert not BANNER.search(shown_text(executed))
    assert not any(table.stand_in for table in tables_of_results(executed))


def tables_of_results(executed: Execution) -> list[results.ResultTable]:
    return results.tables_in(executed.notebook, "the executed notebook")
