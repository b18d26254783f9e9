"""environment/lab: the notebooks it opens, and what of its command line goes to JupyterLab."""

import os
import sys
from pathlib import Path

import jupyter_process
import pytest
from samples import of_cells

from journey_tools import lab, notebooks, project


def test_options_of_jupyterlab_outdo_ours(tmp_path: Path) -> None:
    (tmp_path / "mine" / "a folder").mkdir(parents=True)
    command = [sys.executable, project.ENVIRONMENT, "lab", "--notebook-dir=mine"]
    with jupyter_process.running(command, tmp_path, dict(os.environ), tmp_path) as server:
        contents = server.ask("contents")["content"]
        assert [each["name"] for each in contents] == ["a folder"]
        assert server.ask("kernelspecs")["default"] == "java"


def test_a_reader_without_the_checkout_gets_copies(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "WORK", checkout)
    first, second = (checkout / "notebooks" / name for name in ("01.ipynb", "excursions/x.ipynb"))
    for file in (first, second):
        notebooks.write(of_cells("1"), file)
    assert lab.notebooks_to_open() == checkout / "notebooks"

    monkeypatch.setattr(project, "WORK", checkout / "a reader's")
    folder = lab.notebooks_to_open()
    assert folder == checkout / "a reader's" / "notebooks"
    copy = folder / "01.ipynb"
    assert copy.read_bytes() == first.read_bytes()
    copy.write_text("changed by the reader", encoding="utf-8")
    (folder / "excursions" / "x.ipynb").unlink()
    lab.notebooks_to_open()
    assert copy.read_text(encoding="utf-8") == "changed by the reader"
    assert (folder / "excursions" / "x.ipynb").read_bytes() == second.read_bytes()
