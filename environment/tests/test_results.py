"""Results are read from a notebook's outputs; --save makes results.json and pages of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import MEASUREMENT, of_cells, results, showing

from journey_tools import notebooks, project
from journey_tools import results as tool
from journey_tools.project import Problem

NAME = "01_single_neuron"


def other(**changes: object) -> dict:
    return {**MEASUREMENT, **changes}


def test_results_are_read_as_they_are_written() -> None:
    shown = results(other(metric="a </script> b"), device=None)
    assert tool.shown_by(showing(shown)) == shown
    assert tool.shown_by(of_cells("x")) is None


def save(shown: dict, name: str = NAME) -> bool:
    return tool.save(showing(shown), project.NOTEBOOKS / f"{name}.ipynb")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_saving_writes_all_three(checkout: Path) -> None:
    assert save(results(other(metric="F1", count=None, reference=None), MEASUREMENT))
    saved = notebooks.read(project.NOTEBOOKS / f"{NAME}.ipynb")
    assert saved.cells[0].outputs
    assert notebooks.is_current(saved)
    stored = json.loads((project.NOTEBOOKS / "results.json").read_text(encoding="utf-8"))
    assert list(stored) == [NAME]
    assert sorted(stored[NAME]) == ["budget", "device", "measurements", "seconds"]
    pages = [page.read_text(encoding="utf-8") for page in (project.README, project.RESULTS)]
    for page in pages:
        assert page.startswith("# Title\n\n")
        assert page.endswith("<!-- results:end -->\n\nThe rest.\n")
    assert pages[0].splitlines()[5:-3] == [
        f"| [01 single neuron](notebooks/{NAME}.ipynb) |  | 0.9130 [0.8940, 0.9290] |  | 0.9130 |"
    ]
    assert pages[1].splitlines()[5:-3] == [
        f"| [01 single neuron](../notebooks/{NAME}.ipynb) | test | accuracy |"
        " 0.9130 [0.8940, 0.9290] | 1,000 | 0.9130 |",
        f"| [01 single neuron](../notebooks/{NAME}.ipynb) | test | F1 |"
        " 0.9130 [0.8940, 0.9290] |  |  |",
        "",
        "- 01 single neuron: budget full, CPU, 2 threads, 1:23 min",
    ]


def test_saving_one_notebook_keeps_the_others(checkout: Path) -> None:
    save(results(notebook="excursions/digits"), "excursions/digits")
    save(results())
    save(results(other(value=0.5)))
    assert list(tool.load()) == [NAME, "excursions/digits"]
    assert tool.load()[NAME]["measurements"] == [other(value=0.5)]
    page = project.RESULTS.read_text(encoding="utf-8")
    assert page.index("01 single") < page.index("[digits](../notebooks/excursions/digits.ipynb)")
    assert "digits" not in project.README.read_text(encoding="utf-8")


def unmarked(page: str) -> str:
    return page.replace("<!-- results:end -->", "")


@pytest.mark.parametrize(
    ("shown", "page", "complaint"),
    [
        (results(standIn=True), str, "was not saved: it ran on the stand-in"),
        (results(notebook="02"), str, 'was not saved: it shows the results of "02"'),
        (results(), unmarked, "no place for the results"),
    ],
)
def test_nothing_is_saved_of_what_cannot_be(
    checkout: Path, shown: dict, page: Callable[[str], str], complaint: str
) -> None:
    project.README.write_text(page(project.README.read_text("utf-8")), encoding="utf-8")
    before = contents(checkout)
    with pytest.raises(Problem, match=complaint):
        save(shown)
    assert contents(checkout) == before


@pytest.mark.parametrize(
    ("value", "shown"), [(0.913, "0.9130"), (None, ""), (1234.56, "1,234.6"), (0.0, "0.0000")]
)
def test_numbers(value: float | None, shown: str) -> None:
    assert tool.number(value) == shown
