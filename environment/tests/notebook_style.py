"""What a committed notebook keeps to, so that a reader trips over nothing.

Each check takes a notebook and yields one line per finding, which names the cell.
"""

import base64
import re
import statistics
from collections.abc import Callable, Iterator
from typing import Any

import exercises

Notebook = dict[str, Any]
Cell = dict[str, Any]
Check = Callable[[Notebook], Iterator[str]]

MEDIAN_LINES = 6
PROSE_SHARE = 0.75
CHECKS = 2
OUTPUT_LINES = 60
OUTPUT_BYTES = 1_500_000
PICTURE_BYTES = 100_000

_HOMES = "root|home|Users|tmp|var|opt|usr|mnt|media|srv|work|content"
_UNIX_PATH = rf"(?:(?<![\w./~-])|(?<=file://))/(?:{_HOMES})/[\w.-]+"
_WINDOWS_PATH = r"(?<!\w)[A-Za-z]:\\+[\w.-]+\\"
_MACHINE_PATH = re.compile(f"{_UNIX_PATH}|{_WINDOWS_PATH}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def code_cells(notebook: Notebook) -> Iterator[tuple[int, Cell]]:
    """The code cells that hold anything, with their place among all cells."""
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code" and cell["source"].strip():
            yield number, cell


def output_text(output: dict[str, Any]) -> str:
    """What an output shows as text or HTML, with no colour codes."""
    if output["output_type"] == "stream":
        text = output["text"]
    elif output["output_type"] == "error":
        text = "\n".join([output["ename"], output["evalue"], *output["traceback"]])
    else:
        data = output["data"].items()
        text = "\n".join(value for mime, value in data if mime.startswith("text/"))
    return _TERMINAL.sub("", text)


def pictures(cell: Cell) -> Iterator[bytes]:
    """The PNG pictures among a cell's outputs."""
    for output in cell["outputs"]:
        png = output.get("data", {}).get("image/png")
        if png is not None:
            yield base64.b64decode(png)


def tables(cell: Cell) -> Iterator[str]:
    """The HTML tables among a cell's outputs."""
    for output in cell["outputs"]:
        html = output.get("data", {}).get("text/html", "")
        yield from re.findall(r"<table\b.*?</table>", html, re.DOTALL | re.IGNORECASE)


def kernel_is_java(notebook: Notebook) -> Iterator[str]:
    """The kernel is named as environment/setup names it."""
    name = notebook["metadata"].get("kernelspec", {}).get("name")
    if name != "java":
        yield f"the kernel spec is named {name!r}, expected 'java'"


def counts_run_from_one(notebook: Notebook) -> Iterator[str]:
    """The outputs come from one run from top to bottom."""
    counts = [cell["execution_count"] for _, cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"the execution counts are {counts}, expected 1 to {len(counts)} in order"


def no_errors(notebook: Notebook) -> Iterator[str]:
    """No cell failed, and none wrote to standard error."""
    for number, cell in code_cells(notebook):
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                yield f"cell {number} failed: {output['ename']}: {output['evalue']}"
            if output.get("name") == "stderr":
                yield f"cell {number} wrote to standard error: {output_text(output)[:200]!r}"


def no_display_ids(notebook: Notebook) -> Iterator[str]:
    """No cell ends with the id that display() returns, which the kernel shows like a result."""
    for number, cell in code_cells(notebook):
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result" and _UUID.match(output_text(output)):
                yield (
                    f"cell {number} shows the id that display() returns; let the cell end with the"
                    ' picture, with render(html, "text/html"), or keep the id in a variable'
                )


def no_machine_paths(notebook: Notebook) -> Iterator[str]:
    """Neither sources nor outputs name a path on the machine they were made on."""
    for number, cell in enumerate(notebook["cells"]):
        shown = [cell["source"], *map(output_text, cell.get("outputs", []))]
        for match in filter(None, map(_MACHINE_PATH.search, shown)):
            yield f"cell {number} names a path of a machine: {match[0]}"


def outputs_are_small(notebook: Notebook) -> Iterator[str]:
    """No wall of text, and nothing that makes the notebook heavy."""
    for number, cell in code_cells(notebook):
        texts = [output_text(output) for output in cell["outputs"]]
        plain = [
            text
            for text, output in zip(texts, cell["outputs"], strict=True)
            if not _is_html(output)
        ]
        lines = sum(len(text.splitlines()) for text in plain)
        if lines > OUTPUT_LINES:
            yield f"cell {number} puts out {lines} lines of text, expected at most {OUTPUT_LINES}"
        images = [len(picture) for picture in pictures(cell)]
        size = sum(images) + sum(len(text.encode()) for text in texts)
        if size > OUTPUT_BYTES:
            yield f"cell {number} puts out {size:,} bytes, expected at most {OUTPUT_BYTES:,}"
        for image in images:
            if image >= PICTURE_BYTES:
                yield f"cell {number} has a picture of {image:,} bytes, expected under 100,000"


def _is_html(output: dict[str, Any]) -> bool:
    return "text/html" in output.get("data", {})


def prose_comes_first(notebook: Notebook) -> Iterator[str]:
    """At least three code cells in four follow a cell of prose."""
    cells = notebook["cells"]
    numbers = [number for number, _ in code_cells(notebook)]
    told = [n for n in numbers if n > 0 and cells[n - 1]["cell_type"] == "markdown"]
    if len(told) < PROSE_SHARE * len(numbers):
        untold = sorted(set(numbers) - set(told))
        yield f"only {len(told)} of {len(numbers)} code cells follow prose; not: {untold}"


def cells_are_short(notebook: Notebook) -> Iterator[str]:
    """The median code cell that shows no source file has at most six lines of code."""
    lengths = [
        len(_lines_of_code(cell))
        for _, cell in code_cells(notebook)
        if "source" not in cell["metadata"]
    ]
    median = statistics.median(lengths) if lengths else 0
    if median > MEDIAN_LINES:
        yield f"the median code cell has {median} lines, expected at most {MEDIAN_LINES}"


def _lines_of_code(cell: Cell) -> list[str]:
    lines = (line.strip() for line in cell["source"].splitlines())
    return [line for line in lines if line and not line.startswith(("//", "/*", "*"))]


def imports_come_first(notebook: Notebook) -> Iterator[str]:
    """Imports stand in the first code cells only: a late one can lose earlier variables."""
    others_seen = False
    for number, cell in code_cells(notebook):
        imports = re.findall(r"^import\s+([\w. *]+);", cell["source"], re.MULTILINE)
        if imports and others_seen:
            yield f"cell {number} imports {imports[0]} after the first code cells"
        others_seen = others_seen or not imports


def exercises_are_answered(notebook: Notebook) -> Iterator[str]:
    """A notebook that answers an exercise answers them all, and lets readers check some."""
    found = exercises.of(notebook)
    if any(exercise.answer for exercise in found):
        for exercise in found:
            if not exercise.answer:
                yield f'the exercise "{exercise.name}" has no answer'
        checks = sum(exercise.checked for exercise in found)
        if checks < CHECKS:
            yield f"{checks} exercises have a cell with the tag 'check', expected {CHECKS} or more"


def native_memory_is_left_alone(notebook: Notebook) -> Iterator[str]:
    """A notebook works with arrays; what turns them into addresses is the library's own."""
    for number, cell in code_cells(notebook):
        if "journey.memory" in cell["source"]:
            yield f"cell {number} uses journey.memory, which is not for notebooks"


OF_SOURCES: tuple[Check, ...] = (
    kernel_is_java,
    prose_comes_first,
    cells_are_short,
    imports_come_first,
    exercises_are_answered,
    native_memory_is_left_alone,
)
OF_OUTPUTS: tuple[Check, ...] = (
    counts_run_from_one,
    no_errors,
    no_display_ids,
    no_machine_paths,
    outputs_are_small,
)
