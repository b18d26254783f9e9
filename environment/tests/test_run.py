"""environment/run as a whole: what it says, what it leaves, how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import places
import pytest
from nbformat import NotebookNode
from samples import of_cells, results

from journey_tools import command_line, execution, notebooks, project, run, setup, tool
from journey_tools.execution import Execution

RESULTS = json.dumps(results(notebook="tools-passes", budget="smoke")).replace('"', '\\"')
SHOW = f'<script type=\\"application/json\\" class=\\"journey-results\\">{RESULTS}</script>'
ENDLESS = """
new java.io.File("began").createNewFile();
while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }
"""


def start(*arguments: str | Path) -> subprocess.Popen:
    """The command, in a folder of no importance."""
    return subprocess.Popen(
        [sys.executable, project.ENVIRONMENT, "run", "--budget", "smoke", *arguments],
        env=tool.child_environment(),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def write(folder: Path, name: str, *sources: str) -> Path:
    notebooks.write(of_cells(*sources), folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def test_after_a_failing_notebook_the_others_run(tmp_path: Path) -> None:
    files = [
        write(tmp_path, "tools-fails", 'throw new IllegalStateException("no luck");'),
        tmp_path / "tools-broken.ipynb",
        write(tmp_path, "tools-passes", f'render("{SHOW}", "text/html")'),
    ]
    files[1].write_text("<<<<<<< HEAD\n", encoding="utf-8")
    before = [file.read_bytes() for file in files]
    process = start(*files)
    said, _ = process.communicate()
    assert process.returncode == 1, said
    assert "tools-fails, cell 1:" in said
    assert 'throw new IllegalStateException("no luck");' in said
    assert "java.lang.IllegalStateException: no luck" in said
    assert "tools-broken.ipynb is not a notebook" in said
    assert "Traceback" not in said
    assert "tools-passes  passed, 1 cells" in said
    assert "tools-passes  test  accuracy  0.9130 [0.8940, 0.9290]  1,000     0.9130\n" in said
    assert said.rstrip().endswith("FAILED: tools-fails, tools-broken")
    assert [file.read_bytes() for file in files] == before
    for file in (files[0], files[2]):
        copy = project.BUILD / "notebooks" / file.name
        assert notebooks.read(copy).cells[0].outputs
        assert "<html" in copy.with_suffix(".html").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_asked_to_end_keeps_what_was_done(tmp_path: Path, number: signal.Signals) -> None:
    first = "System.out.println(ProcessHandle.current().pid());"
    process = start(write(tmp_path, "tools-endless", first, ENDLESS, "int never;"))
    while process.poll() is None and not (tmp_path / "began").exists():
        time.sleep(0.1)
    time.sleep(0.3)  # JShell drops what comes in a cell's first instants; then only a kill ends it.
    process.send_signal(number)
    said, _ = process.communicate()
    assert process.returncode == command_line.INTERRUPTED
    assert "tools-endless  interrupted" in said
    assert "What was done is in build/notebooks/tools-endless.html" in said
    cells = notebooks.read(project.BUILD / "notebooks" / "tools-endless.ipynb").cells
    with pytest.raises(ProcessLookupError):
        os.kill(int(cells[0].outputs[0].text), 0)
    assert cells[2].execution_count is None


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--budget", "huge"], '"huge" is none of smoke, standard, full'),
        (["--kernel", "fortran", "01"], 'There is no kernel "fortran"; there is: '),
        (["99"], 'There is no notebook "99". There are:'),
        (["--sav"], "unrecognized arguments: --sav"),
    ],
)
def test_a_wrong_argument_is_refused(arguments: list[str], complaint: str) -> None:
    process = start(*arguments)
    said, _ = process.communicate()
    assert process.returncode != 0
    assert complaint in said
    assert "Traceback" not in said


def test_only_our_notebooks_are_saved(tmp_path: Path) -> None:
    said, _ = start("--save", write(tmp_path, "x", "1")).communicate()
    assert "--save is for the notebooks in notebooks/" in said


def test_only_what_is_saved_is_resumed(tmp_path: Path) -> None:
    process = start("--resume", write(tmp_path, "x", "1"))
    said, _ = process.communicate()
    assert process.returncode == 2
    assert "--resume goes with --save" in said


def test_an_interrupted_run_is_gone_on_with(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebooks.write(of_cells("int x;"), project.NOTEBOOKS / "01.ipynb")
    checkpoint = project.BUILD / "checkpoints" / "01" / "full" / "1.zip"
    there = []

    def execute(notebook: NotebookNode, **options: object) -> Execution:
        there.append(checkpoint.exists())
        project.write(checkpoint, "")
        return Execution(notebook, 1.0, interrupted=len(there) == 1)

    monkeypatch.setattr(run, "_COPIES", project.BUILD / "notebooks")
    monkeypatch.setattr(setup, "ensure", lambda: False)
    monkeypatch.setattr(execution, "execute", execute)
    save = ["run", "--save", "--budget", "full", "01"]
    assert command_line.main(save) == command_line.INTERRUPTED
    assert "With --resume, the same command takes up the checkpoints." in capsys.readouterr().out
    assert command_line.main([*save, "--resume"]) == 0
    assert command_line.main([*save, "--resume"]) == 1
    assert "01 was not run: no --save at the budget full" in capsys.readouterr().out
    assert command_line.main(save) == 0
    assert there == [False, True, False]


def test_two_runs_of_one_notebook_wait_for_each_other(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "tools-twice",
        'var kept = journey.notebook.WorkFolder.file("checkpoints", "tools-twice", "smoke", "1");',
        "kept.toFile().createNewFile()",
        "Thread.sleep(3000);",
        "if (!kept.toFile().delete()) { throw new IllegalStateException(); }",
    )
    both = [start(file), start(file)]
    said = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    waiting = "Another environment/run is at tools-twice; waiting for it ..."
    assert "".join(said).count(waiting) == 1


WHERE = """
System.out.print(System.getProperty("user.home")
    + "|" + new java.io.File("x").getAbsolutePath()
    + "|" + journey.notebook.WorkFolder.file("a", "b").toAbsolutePath().normalize()
    + "|" + org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber());
"""


def test_a_class_shares_one_checkout_that_nobody_can_write(tmp_path: Path) -> None:
    file = write(tmp_path, "tools-class", WHERE)
    read_only = places.read_only(project.HOME)
    inside = [*read_only, project.ENVIRONMENT / "run", "--budget", "smoke"]
    environment = {**os.environ, "JOURNEY_WORK": "a folder"}

    def run(*words: str | Path) -> str:
        process = subprocess.run(
            words, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8"
        )
        return process.stdout + process.stderr

    assert "tools-class  passed" in run(*inside, file)
    work = tmp_path / "a folder" / "build"
    [cell] = notebooks.read(work / "notebooks" / "tools-class.ipynb").cells
    assert cell.outputs[0].text.split("|")[2] == str(work / "a" / "b")
    assert (work / "logs" / "kernel-tools-class.log").exists()

    for command in ("test", "weave"):
        said = run(*read_only, project.ENVIRONMENT / command)
        assert said == f"\n{project.HOME} cannot be written by this user, but this command would.\n"
    environment.pop("JOURNEY_WORK")
    said = run(*inside, file)
    assert f"{project.HOME} is no folder that this user can write. Let JOURNEY_WORK name" in said
    assert "Traceback" not in said


def test_home_may_be_of_a_user_whom_no_list_names_and_without_locks(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    file = write(tmp_path, "tools-home", WHERE)
    process = subprocess.run(
        [*places.unlisted_user(), project.ENVIRONMENT / "run", "--budget", "smoke", file],
        cwd=tmp_path,
        env={
            **os.environ,
            **places.without_locks(home, tmp_path),
            "HOME": str(home),
            "TMPDIR": str(temporary),
        },
        capture_output=True,
        encoding="utf-8",
    )
    assert process.returncode == 0, process.stdout + process.stderr
    [cell] = notebooks.read(project.BUILD / "notebooks" / "tools-home.ipynb").cells
    assert cell.outputs[0].text.split("|")[::3] == [str(home), "4.0"]
    assert not (tmp_path / "?").exists()
    assert (temporary / "javacpp-12345").exists()
