"""Readers name notebooks by number, by name, by its beginning or by path."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey_tools import names
from journey_tools.problem import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("01_single_neuron", "02_hidden_layer", "10_more", "excursions/01_mnist"):
        file = tmp_path / f"{name}.ipynb"
        file.parent.mkdir(exist_ok=True)
        file.touch()
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "01_single_neuron-checkpoint.ipynb").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], ["01_single_neuron", "02_hidden_layer", "10_more", "01_mnist"]),
        (["02"], ["02_hidden_layer"]),
        (["2"], ["02_hidden_layer"]),
        (["1"], ["01_single_neuron", "01_mnist"]),
        (["02_hidden_layer.ipynb"], ["02_hidden_layer"]),
        (["01_single"], ["01_single_neuron"]),
        (["02", "2", "01_single"], ["02_hidden_layer", "01_single_neuron"]),
    ],
)
def test_names_and_what_they_mean(folder: Path, wanted: list[str], found: list[str]) -> None:
    assert [file.stem for file in names.find(wanted, folder)] == found


def test_a_path_may_lead_anywhere(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.ipynb"
    elsewhere.touch()
    assert names.find([str(elsewhere)], folder) == [elsewhere.resolve()]


@pytest.mark.parametrize("name", ["03", "9", "neuron", "", "elsewhere/x.ipynb"])
def test_an_unknown_name_lists_what_there_is(folder: Path, name: str) -> None:
    with pytest.raises(Problem, match=r'no notebook "(?s:.*)01_single_neuron\n  02_hidden'):
        names.find([name], folder)


def test_no_notebooks_at_all(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no notebooks"):
        names.find([], tmp_path)
