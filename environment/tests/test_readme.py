"""README's table comes from results.json, which comes from the notebooks' outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from samples import ROW, showing, table

from journey_tools import notebooks, readme, results
from journey_tools.problem import Problem

TEXT = "# Title\n\n<!-- results:begin -->\nold\n<!-- results:end -->\n\nThe rest.\n"
NAME = "01_single_neuron.ipynb"


def stored(*rows: str) -> results.Results:
    return results.to_json(results.tables_in(showing(table(*rows)), NAME), NAME)


def test_a_line_per_figure_and_the_conditions_below() -> None:
    assert readme.render(stored(ROW)).splitlines()[2:] == [
        "| [1: single neuron](notebooks/01_single_neuron.ipynb) | test | accuracy |"
        " 0.9130 [0.8940, 0.9290] | 1,000 | 0.9130 |",
        "",
        "Milestone 1: budget full, CPU, 2 threads, 1:23 min.",
    ]


def test_conditions_are_told_once_per_milestone() -> None:
    rendered = readme.render(stored(ROW, ROW.replace("accuracy", "F1")))
    assert rendered.count("Milestone 1:") == 1


def test_only_what_stands_between_the_markers_changes() -> None:
    text = readme.updated(TEXT, stored(ROW))
    assert text.startswith("# Title\n\n")
    assert text.endswith("<!-- results:end -->\n\nThe rest.\n")
    assert "old" not in text
    assert readme.updated(text, stored(ROW)) == text


def test_without_markers_there_is_no_place() -> None:
    with pytest.raises(Problem, match="results:begin"):
        readme.updated("# Title\n", stored(ROW))


class Checkout:
    """README, results.json and one notebook that agree."""

    def __init__(self, folder: Path):
        self.readme = folder / "README.md"
        self.folder = folder / "notebooks"
        self.results = self.folder / "results.json"
        self.save_notebook(ROW)
        results.save(stored(ROW), self.results)
        self.readme.write_text(TEXT, encoding="utf-8")
        readme.save(stored(ROW), self.readme)

    def save_notebook(self, row: str, stand_in: str = "false") -> None:
        notebooks.write(showing(table(row, stand_in=stand_in)), self.folder / NAME)

    def disagreements(self) -> list[str]:
        return readme.disagreements(self.readme, self.results, self.folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_nothing_to_say_where_all_agree(checkout: Checkout) -> None:
    assert checkout.disagreements() == []


def test_a_notebook_with_another_figure(checkout: Checkout) -> None:
    checkout.save_notebook(ROW.replace('"0.913"', '"0.914"'))
    assert checkout.disagreements() == [f"results.json does not hold what {NAME} shows"]


def test_results_of_a_notebook_that_is_gone(checkout: Checkout) -> None:
    (checkout.folder / NAME).unlink()
    assert checkout.disagreements() == ["results.json holds figures that no notebook shows"]


def test_a_readme_with_another_figure(checkout: Checkout) -> None:
    text = checkout.readme.read_text(encoding="utf-8").replace("0.8940", "0.8941")
    checkout.readme.write_text(text, encoding="utf-8")
    assert checkout.disagreements() == ["README.md does not show the table made from results.json"]


def test_a_notebook_saved_on_the_stand_in(checkout: Checkout) -> None:
    checkout.save_notebook(ROW, stand_in="true")
    assert checkout.disagreements() == [f"{NAME} was saved with figures from the stand-in pictures"]


def test_the_picture_is_the_one_that_the_notebook_shows(checkout: Checkout) -> None:
    file = checkout.folder / NAME
    notebook = notebooks.read(file)
    notebook.cells[0].metadata["tags"] = [notebooks.PICTURE_TAG]
    output = nbformat.v4.new_output("display_data", data={"image/png": "aW1hZ2U="})
    notebook.cells[0].outputs.append(output)
    notebooks.write(notebook, file)
    assert checkout.disagreements() == [f"{file.stem}.png is not the picture that {NAME} shows"]
    readme.save_picture(notebook, file)
    assert readme.picture_of(file).read_bytes() == b"image"
    assert checkout.disagreements() == []
