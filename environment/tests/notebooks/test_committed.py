"""The notebooks as they are committed: clean, and in agreement with the sources they show."""

import re

import notebook_style
import pytest
from conftest import NOTEBOOKS
from expectations import EXPECTED
from nbformat import NotebookNode

from journey_tools import command_line, notebooks, results, weave

CNN = "05_convolutional_networks"
BY_HAND = "04_optimizers_and_activations"


@pytest.fixture
def notebook(name: str) -> NotebookNode:
    return notebooks.read(NOTEBOOKS[name])


@pytest.fixture
def saved(name: str, notebook: NotebookNode) -> NotebookNode:
    """A notebook whose outputs came from the cells that it has now."""
    assert notebooks.is_current(notebook), (
        f"saved outputs are older than the cells; environment/run --save --budget full {name}"
    )
    return notebook


@pytest.mark.parametrize("check", notebook_style.OF_SOURCES, ids=lambda check: check.__name__)
def test_its_cells_are_in_good_style(notebook: NotebookNode, check: notebook_style.Check) -> None:
    assert list(check(notebook)) == []


@pytest.mark.parametrize("check", notebook_style.OF_OUTPUTS, ids=lambda check: check.__name__)
def test_its_outputs_are_clean(saved: NotebookNode, check: notebook_style.Check) -> None:
    assert list(check(saved)) == []


def test_its_first_settings_are_the_budget(notebook: NotebookNode) -> None:
    line = "Budget budget = Budget.current(); // or Budget.SMOKE, the quickest, or Budget.FULL\n"
    [at] = [i for i, cell in enumerate(notebook.cells) if cell.source.startswith(line)]
    before = notebook.cells[at - 1].source
    for word in (*command_line.BUDGETS, "JOURNEY_BUDGET", "environment/kernel --budget"):
        assert f"`{word}" in before


def test_its_woven_cells_equal_their_sources(name: str) -> None:
    differences = weave.differences(NOTEBOOKS[name])
    assert not differences, "run environment/weave:\n" + "\n".join(differences)


def test_its_results_and_its_picture_are_those_it_shows(name: str, saved: NotebookNode) -> None:
    shown = results.shown_by(saved)
    assert shown
    assert not shown["standIn"], "it was saved with figures from the stand-in pictures"
    assert shown["notebook"] == name
    assert results.load()[name] == results.entry(shown)
    picture = notebooks.picture(saved)
    assert picture is None or picture == notebooks.picture_file(NOTEBOOKS[name]).read_bytes()


def test_every_notebook_is_there_that_should_be() -> None:
    assert set(NOTEBOOKS) == set(EXPECTED)
    assert set(results.load()) <= set(NOTEBOOKS)


def test_the_pages_show_the_tables_made_from_the_results() -> None:
    for page, content in results.pages_with(results.load()).items():
        assert page.read_text(encoding="utf-8") == content


def test_the_cnns_are_compared_with_what_was_reached_by_hand() -> None:
    sources = [cell.source for cell in notebooks.read(NOTEBOOKS[CNN]).cells]
    stated = [found for source in sources for found in re.findall(r"BY_HAND = ([\d.]+);", source)]
    measured = results.load()[BY_HAND]["measurements"]
    reached = [
        m["value"] for m in measured if (m["metric"], m["split"]) == ("accuracy", "validation")
    ]
    assert stated == [f"{value:.4f}" for value in reached]
