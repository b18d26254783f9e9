"""Executes notebooks one after the other for environment/run, and reports on each."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from journey_tools import (
    budgets,
    checkpoints,
    command_line,
    console,
    execution,
    notebooks,
    pages,
    project,
    readme,
    request,
    results,
)
from journey_tools.execution import Execution, Failure
from journey_tools.problem import Problem
from journey_tools.request import Request
from journey_tools.results import ResultTable
from journey_tools.stamps import write_atomically

_COPIES = project.BUILD / "notebooks"
_RULE = "-" * 80


def main(arguments: list[str]) -> int:
    """The half of environment/run that needs .venv; its arguments are those of environment/run."""
    return command_line.guarded(lambda: _run(request.parsed(arguments)))


def _run(wanted: Request) -> int:
    outcome = _Outcome()
    for file in wanted.notebooks:
        executed = _execute(file, wanted)
        _keep_copy(file, executed)
        if executed.interrupted:
            console.say(f"Interrupted. What was done is in {project.relative(_copy_of(file))}")
            return command_line.INTERRUPTED
        if executed.failure is not None:
            _show(file, executed.failure)
            outcome.failed.append(file.stem)
            continue
        try:
            outcome.tables += results.tables_in(executed.notebook, file.name)
            if wanted.save:
                _save(file, executed)
        except Problem as problem:
            outcome.refused.append(str(problem))
    _report(outcome)
    return 1 if outcome.failed or outcome.refused else 0


@dataclass
class _Outcome:
    """What all the notebooks came to."""

    tables: list[ResultTable] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


class _Progress:
    """Shows which cell a notebook is at: a terminal has one line for it, a log a line per cell."""

    _WIDTH = 60

    def __init__(self, name: str, status: console.Status):
        self._name = name
        self._status = status
        self._first_line = ""
        self.cells = 0

    def cell_started(self, cell: int, total: int, source: str) -> None:
        self._first_line = source.strip().splitlines()[0][: self._WIDTH]
        self.cells = cell
        self._status.update(f"{self._name}  cell {cell}/{total}  {self._first_line}")

    def cell_finished(self, cell: int, total: int, seconds: float) -> None:
        if not sys.stdout.isatty():
            console.say(f"  {cell:>3}/{total}  {console.clock(seconds)}  {self._first_line}")


def _execute(file: Path, wanted: Request) -> Execution:
    name = file.stem
    # What is saved comes from one clean run; at smoke there is no work worth taking up.
    if wanted.save or wanted.budget == budgets.SMOKE:
        checkpoints.forget(file, wanted.budget)
    if not sys.stdout.isatty():
        console.say(name)
    with console.Status(f"{name}  starting the kernel") as status:
        progress = _Progress(name, status)
        executed = execution.execute(
            notebooks.read(file),
            name=name,
            budget=wanted.budget,
            kernel=wanted.kernel,
            folder=file.parent,
            timeout=wanted.timeout,
            observer=progress,
        )
    verdict = "passed" if executed.passed else "interrupted" if executed.interrupted else "FAILED"
    said = [f"{name}  {verdict}", f"{progress.cells} cells", console.clock(executed.seconds)]
    if executed.peak_memory is not None:
        said.append(f"at most {executed.peak_memory / 1e9:.1f} GB of memory")
    console.say(", ".join(said))
    return executed


def _copy_of(file: Path) -> Path:
    inside = file.parent.is_relative_to(project.NOTEBOOKS)
    return _COPIES / (file.relative_to(project.NOTEBOOKS) if inside else file.name)


def _keep_copy(file: Path, executed: Execution) -> None:
    copy = _copy_of(file)
    page = copy.with_suffix(".html")
    notebooks.write(executed.notebook, copy)
    write_atomically(page, pages.html(executed.notebook, file.stem))
    console.say(f"  {project.relative(page)}")


def _show(file: Path, failure: Failure) -> None:
    where = f"cell {failure.cell}" if failure.cell else "the kernel"
    console.say(
        f"\n{_RULE}\n{file.stem}, {where}:\n\n{failure.source}\n\n{failure.message}\n{_RULE}\n"
    )


def _save(file: Path, executed: Execution) -> None:
    """Writes a notebook that passed over the committed one, and its figures beside it."""
    tables = results.tables_in(executed.notebook, file.name)
    if any(table.stand_in for table in tables):
        raise Problem(
            f"{file.name} was not saved: it ran on the stand-in pictures, whose figures mean"
            " nothing. Get the real data first (data/README.md says how)."
        )
    name = file.relative_to(project.NOTEBOOKS).as_posix()
    merged = results.merged(results.load(project.RESULTS_FILE), results.to_json(tables, name), name)
    page = readme.updated(project.README.read_text(encoding="utf-8"), merged)
    notebooks.write(notebooks.normalised(executed.notebook), file)
    results.save(merged, project.RESULTS_FILE)
    write_atomically(project.README, page)
    readme.save_picture(executed.notebook, file)
    shown = "with its figures" if tables else "it shows no figures"
    console.say(f"  saved as {project.relative(file)}, {shown}")


def _report(outcome: _Outcome) -> None:
    rows = [
        (
            figure.milestone,
            figure.metric,
            figure.split,
            results.with_interval(figure.value, _interval(figure)),
            "" if figure.count is None else f"{figure.count:,}",
            results.number(figure.reference),
        )
        for table in outcome.tables
        for figure in table.figures
    ]
    if rows:
        console.say("")
        heads = ("milestone", "metric", "on", "ours [95 % interval]", "pictures", "reference")
        console.say(_aligned([heads, *rows]))
    if any(table.stand_in for table in outcome.tables):
        console.say(
            "\nThese figures come from generated stand-in pictures. They are NOT CIFAR-10, and no"
            " figure\nis comparable with any other."
        )
    for problem in outcome.refused:
        console.say(f"\n{problem}")
    if outcome.failed:
        console.say(f"\nFAILED: {', '.join(outcome.failed)}")


def _interval(figure: results.Figure) -> list[float] | None:
    return None if figure.low is None or figure.high is None else [figure.low, figure.high]


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
