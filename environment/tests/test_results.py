"""Figures are read from a notebook's outputs, and kept by milestone and metric."""

from __future__ import annotations

import json

import pytest
from nbformat import v4
from samples import ROW, showing, table

from journey_tools import results
from journey_tools.problem import Problem
from journey_tools.results import Figure


def test_a_table_is_read_with_its_conditions() -> None:
    (found,) = results.tables_in(showing("<p>other</p>", table(ROW)), "01")
    assert found.figures == (Figure("1", "accuracy", "test", 0.913, 1000, 0.894, 0.929, 0.913),)
    assert (found.budget, found.device, found.seconds) == ("full", "CPU, 2 threads", 83.4)
    assert not found.stand_in


def test_optional_attributes_may_be_absent() -> None:
    row = '<tr data-milestone="1" data-metric="loss" data-split="train" data-value="0.2"></tr>'
    (found,) = results.tables_in(showing(f'<table class="x journey-results">{row}</table>'), "01")
    assert found.figures == (Figure("1", "loss", "train", 0.2),)
    assert (found.budget, found.device, found.seconds) == (None, None, None)


def test_other_tables_are_none_of_ours() -> None:
    assert results.tables_in(showing(f"<table>{ROW}</table>"), "01") == []


def test_rows_without_a_metric_are_heads_and_rules() -> None:
    (found,) = results.tables_in(showing(table(ROW, "<tr><td>sum</td></tr>")), "01")
    assert len(found.figures) == 1


@pytest.mark.parametrize(("value", "stand_in"), [("true", True), ("false", False), ("", False)])
def test_the_stand_in_is_noticed(value: str, stand_in: bool) -> None:
    (found,) = results.tables_in(showing(table(ROW, stand_in=value)), "01")
    assert found.stand_in == stand_in


def test_several_tables_in_several_outputs() -> None:
    other = ROW.replace("accuracy", "F1")
    assert len(results.tables_in(showing(table(ROW), table(other) + table(ROW)), "01")) == 3


def test_a_notebook_without_outputs() -> None:
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell("x"), v4.new_code_cell("y")])
    assert results.tables_in(notebook, "01") == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ROW.replace('data-value="0.913"', ""), "01.ipynb: .* has no data-value"),
        (ROW.replace('data-milestone="1"', ""), "01.ipynb: .* has no data-milestone"),
        (ROW.replace('"0.913"', '"91 %"'), 'data-value .* is "91 %"; expected was a number'),
        (ROW.replace('"1000"', '"1e3"'), 'data-count .* is "1e3"; expected was a whole number'),
    ],
)
def test_a_wrong_row_names_the_notebook_and_what_is_wrong(row: str, message: str) -> None:
    with pytest.raises(Problem, match=message):
        results.tables_in(showing(table(row)), "01.ipynb")


def of(notebook: str, *rows: str) -> results.Results:
    return results.to_json(results.tables_in(showing(table(*rows)), notebook), notebook)


def test_an_entry_holds_all_that_is_needed_to_judge_a_figure() -> None:
    assert of("01_a.ipynb", ROW) == {
        "1": {
            "accuracy": {
                "test": {
                    "notebook": "01_a.ipynb",
                    "value": 0.913,
                    "count": 1000,
                    "interval": [0.894, 0.929],
                    "reference": 0.913,
                    "budget": "full",
                    "device": "CPU, 2 threads",
                    "seconds": 83.4,
                }
            }
        }
    }


def test_saving_one_notebook_keeps_the_figures_of_the_others() -> None:
    second = of("02_b.ipynb", ROW.replace('milestone="1"', 'milestone="2"'))
    before = results.merged(of("01_a.ipynb", ROW), second, "02_b.ipynb")
    fresh = of("01_a.ipynb", ROW.replace("accuracy", "F1"))
    after = results.merged(before, fresh, "01_a.ipynb")
    assert results.of_notebook(after, "02_b.ipynb") == second
    assert list(after["1"]) == ["F1"]
    assert list(before["1"]) == ["accuracy"]


def test_the_file_does_not_depend_on_the_order_of_saving() -> None:
    one = of("01_a.ipynb", ROW, ROW.replace("accuracy", "F1"))
    two = of("01_a.ipynb", ROW.replace("accuracy", "F1"), ROW)
    assert results.text(one) == results.text(two)
    assert json.loads(results.text(one)) == one


def test_milestones_are_listed_by_number() -> None:
    shown = {milestone: {"a": {"test": {}}} for milestone in ("10", "2", "excursion", "1")}
    assert [entry[0] for entry in results.entries(shown)] == ["1", "2", "10", "excursion"]


@pytest.mark.parametrize(
    ("value", "shown"), [(0.913, "0.9130"), (None, ""), (1234.56, "1,234.6"), (0.0, "0.0000")]
)
def test_numbers(value: float | None, shown: str) -> None:
    assert results.number(value) == shown
