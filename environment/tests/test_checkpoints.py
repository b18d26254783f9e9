"""What a notebook's trainings leave is taken up by a run of the same cells and budget only."""

import pytest
from samples import of_cells

from journey_tools import checkpoints, project
from journey_tools.project import Problem

CELLS = of_cells("int x = 1;")


def left(name: str, budget: str = "full") -> bool:
    """Whether there is a checkpoint."""
    return (project.BUILD / "checkpoints" / name / budget / "1.zip").exists()


@pytest.fixture(autouse=True)
def begun(checkout: object) -> None:
    """A run that is to be saved has begun, and left checkpoints; so has one at another budget."""
    checkpoints.begin("05", "full", CELLS)
    for name, budget in (
        ("05", "full"),
        ("05", "full-stand-in"),
        ("05", "standard"),
        ("excursions/05", "full"),
    ):
        project.write(project.BUILD / "checkpoints" / name / budget / "1.zip", "")


def test_the_same_cells_go_on() -> None:
    checkpoints.require("05", "full", of_cells("int x = 1;"))
    assert left("05")


def test_other_cells_do_not() -> None:
    with pytest.raises(Problem, match="05 was not run: its .* budget full come from other cells"):
        checkpoints.require("05", "full", of_cells("int x = 2;"))
    assert left("05")


def test_budgets_are_not_mixed() -> None:
    with pytest.raises(Problem, match="no --save at the budget standard .* but one at full has"):
        checkpoints.require("05", "standard", CELLS)


def test_what_another_run_may_have_changed_is_not_saved() -> None:
    checkpoints.disown("05", "full")
    assert left("05")
    with pytest.raises(Problem, match="no --save at the budget full has left .* take up. Without"):
        checkpoints.require("05", "full", CELLS)


def test_a_new_run_trains_from_the_start() -> None:
    checkpoints.begin("05", "full", CELLS)
    assert not left("05")
    assert not left("05", "full-stand-in")
    assert left("05", "standard")
    assert left("excursions/05")
    checkpoints.require("05", "full", CELLS)


def test_a_saved_run_is_not_gone_on_with() -> None:
    checkpoints.forget("05", "full")
    checkpoints.forget("nothing", "full")
    assert not left("05")
    with pytest.raises(Problem, match="no --save at the budget full"):
        checkpoints.require("05", "full", CELLS)
