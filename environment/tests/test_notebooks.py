"""Notebooks are found by what readers type, and saved without traces of a machine."""

from pathlib import Path

import nbformat
import pytest
from samples import of_cells, results, showing

from journey_tools import notebooks, project
from journey_tools.project import Problem


@pytest.fixture
def folder(checkout: Path) -> Path:
    for name in ("01_single_neuron", "02_hidden_layer", "10_more", "excursions/01_digits"):
        notebooks.write(of_cells("1"), project.NOTEBOOKS / f"{name}.ipynb")
    (project.NOTEBOOKS / ".ipynb_checkpoints").mkdir()
    (project.NOTEBOOKS / ".ipynb_checkpoints" / "01-checkpoint.ipynb").touch()
    return project.NOTEBOOKS


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], ["01_single_neuron", "02_hidden_layer", "10_more", "excursions/01_digits"]),
        (["2"], ["02_hidden_layer"]),
        (["1"], ["01_single_neuron", "excursions/01_digits"]),
        (["02_hidden_layer.ipynb"], ["02_hidden_layer"]),
        (["excursions/01_digits"], ["excursions/01_digits"]),
        (["02", "2", "01_single"], ["02_hidden_layer", "01_single_neuron"]),
    ],
)
def test_names_and_what_they_mean(folder: Path, wanted: list[str], found: list[str]) -> None:
    assert [notebooks.name_of(file) for file in notebooks.find(wanted)] == found
    elsewhere = folder.parent / "elsewhere.ipynb"
    elsewhere.touch()
    assert notebooks.find([str(elsewhere)]) == [elsewhere]


@pytest.mark.parametrize("name", ["03", "neuron", "elsewhere/x.ipynb"])
def test_an_unknown_name_lists_what_there_is(folder: Path, name: str) -> None:
    with pytest.raises(Problem, match=r'no notebook "(?s:.*)01_single_neuron\n  02_hidden'):
        notebooks.find([name])


def test_others_among_ours_are_named_and_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "._01_single_neuron.ipynb").write_bytes(b"\x00\x05\x16\x07")
    python = of_cells("print(1)")
    python.metadata["kernelspec"] = {"name": "python3", "display_name": "P", "language": "python"}
    notebooks.write(python, folder / "Untitled.ipynb")
    assert len(notebooks.find([])) == 4
    said = capsys.readouterr().out
    assert "Skipped notebooks/._01_single_neuron.ipynb" in said
    assert "Skipped notebooks/Untitled.ipynb: its language is python" in said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{\n<<<<<<< HEAD\n "cells": [],\n=======\n>>>>>>> main\n}\n', "Expecting .* line 2"),
        ('{"cells": [', "Expecting value"),
        ("[]", ""),
        ('{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', ""),
        ('{"worksheets": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}', ""),
        ("\ud800", "codec can't decode"),
    ],
)
def test_a_broken_notebook_is_refused_in_one_line(tmp_path: Path, text: str, found: str) -> None:
    file = tmp_path / "broken.ipynb"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Problem, match=f"broken.ipynb is not a notebook: .* found: .*{found}") as it:
        notebooks.read(file)
    assert len(str(it.value).splitlines()) == 1


def test_a_saved_notebook_is_the_same_wherever_it_ran(tmp_path: Path) -> None:
    executed = showing(results())
    executed.metadata.update(
        kernelspec={"name": "ijava", "display_name": "Java (IJava)", "language": "java"},
        language_info={"name": "Java", "version": "17.0.15+6-Debian"},
        widgets={"state": {}},
    )
    cell = executed.cells[0]
    cell.metadata.update(execution={"iopub.status.busy": "2026"}, collapsed=True, tags=["training"])
    saved = notebooks.normalised(executed)
    assert saved.metadata.kernelspec == {"name": "java", "display_name": "Java", "language": "java"}
    assert "version" not in saved.metadata.language_info
    assert sorted(saved.metadata) == ["journey", "kernelspec", "language_info"]
    assert saved.cells[0].metadata == {"tags": ["training"]}
    assert (saved.cells[0].id, saved.cells[0].outputs) == (cell.id, cell.outputs)
    assert "widgets" in executed.metadata, "the executed copy itself stays as it was"

    file = tmp_path / "a.ipynb"
    notebooks.write(saved, file)
    first = file.read_bytes()
    notebooks.write(notebooks.normalised(notebooks.read(file)), file)
    assert file.read_bytes() == first


def test_outputs_belong_to_the_cells_they_came_from() -> None:
    saved = notebooks.normalised(of_cells("int x = 1;"))
    assert notebooks.is_current(saved)
    saved.cells.append(nbformat.v4.new_markdown_cell("# More"))
    assert notebooks.is_current(saved)
    saved.cells[0].source = "int x = 2;"
    assert not notebooks.is_current(saved)
    assert not notebooks.is_current(of_cells("int x = 1;"))


def test_the_picture_that_stands_for_a_notebook() -> None:
    notebook = of_cells("a()", "b()")
    notebook.cells[1].metadata["tags"] = ["picture"]
    output = nbformat.v4.new_output("display_data", data={"image/png": "aW1hZ2U="})
    notebook.cells[1].outputs = [output]
    assert notebooks.picture(notebook) == b"image"
    assert notebooks.picture(of_cells("a()")) is None
