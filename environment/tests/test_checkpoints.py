"""An execution that begins anew finds no checkpoints of its own, and takes nobody else's away."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey_tools import checkpoints, project


def test_only_those_of_the_notebook_and_budget_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "BUILD", tmp_path)
    gone = ["05/smoke/basic", "05/smoke-stand-in/basic"]
    kept = ["05/full/basic", "06/smoke/basic"]
    for name in gone + kept:
        file = tmp_path / "checkpoints" / name / "epoch-0001.zip"
        file.parent.mkdir(parents=True)
        file.touch()
    checkpoints.forget(Path("notebooks/05_convolutional_networks.ipynb"), "smoke")
    assert [name for name in gone + kept if (tmp_path / "checkpoints" / name).exists()] == kept


def test_a_notebook_without_checkpoints_has_none_to_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "BUILD", tmp_path)
    checkpoints.forget(Path("notebooks/01_single_neuron.ipynb"), "smoke")
    assert not list(tmp_path.iterdir())
