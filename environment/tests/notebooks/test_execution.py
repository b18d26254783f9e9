"""Every notebook runs from top to bottom, quietly, and shows what it promises."""

from __future__ import annotations

import os
import re

import pytest
from clean_run import assert_clean, shown_text
from conftest import STAND_IN, Executor
from expectations import EXPECTED, Expected

from journey_tools import notebook_style
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


def test_it_says_when_the_pictures_are_a_stand_in(stem: str, execute: Executor) -> None:
    executed = execute(stem, data=STAND_IN)
    assert_clean(executed)
    assert BANNER.search(shown_text(executed))


def test_it_does_not_call_the_real_pictures_a_stand_in(executed: Execution) -> None:
    if os.environ.get("JOURNEY_DATA", STAND_IN) == STAND_IN:
        pytest.skip("there are no real pictures here; JOURNEY_DATA can name their folder")
    assert not BANNER.search(shown_text(executed))
