"""The checks that notebooks go through find what they are for, and the tools' sources are tidy."""

import base64
import copy
import subprocess
import sys
from collections.abc import Callable

import exercises
import notebook_style
import pytest
from log_noise import noise_in
from nbformat import NotebookNode, v4
from samples import of_cells

from journey_tools import project

Cells = list[NotebookNode]


@pytest.mark.parametrize("rule", [["check"], ["format", "--diff"]], ids=["lint", "format"])
def test_ruff_has_nothing_to_say(rule: list[str]) -> None:
    ruff = [sys.executable, "-m", "ruff", *rule, "--no-cache"]
    ruff += ["--config", project.ENVIRONMENT / "ruff.toml"]
    places = [project.ENVIRONMENT, project.HOME / "src" / "bench" / "python"]
    done = subprocess.run([*ruff, *places], cwd=project.HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def code(text: str, count: int | None, *outputs: NotebookNode) -> NotebookNode:
    return v4.new_code_cell(text, execution_count=count, outputs=list(outputs))


def printed(text: str, stream: str = "stdout") -> NotebookNode:
    return v4.new_output("stream", name=stream, text=text)


def shown(mime: str, value: str) -> NotebookNode:
    return v4.new_output("display_data", {mime: value})


def picture(size: int) -> NotebookNode:
    return shown("image/png", base64.b64encode(bytes(size)).decode())


ERROR = v4.new_output("error", ename="EvalException", evalue="no", traceback=["\x1b[31mat x"])
ID = v4.new_output("execute_result", {"text/plain": "a101fcf4-5987-4c8c-8524-478237f8374d"})


def prose() -> NotebookNode:
    return v4.new_markdown_cell("# Why\nSo that.")


TABLE = "<table>\n<tr><td>0.91</td></tr></table>"
CLEAN = of_cells()
CLEAN.cells = [
    prose(),
    code("import java.util.List;\nimport journey.nn.*;", 1),
    prose(),
    code("// a comment\nvar x = List.of(1);\n\nx", 2, printed("1 of 10/home/runs\n")),
    prose(),
    code("display(x);", 3, picture(99_000), shown("text/html", f"<p>Result</p>{TABLE}")),
    code("   ", 99),
]


def findings(change: Callable[[Cells], object] = lambda cells: None) -> list[str]:
    notebook = copy.deepcopy(CLEAN)
    change(notebook.cells)
    checks = notebook_style.OF_SOURCES + notebook_style.OF_OUTPUTS
    return [line for check in checks for line in check(notebook)]


def test_a_clean_notebook_has_no_findings() -> None:
    assert findings() == []
    assert [len(each) for each in notebook_style.pictures(CLEAN.cells[5])] == [99_000]
    assert list(notebook_style.tables(CLEAN.cells[5])) == [TABLE]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda c: c[3].update(execution_count=4), "execution counts are [1, 4, 3]"),
        (lambda c: c[1].update(execution_count=None), "execution counts are [None, 2, 3]"),
        (lambda c: c[3]["outputs"].append(ERROR), "cell 3 failed: EvalException"),
        (lambda c: c[3]["outputs"].append(printed("hm", "stderr")), "cell 3 wrote to standard err"),
        (lambda c: c[3]["outputs"].append(printed("in /home/ann/x")), "a machine: /home/ann"),
        (lambda c: c[3]["outputs"].append(printed("jar:file:/root/.m2/a")), "a machine: /root/.m2"),
        (lambda c: c[3]["outputs"].append(printed("C:\\Users\\ann")), "a machine: C:\\Users"),
        (lambda c: c[0].update(source="see /Users/ann"), "cell 0 names a path"),
        (lambda c: c[3]["outputs"].append(printed("x\n" * 60)), "cell 3 puts out 61 lines"),
        (lambda c: c[5]["outputs"].append(ID), "cell 5 shows the id"),
        (lambda c: c[5]["outputs"].append(picture(100_000)), "a picture of 100,000 bytes"),
        (lambda c: c[5]["outputs"].extend([picture(99_999)] * 15), "expected at most 1,500,000"),
        (lambda c: c[3].update(source="import a.B;\nvar y = 1;") or c.append(c[1]), "imports java"),
        (lambda c: c[1].update(source="import journey.memory.*;"), "cell 1 uses journey.memory"),
        (lambda c: c.pop(0) and c.pop(1), "only 1 of 3 code cells follow prose; not: [0, 1]"),
        (lambda c: [x.update(source="x\n" * 7) for x in (c[3], c[5])], "median code cell has 7"),
    ],
)
def test_each_fault_is_found(change: Callable[[Cells], object], finding: str) -> None:
    assert finding in "\n".join(findings(change))


EXERCISES = [
    v4.new_markdown_cell("**1. By hand.** How much is it?"),
    v4.new_code_cell("check(0)", metadata={"tags": ["check"]}),
    v4.new_markdown_cell(
        "<details>\n<summary>Answer</summary>\n\nTwo:\n\n```java\ncheck(2)\n```\n\nand\n\n"
        "```java\ncheck(3)\n```\n\n</details>"
    ),
    v4.new_markdown_cell("**2. By machine.** And now?"),
    v4.new_code_cell("check(1)", metadata={"tags": ["check"]}),
    v4.new_markdown_cell("<details>\n<summary>Answer</summary>\n\nThree.\n\n</details>"),
]


def exercise_findings(*left_out: int) -> list[str]:
    cells = [cell for number, cell in enumerate(EXERCISES) if number not in left_out]
    return list(notebook_style.exercises_are_answered(v4.new_notebook(cells=cells)))


def test_exercises_are_answered_all_or_none() -> None:
    assert exercise_findings() == exercise_findings(2, 5) == []
    assert exercise_findings(5) == ['the exercise "2. By machine." has no answer']
    assert "1 exercises have a cell" in exercise_findings(1)[0]


def test_the_code_of_answers_comes_after_the_notebook() -> None:
    notebook = v4.new_notebook(cells=EXERCISES)
    added = exercises.with_answers(notebook).cells[len(EXERCISES) :]
    assert [cell.source for cell in added] == ["check(2)\n", "check(3)\n"]
    assert {cell.metadata["answer"] for cell in added} == {"1. By hand."}
    assert len(notebook.cells) == len(EXERCISES)


def test_a_woven_cell_may_be_long() -> None:
    def weave(cells: Cells) -> None:
        for cell in (cells[3], cells[5]):
            cell.update(source="x\n" * 70, metadata={"source": "src/main/java/A.java"})

    assert findings(weave) == []


@pytest.mark.parametrize(
    "line",
    [
        "12:01:44.123 [main] INFO o.n.l.factory.Nd4jBackend - Loaded [CpuBackend] backend",
        "SLF4J(W): No SLF4J providers were found.",
        "WARNING: A restricted method in java.lang.System has been called",
        "OpenJDK 64-Bit Server VM warning: Sharing is only supported for boot loader classes",
        "\tat org.nd4j.linalg.factory.Nd4j.<clinit>(Nd4j.java:146)",
        "Caused by: java.lang.UnsatisfiedLinkError: no jnind4jcpu",
        'Exception in thread "main" java.lang.OutOfMemoryError',
        "java.lang.NoClassDefFoundError: Could not initialize class org.nd4j.linalg.factory.Nd4j",
    ],
)
def test_noise_is_found(line: str) -> None:
    assert noise_in(f"accuracy 0.91\n{line}\nloss 0.2\n") == [line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        "Backend CPU (ND4J 1.0.0-M2.1), oneDNN on, 2 threads, budget smoke",
        "epoch 3  100% |████████| 45,000/45,000 images  loss 0.2311, error rate 8.9 %",
        "The pictures look at information, warnings and errors of the network.",
        "at (3, 4) the weight is largest",
    ],
)
def test_results_are_no_noise(text: str) -> None:
    assert noise_in(text) == []
