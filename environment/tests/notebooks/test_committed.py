"""The notebooks as they are committed: clean, and in agreement with the sources they show."""

from __future__ import annotations

import json
import re

import pytest
from conftest import NOTEBOOKS
from expectations import EXPECTED

from journey_tools import notebook_style, project, readme, weave

CNN = "05_convolutional_networks"


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


def test_the_cnns_are_compared_with_what_milestone_4_reached() -> None:
    results = json.loads(project.RESULTS_FILE.read_text(encoding="utf-8"))
    cells = weave.read_notebook(NOTEBOOKS[CNN])["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    stated = [found for source in sources for found in re.findall(r"BY_HAND = ([\d.]+);", source)]
    assert stated == [f"{results['4']['accuracy']['validation']['value']:.4f}"]
