"""A set-up is repeated when what it was made from has changed, and only then."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from journey_tools import lock, setup
from journey_tools.problem import Problem
from journey_tools.stamps import Stamp, digest_of, write_atomically


def test_nothing_is_complete_before_its_stamp_is_written(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "made" / "stamp.json")
    assert not stamp.matches({"a": "1"})
    stamp.write({"a": "1"})
    assert stamp.matches({"a": "1"})
    assert not stamp.matches({"a": "2"})
    stamp.clear()
    assert not stamp.matches({"a": "1"})


def test_a_half_written_stamp_is_none(tmp_path: Path) -> None:
    file = tmp_path / "stamp.json"
    file.write_text('{"a": ', encoding="utf-8")
    assert Stamp(file).inputs() is None


def test_digest_sees_contents_names_and_removals(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    file = tmp_path / "src" / "A.java"
    file.write_text("class A {}", encoding="utf-8")
    first = digest_of([tmp_path / "src"])
    assert digest_of([tmp_path / "src"]) == first
    file.write_text("class A { }", encoding="utf-8")
    changed = digest_of([tmp_path / "src"])
    file.rename(tmp_path / "src" / "B.java")
    renamed = digest_of([tmp_path / "src"])
    (tmp_path / "src" / "B.java").unlink()
    assert len({first, changed, renamed, digest_of([tmp_path / "src"])}) == 4


def test_writing_leaves_no_draft_behind(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file.txt", "text")
    assert [file.name for file in tmp_path.iterdir()] == ["file.txt"]


def hold(folder: Path, ready: multiprocessing.Event) -> None:
    with lock.held(folder / "lock"):
        ready.set()
        time.sleep(1)
        (folder / "done").touch()


def test_a_second_set_up_waits_for_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    first = context.Process(target=hold, args=(tmp_path, ready))
    first.start()
    assert ready.wait(30)
    with lock.held(tmp_path / "lock"):
        assert (tmp_path / "done").exists()
    first.join()
    assert "waiting for it" in capsys.readouterr().out


@pytest.mark.parametrize("character", [":", "*", "?"])
def test_a_folder_that_no_class_path_can_hold_is_refused(character: str) -> None:
    with pytest.raises(Problem, match="Move the checkout"):
        setup._check_folder(Path(f"/home/a{character}b"))
