"""The command that runs the tests counts what they did, and ends accordingly."""

from __future__ import annotations

from pathlib import Path

import pytest

from journey_tools import cifar10, reports, suite
from journey_tools.maven import BENCHMARKS, Product
from journey_tools.problem import Problem
from journey_tools.reports import Report

SUREFIRE = """<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="journey.nn.NeuronTest" tests="4" errors="1" skipped="1" failures="1">
  <testcase name="learns" classname="journey.nn.NeuronTest" time="0.1"/>
  <testcase name="agrees" classname="journey.nn.NeuronTest"><failure message="no"/></testcase>
  <testcase name="runs" classname="journey.nn.NeuronTest"><error type="X">at</error></testcase>
  <testcase name="flies" classname="journey.nn.NeuronTest"><skipped message="no GPU"/></testcase>
</testsuite>
"""

PYTEST = """<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="0" skipped="1">
<testcase classname="browser.test_lab" name="test_a" time="1"/>
<testcase classname="browser.test_lab" name="test_b"><skipped type="pytest.skip"
  message="no Chromium&#10;at all">line</skipped></testcase>
</testsuite></testsuites>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "TEST-journey.nn.NeuronTest.xml").write_text(SUREFIRE)
    (tmp_path / "report.xml").write_text(PYTEST)
    return tmp_path


def test_reports_add_up(folder: Path) -> None:
    report = reports.read(folder)
    assert report.passed == 2
    assert set(report.failed) == {"NeuronTest.agrees", "NeuronTest.runs"}
    assert dict(report.skipped) == {"NeuronTest.flies": "no GPU", "test_lab.test_b": "no Chromium"}


def test_a_tool_that_fails_without_a_failed_test_is_a_failure() -> None:
    assert suite.checked(Report(passed=3), 0, "mvn verify") == Report(passed=3)
    [failed] = suite.checked(Report(passed=3), 1, "mvn verify").failed
    assert failed == "mvn verify ended with exit status 1"
    known = Report(passed=3, failed=("NeuronTest.agrees",))
    assert suite.checked(known, 1, "mvn verify") == known


class Compiler:
    """A Maven that succeeds, or fails with this."""

    def __init__(self, problem: str = ""):
        self._problem = problem

    def ensure_compiled(self, product: Product) -> bool:
        assert product == BENCHMARKS
        if self._problem:
            raise Problem(self._problem)
        return True


def test_benchmarks_that_do_not_compile_are_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.benchmarks_compiled(Compiler()) == Report()
    assert suite.benchmarks_compiled(Compiler("no such class")).failed
    assert "no such class" in capsys.readouterr().out


def test_the_last_line_of_the_summary_counts_everything(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = suite.Outcome("java", reports.read(folder), 75.2)
    suite.summarise([outcome, suite.Outcome("browser", Report(passed=5), 3)], 4)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "7 passed, 2 failed, 2 skipped"
    assert "java               2       2       2     1:15" in lines
    assert "failed: NeuronTest.agrees" in lines
    assert "skipped: NeuronTest.flies: no GPU" in lines


def test_the_notebooks_use_the_data_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_DATA", "here")
    assert suite.data(Path("nowhere")) == "here"


def test_data_beside_the_checkout_is_found_and_nothing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("JOURNEY_DATA", raising=False)
    home = tmp_path / "checkout"
    assert suite.data(home) == "stand-in"
    assert "stand-in pictures" in capsys.readouterr().out
    shared = tmp_path / "shared" / "data"
    (shared / cifar10.FOLDER).mkdir(parents=True)
    assert suite.data(home) == str(shared)
    (home / "data" / cifar10.FOLDER).mkdir(parents=True)
    assert suite.data(home) == str(home / "data")


@pytest.mark.parametrize("part", sorted(suite.PYTEST_FOLDERS))
def test_every_part_has_a_description_and_a_folder(part: str) -> None:
    assert part in suite.PARTS
    assert Path(suite.PYTEST_FOLDERS[part][0]).is_dir()


def test_all_parts_run_unless_some_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.chosen_parts([]) == list(suite.PARTS)
    assert suite.chosen_parts(["browser", "java"]) == ["browser", "java"]
    with pytest.raises(SystemExit):
        suite.chosen_parts(["java", "jav"])
    assert 'there is no part "jav"' in capsys.readouterr().err
