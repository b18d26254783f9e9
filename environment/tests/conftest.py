"""What many tests of the tools share."""

from pathlib import Path

import pytest

from journey_tools import project, site


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout, which the tools take for theirs."""
    home = tmp_path / "a checkout"
    for name in ("notebooks", "build", "build/logs"):
        (home / name).mkdir(parents=True)
    monkeypatch.setattr(project, "HOME", home)
    monkeypatch.setattr(project, "NOTEBOOKS", home / "notebooks")
    monkeypatch.setattr(project, "BUILD", home / "build")
    monkeypatch.setattr(project, "README", home / "README.md")
    monkeypatch.setattr(project, "RESULTS", home / "results.md")
    page = "# Title\n\n<!-- results:begin -->\nold\n<!-- results:end -->\n\nThe rest.\n"
    for each in (project.README, project.RESULTS):
        each.write_text(page, encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all notebooks and texts, which takes long to build."""
    folder = tmp_path_factory.mktemp("site")
    site.build(folder)
    return folder
