"""`environment/run --save` writes notebook, results.json and README together, or none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import ROW, of_cells, showing, table

from journey_tools import notebooks, project, readme, results, rounds
from journey_tools.execution import Execution
from journey_tools.problem import Problem

NAME = "01_single_neuron.ipynb"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one notebook that nobody has executed yet."""
    monkeypatch.setattr(project, "HOME", tmp_path)
    monkeypatch.setattr(project, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(project, "RESULTS_FILE", tmp_path / "notebooks" / "results.json")
    monkeypatch.setattr(project, "README", tmp_path / "README.md")
    notebooks.write(of_cells("show()"), tmp_path / "notebooks" / NAME)
    project.README.write_text("<!-- results:begin -->\n<!-- results:end -->\n", encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_all_three_agree_afterwards(checkout: Path) -> None:
    rounds._save(project.NOTEBOOKS / NAME, Execution(showing(table(ROW)), 1.0))
    assert notebooks.read(project.NOTEBOOKS / NAME).cells[0].outputs
    assert results.load(project.RESULTS_FILE)["1"]["accuracy"]["test"]["value"] == 0.913
    assert "0.9130 [0.8940, 0.9290]" in project.README.read_text(encoding="utf-8")
    assert not readme.disagreements(project.README, project.RESULTS_FILE, project.NOTEBOOKS)


def test_the_stand_in_is_never_saved(checkout: Path) -> None:
    before = contents(checkout)
    on_stand_in = Execution(showing(table(ROW, stand_in="true")), 1.0)
    with pytest.raises(Problem, match="was not saved: it ran on the stand-in"):
        rounds._save(project.NOTEBOOKS / NAME, on_stand_in)
    assert contents(checkout) == before


def test_nothing_is_saved_where_the_readme_has_no_place(checkout: Path) -> None:
    project.README.write_text("# Title\n", encoding="utf-8")
    before = contents(checkout)
    with pytest.raises(Problem, match="no place for the results"):
        rounds._save(project.NOTEBOOKS / NAME, Execution(showing(table(ROW)), 1.0))
    assert contents(checkout) == before
