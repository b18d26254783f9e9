"""environment/cluster starts processes that do Spark's work, and leaves none behind."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journey_tools import cluster, command_line, maven, project, setup, tool
from journey_tools.cluster import Cluster

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """The command, for a folder of its own in which no cluster is left running."""

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, project.ENVIRONMENT, "cluster", *arguments],
            env=tool.child_environment(JOURNEY_WORK=str(tmp_path)),
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.returncode, done.stdout

    if not maven.with_spark():
        pytest.skip("Spark is not set up here; environment/setup --spark does that")
    yield run
    run("stop")


def test_a_cluster_starts_loses_a_worker_and_ends(command: Command, tmp_path: Path) -> None:
    assert command("status") == (1, "No cluster runs here.\n")

    status, said = command("start", "--workers", "2")
    assert status == 0, said
    assert "A master and 2 workers run; each worker has 1 core and 1g of heap." in said
    [master] = re.findall(r"^  (spark://127\.0\.0\.1:\d+)$", said, re.MULTILINE)

    status, said = command("status")
    assert status == 0
    assert said.startswith(f"{master}\n")
    assert "2 workers with 2 cores, of which 0 are taken: http://127.0.0.1:" in said

    status, said = command("start")
    assert status == 2
    assert f"A cluster runs already: {master}" in said

    file = tmp_path / "build" / "cluster" / "cluster.json"
    known = Cluster(**json.loads(file.read_text(encoding="utf-8")))
    os.kill(known.processes["worker 2"], signal.SIGKILL)
    while "worker 2" in known.running():
        time.sleep(0.1)
    status, said = command("status")
    assert status == 0
    assert "worker 2   has ended" in said

    assert command("stop") == (0, "The cluster has ended.\n")
    assert known.leftovers() == []
    assert command("stop") == (0, "No cluster runs here.\n")


def test_a_process_that_cannot_begin_is_told_of_and_leaves_no_other(command: Command) -> None:
    before = cluster._groups().keys()
    status, said = command("start", "--workers", "1", "--memory", "much")
    assert status == 1
    assert "the worker 1 has ended. The end of its log:\n\nUsage: Worker" in said
    assert cluster._groups().keys() <= before
    assert command("status")[0] == 1


@pytest.mark.parametrize("master", ["http://127.0.0.1:1", "spark://nowhere", "nonsense"])
def test_what_is_no_master_cannot_be_joined(command: Command, master: str) -> None:
    status, said = command("start", "--join", master)
    assert status == 2
    assert f'"{master}" is no master: expected spark://HOST:PORT.' in said


def test_without_spark_it_says_what_to_do(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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
