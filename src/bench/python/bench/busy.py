"""Training on a busy machine: CNNs beside another process that takes a processor, and PyTorch."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys

from bench import cnn, conditions
from bench.cnn import BATCH, CONTESTANTS, OURS, TRAINING
from bench.settings import Settings
from bench.virtual_environment import PYTORCH
from journey_tools import console
from journey_tools.maven import BENCHMARKS

IDLE = "idle"
BUSY = "busy"
NAMES = {IDLE: "idle", BUSY: "beside a busy process"}

# It looks now and then whether we are still there, and ends if not.
_NEIGHBOUR = """
import os, sys
while os.getppid() == int(sys.argv[1]):
    for _ in range(10**6):
        pass
"""


class Neighbour:
    """Another process, which keeps one processor busy as long as it is entered."""

    def __enter__(self) -> Neighbour:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _NEIGHBOUR, str(os.getpid())],
            stdin=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def measure(settings: Settings) -> dict:
    """Measures all widths, each idle and then busy; the section of the report."""
    found = conditions.describe()
    BENCHMARKS.ensure()
    PYTORCH.ensure()
    with contextlib.ExitStack() as stack:
        servers = cnn.start(stack, java=[OURS])
        found["pytorch"] = servers["torch-plain"].engine
        section = {"conditions": found, "runs": {}, "widths": {}}
        for width in settings.widths:
            measured = cnn.Width(width, servers, settings)
            with console.Status(f"width {width}") as status:
                entry = {"losses": measured.build()}
                for state, other in ((IDLE, contextlib.nullcontext()), (BUSY, Neighbour())):
                    with other:
                        if state == BUSY:
                            settle(measured, settings, status)
                        entry[state] = measured.speeds(TRAINING, status)
                    entry.setdefault("threads", {})[state] = measured.threads.pop(TRAINING, {})
                measured.forget()
                status.line(_summary(width, entry))
            section["widths"][str(width)] = entry
            section["runs"].update(measured.runs)
    return section


def settle(measured: cnn.Width, settings: Settings, status: console.Status) -> None:
    """Lets ours notice that it is no longer alone, as it would in the first steps of a training."""
    status.update("ours notices its neighbour")
    measured.time(CONTESTANTS[OURS], TRAINING, settings.steps_to_notice)


def best_of_pytorch(entry: dict, state: str) -> float:
    """The median of PyTorch's fastest way in this state."""
    return statistics.median(entry[state][cnn.pytorch_best(entry[state])])


def problems(section: dict) -> list[str]:
    """Where not all did the same work."""
    return cnn.problems(section)


def _summary(width: int, entry: dict) -> str:
    return (
        f"width {width}, images/s idle and beside a busy process: {_cells(entry, OURS)},"
        f" PyTorch's best {_cells(entry, None)}"
    )


def _medians(entry: dict, name: str | None) -> tuple[float, float]:
    if name is None:
        return best_of_pytorch(entry, IDLE), best_of_pytorch(entry, BUSY)
    return statistics.median(entry[IDLE][name]), statistics.median(entry[BUSY][name])


def _cells(entry: dict, name: str | None) -> str:
    idle, busy = _medians(entry, name)
    return f"{idle:,.0f} and {busy:,.0f} ({busy / idle:.0%})"


EXPLANATION = (
    f"Images per second in training, batch {BATCH}, float32: medians, first on an otherwise idle"
    " machine, then beside one process that keeps one of its processors busy, and what is left of"
    " the first. Ours was given some steps to notice the other process; each of PyTorch's ways has"
    " in both states the number of threads that is better for it there."
)


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    paragraphs = [
        "## Convolutional networks on a busy machine",
        conditions.line(found),
        conditions.warning(found),
        f"The improved CNN of notebook 05. {EXPLANATION}",
        table(section),
        "What ran: " + section["runs"][OURS] + ".",
    ]
    return "\n\n".join(filter(None, paragraphs))


def table(section: dict) -> str:
    """A row for ours, for PyTorch's best in each state, and for each of its ways."""
    widths = section["widths"]
    heads = [f"width {width}, {NAMES[state]}" for width in widths for state in NAMES]
    lines = [f"| Improved CNN, images/s | {' | '.join(heads)} |", "|---|" + "---:|" * len(heads)]
    rows = {"ours": OURS, "PyTorch's best": None}
    first = next(iter(widths.values()))
    rows |= {CONTESTANTS[name].label: name for name in first[IDLE] if name != OURS}
    for label, name in rows.items():
        cells = []
        for entry in widths.values():
            idle, busy = _medians(entry, name)
            cells += [f"{idle:,.0f}", f"{busy:,.0f} · {busy / idle:.0%}"]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)
