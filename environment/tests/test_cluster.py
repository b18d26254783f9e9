"""environment/cluster starts processes that do Spark's work, and leaves none behind."""

import os
import re
import signal
import time
from pathlib import Path

import pytest

from journey_tools import cluster, command_line, maven, project, setup


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for what clusters write, in which none is left running."""
    monkeypatch.setattr(project, "BUILD", tmp_path / "a build")
    monkeypatch.setattr(project, "LOGS", tmp_path / "a build" / "logs")
    yield tmp_path
    command_line.main(["cluster", "stop"])


@pytest.fixture
def with_spark() -> None:
    if not maven.with_spark():
        pytest.skip("Spark is not set up here; environment/setup --spark does that")


@pytest.mark.usefixtures("with_spark")
def test_a_cluster_starts_loses_a_worker_and_ends(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["cluster", "status"]) == 1
    assert capsys.readouterr().out == "No cluster runs here.\n"

    assert command_line.main(["cluster", "start", "--workers", "2"]) == 0
    said = capsys.readouterr().out
    assert "A master and 2 workers run; each worker has 1 core and 1g of heap." in said
    [master] = re.findall(r"^  (spark://127\.0\.0\.1:\d+)$", said, re.MULTILINE)

    assert command_line.main(["cluster", "status"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{master}\n")
    assert "2 workers with 2 cores, of which 0 are taken: http://127.0.0.1:" in said

    assert command_line.main(["cluster", "start"]) == 2
    assert f"A cluster runs already: {master}" in capsys.readouterr().err

    known = cluster._known()
    os.kill(known.processes["worker 2"], signal.SIGKILL)
    while "worker 2" in known.running():
        time.sleep(0.1)
    assert command_line.main(["cluster", "status"]) == 0
    assert "worker 2   has ended" in capsys.readouterr().out

    assert command_line.main(["cluster", "stop"]) == 0
    assert known.leftovers() == []
    assert command_line.main(["cluster", "stop"]) == 0
    assert capsys.readouterr().out == "The cluster has ended.\nNo cluster runs here.\n"


@pytest.mark.usefixtures("with_spark")
def test_a_process_that_cannot_begin_is_told_of_and_leaves_no_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = cluster._groups()
    assert command_line.main(["cluster", "start", "--memory", "much"]) == 1
    said = capsys.readouterr().err
    assert "the worker 1 has ended. The end of its log:" in said
    assert "much" in said
    assert cluster._known() is None
    assert cluster._groups().keys() <= before.keys()


@pytest.mark.usefixtures("with_spark")
@pytest.mark.parametrize("master", ["http://127.0.0.1:1", "spark://nowhere", "nonsense"])
def test_what_is_no_master_cannot_be_joined(
    folder: Path, master: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["cluster", "start", "--join", master]) == 2
    assert f'"{master}" is no master: expected spark://HOST:PORT.' in capsys.readouterr().err


def test_without_spark_it_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "ensure", lambda: False)
    monkeypatch.setattr(maven.Build, "class_path", lambda _: "/a/library.jar")
    assert command_line.main(["cluster", "start"]) == 2
    assert "run environment/setup --spark first" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["begin"], ["start", "--workers", "0"], []])
def test_what_makes_no_sense_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command_line.main(["cluster", *arguments])
    assert "environment/cluster: error" in capsys.readouterr().err
