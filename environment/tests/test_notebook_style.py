"""The checks that committed notebooks go through find what they are for."""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable
from typing import Any

import pytest

from journey_tools import notebook_style

Notebook = dict[str, Any]

DISPLAY_ID = "a101fcf4-5987-4c8c-8524-478237f8374d"


def prose() -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": ["# Why\n", "So that."]}


def code(text: str, count: int, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": list(outputs),
        "source": text.splitlines(keepends=True),
    }


def printed(text: str, stream: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": stream, "text": text.splitlines(keepends=True)}


def shown(mime: str, value: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {mime: value}}


def result(text: str) -> dict[str, Any]:
    data = {"text/plain": [text]}
    return {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": data}


def picture(size: int) -> dict[str, Any]:
    return shown("image/png", base64.b64encode(bytes(size)).decode())


def clean() -> Notebook:
    table = shown("text/html", "<p>Result</p><table>\n<tr><td>0.91</td></tr></table>")
    return {
        "metadata": {"kernelspec": {"name": "java"}},
        "cells": [
            prose(),
            code("import java.util.List;\nimport journey.nn.*;", 1),
            prose(),
            code("// a comment\nvar x = List.of(1);\n\nx", 2, printed("1 of 10/home/runs\n")),
            prose(),
            code("display(x);", 3, picture(99_000), table),
            code("   ", 99),
        ],
    }


def findings(notebook: Notebook) -> list[str]:
    return [line for check in notebook_style.CHECKS for line in check(notebook)]


def broken(change: Callable[[list[dict[str, Any]]], object]) -> Notebook:
    notebook = copy.deepcopy(clean())
    change(notebook["cells"])
    return notebook


def test_a_clean_notebook_has_no_findings() -> None:
    assert findings(clean()) == []


def test_pictures_and_tables_are_counted() -> None:
    cell = clean()["cells"][5]
    assert [len(each) for each in notebook_style.pictures(cell)] == [99_000]
    assert list(notebook_style.tables(cell)) == ["<table>\n<tr><td>0.91</td></tr></table>"]


def error(name: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": "no", "traceback": ["\x1b[31mat x"]}


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda c: c[3].update(execution_count=4), "execution counts are [1, 4, 3]"),
        (lambda c: c[1].update(execution_count=None), "execution counts are [None, 2, 3]"),
        (lambda c: c[3]["outputs"].append(error("EvalException")), "cell 3 failed: EvalException"),
        (lambda c: c[3]["outputs"].append(printed("hm", "stderr")), "cell 3 wrote to standard err"),
        (lambda c: c[3]["outputs"].append(printed("in /home/ann/x")), "a machine: /home/ann"),
        (lambda c: c[3]["outputs"].append(printed("jar:file:/root/.m2/a")), "a machine: /root/.m2"),
        (lambda c: c[3]["outputs"].append(printed("file:///tmp/x")), "a machine: /tmp/x"),
        (lambda c: c[3]["outputs"].append(printed("C:\\Users\\ann")), "a machine: C:\\Users"),
        (lambda c: c[0]["source"].append("see /Users/ann"), "cell 0 names a path"),
        (lambda c: c[3]["outputs"].append(printed("x\n" * 60)), "cell 3 puts out 61 lines"),
        (lambda c: c[5]["outputs"].append(result(DISPLAY_ID)), "cell 5 shows the id"),
        (lambda c: c[5]["outputs"].append(picture(100_000)), "a picture of 100,000 bytes"),
        (lambda c: c[5]["outputs"].extend([picture(99_999)] * 15), "expected at most 1,500,000"),
        (lambda c: c[3].update(source="import a.B;\nvar y = 1;") or c.append(c[1]), "imports java"),
        (lambda c: c.pop(0) and c.pop(1), "only 1 of 3 code cells follow prose; not: [0, 1]"),
        (lambda c: [x.update(source="x\n" * 7) for x in (c[3], c[5])], "median code cell has 7"),
    ],
)
def test_each_fault_is_found(
    change: Callable[[list[dict[str, Any]]], object], finding: str
) -> None:
    assert finding in "\n".join(findings(broken(change)))


def test_another_kernel_is_found() -> None:
    notebook = clean()
    notebook["metadata"]["kernelspec"]["name"] = "python3"
    assert findings(notebook) == ["the kernel spec is named 'python3', expected 'java'"]


def test_a_woven_cell_may_be_long() -> None:
    def weave(cells: list[dict[str, Any]]) -> None:
        for cell in (cells[3], cells[5]):
            cell.update(source="x\n" * 70, metadata={"source": "src/main/java/A.java"})

    assert findings(broken(weave)) == []
