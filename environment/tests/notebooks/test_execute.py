"""Every notebook runs from top to bottom, quietly, and shows what it promises."""

import re

import exercises
import notebook_style
import pytest
from clean_run import assert_clean, shown_text
from conftest import STAND_IN, Executor, data_here, kernel_for_the_stand_in
from expectations import EXPECTED

from journey_tools import results
from journey_tools.execution import Execution

BANNER = re.compile(r"\bnot\b[^.!]{0,40}\b(?:CIFAR-10|MNIST|TREC)\b", re.IGNORECASE)


def test_it_runs_without_error_or_noise(executed: Execution) -> None:
    assert_clean(executed)


def test_it_shows_its_pictures_and_tables(name: str, executed: Execution) -> None:
    cells = [cell for _, cell in notebook_style.code_cells(executed.notebook)]
    pictures = [picture for cell in cells for picture in notebook_style.pictures(cell)]
    assert len(pictures) >= EXPECTED[name].pictures
    tables = [table for cell in cells for table in notebook_style.tables(cell)]
    assert len(tables) >= EXPECTED[name].tables


def test_it_ends_with_its_results(name: str, executed: Execution) -> None:
    shown = results.shown_by(executed.notebook)
    assert shown
    assert shown["notebook"] == name
    assert shown["budget"] == "smoke"
    assert shown["measurements"]


def test_its_answers_pass_its_checks(executed: Execution) -> None:
    for exercise in exercises.of(executed.notebook):
        said = [
            notebook_style.output_text(output)
            for cell in executed.notebook.cells
            if cell.metadata.get("answer") == exercise.name
            for output in cell.outputs
        ]
        assert any("Right" in text for text in said) == exercise.checked, exercise.name


def test_its_checks_wait_for_the_reader(executed: Execution) -> None:
    for cell in executed.notebook.cells:
        if exercises.CHECK in cell.metadata.get("tags", []):
            assert "Not yet" in notebook_style.output_text(cell.outputs[-1])


def test_it_says_when_the_pictures_are_a_stand_in(name: str, execute: Executor) -> None:
    executed = execute(name, kernel=kernel_for_the_stand_in(), data=STAND_IN)
    assert_clean(executed)
    assert BANNER.search(shown_text(executed))
    assert results.shown_by(executed.notebook)["standIn"]


def test_it_does_not_call_the_real_pictures_a_stand_in(name: str, executed: Execution) -> None:
    if data_here() == STAND_IN:
        pytest.skip("there are no real pictures here; JOURNEY_DATA can name their folder")
    assert not BANNER.search(shown_text(executed))
    assert not results.shown_by(executed.notebook)["standIn"]
