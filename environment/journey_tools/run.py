"""environment/run: executes notebooks in a real kernel, one after the other, and reports."""

import argparse
import re
import sys
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import (
    checkpoints,
    console,
    execution,
    lock,
    notebooks,
    pages,
    project,
    results,
    setup,
)
from journey_tools.command_line import INTERRUPTED
from journey_tools.execution import Execution
from journey_tools.project import Problem

_COPIES = project.BUILD / "notebooks"
_RULE = "-" * 80
_BAR = re.compile(r"\|[█▉▊▋▌▍▎▏ ]*\| *")


def main(options: argparse.Namespace) -> int:
    """The command; its exit status."""
    files = notebooks.find(options.notebooks)
    outside = [file for file in files if not file.is_relative_to(project.NOTEBOOKS)]
    if options.resume and not options.save:
        raise Problem(
            "--resume goes with --save; without it, a run takes up checkpoints anyway.", status=2
        )
    if options.save and outside:
        raise Problem(f"--save is for the notebooks in notebooks/; {outside[0]} is not.", status=2)
    project.require_work()
    if options.save:
        project.require_checkout()
    setup.ensure()
    found, failed = {}, []
    for file in files:
        name = notebooks.name_of(file)
        try:
            with lock.held(_COPIES / f"{name}.lock", f"Another environment/run is at {name}"):
                executed = _execute(file, options)
                page = _keep_copy(name, executed)
            if executed.interrupted:
                console.say(f"Interrupted. What was done is in {page}")
                if options.save:
                    console.say("With --resume, the same command takes up the checkpoints.")
                return INTERRUPTED
            if executed.failure is not None:
                _show(name, executed)
                failed.append(name)
                continue
            found[name] = results.shown_by(executed.notebook)
            if options.save:
                shown = results.save(executed.notebook, file)
                checkpoints.forget(name, options.budget)
                with_what = "with its results" if shown else "it shows no results"
                console.say(f"  saved as {project.relative(file)}, {with_what}")
        except Problem as problem:
            console.say(f"{problem}\n")
            failed.append(name)
    _report(found)
    if failed:
        console.say(f"\nFAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _execute(file: Path, options: argparse.Namespace) -> Execution:
    name = notebooks.name_of(file)
    notebook = notebooks.read(file)
    _prepare_checkpoints(name, notebook, options)
    terminal = sys.stdout.isatty()
    if not terminal:
        console.say(name)
    with console.Status(f"{name}  starting the kernel") as status:
        executed = execution.execute(
            notebook,
            name=name,
            budget=options.budget,
            kernel=options.kernel,
            folder=file.parent,
            timeout=options.timeout,
            # What is saved does not depend on what else this machine does meanwhile.
            environment={"JOURNEY_THREADS": "fixed"} if options.save else None,
            # A bar would push the time left off the terminal.
            doing=lambda text: status.update(f"{name}  cell {_BAR.sub('', text)}"),
            done=lambda text: terminal or console.say(f"  {text}"),
        )
    verdict = "passed" if executed.passed else "interrupted" if executed.interrupted else "FAILED"
    cells = sum(bool(cell.get("execution_count")) for cell in executed.notebook.cells)
    said = [f"{name}  {verdict}", f"{cells} cells", console.clock(executed.seconds)]
    if executed.peak_memory is not None:
        said.append(f"at most {executed.peak_memory / 1e9:.1f} GB of memory")
    console.say(", ".join(said))
    return executed


def _prepare_checkpoints(name: str, notebook: NotebookNode, options: argparse.Namespace) -> None:
    """What is saved comes from one clean run, in one sitting or several."""
    if options.resume:
        checkpoints.require(name, options.budget, notebook)
    elif options.save:
        checkpoints.begin(name, options.budget, notebook)
    elif options.budget == "smoke":  # Here is no work that is worth taking up.
        checkpoints.forget(name, options.budget)
    else:
        checkpoints.disown(name, options.budget)


def _keep_copy(name: str, executed: Execution) -> str:
    """Writes the executed copy and a page of it; where the page is."""
    copy = _COPIES / f"{name}.ipynb"
    notebooks.write(executed.notebook, copy)
    project.write(copy.with_suffix(".html"), pages.page(executed.notebook, name))
    console.say(f"  {project.relative(copy.with_suffix('.html'))}")
    return project.relative(copy.with_suffix(".html"))


def _show(name: str, executed: Execution) -> None:
    failure = executed.failure
    where = f"cell {failure.cell}" if failure.cell else "the kernel"
    console.say(f"\n{_RULE}\n{name}, {where}:\n\n{failure.source}\n\n{failure.message}\n{_RULE}\n")


def _report(found: dict[str, dict | None]) -> None:
    """The table of all results."""
    rows = [(name, *row) for name, shown in found.items() if shown for row in results.rows(shown)]
    if rows:
        heads = ("notebook", "on", "metric", "ours [95 % interval]", "pictures", "reference")
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        console.say("")
        for row in [heads, *rows]:
            cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
            console.say("  ".join(cells).rstrip())
    silent = [name for name, shown in found.items() if not shown]
    if silent:
        console.say(f"\nThese show no results: {', '.join(silent)}")
    if any(shown["standIn"] for shown in found.values() if shown):
        console.say(
            "\nThese figures come from generated stand-in pictures. They are NOT CIFAR-10, and no"
            " figure\nis comparable with any other."
        )
