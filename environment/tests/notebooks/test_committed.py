"""The notebooks as they are committed: clean, and in agreement with the sources they show."""

from __future__ import annotations

import pytest
from conftest import NOTEBOOKS
from expectations import EXPECTED

from journey_tools import notebook_style, readme, weave


@pytest.mark.parametrize("check", notebook_style.CHECKS, ids=lambda check: check.__name__)
def test_it_is_clean(stem: str, check: notebook_style.Check) -> None:
    assert list(check(weave.read_notebook(NOTEBOOKS[stem]))) == []


def test_its_woven_cells_equal_their_sources(stem: str) -> None:
    differences = weave.check(NOTEBOOKS[stem])
    assert not differences, "run environment/weave:\n" + "\n".join(differences)


def test_it_imports_what_its_woven_cells_need(stem: str) -> None:
    file = NOTEBOOKS[stem]
    assert weave.missing_imports(weave.read_notebook(file), file.name) == []


def test_every_notebook_is_there_that_should_be() -> None:
    assert {stem[:2] for stem in NOTEBOOKS} == set(EXPECTED)


def test_readme_results_and_outputs_agree() -> None:
    assert readme.disagreements() == []
