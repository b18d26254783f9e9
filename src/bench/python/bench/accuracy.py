"""Time and accuracy of whole trainings: the fast CNN against the same recipe in PyTorch."""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from bench import FOLDER, PEERS, conditions, pictures
from bench.server import Server
from bench.settings import Settings
from bench.virtual_environment import PYTORCH
from journey_tools import console, project, tool
from journey_tools.maven import BENCHMARKS
from journey_tools.project import Problem

OURS = "ours"
THEIRS = "pytorch"
NAMES = {OURS: "ours", THEIRS: "PyTorch"}

VALIDATION = 5_000

# Student's t between which and its negative 95 % lie, by degrees of freedom.
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)
MOST_SEEDS = len(_STUDENT) + 1

_PEERS = PEERS
PEER = _PEERS / "torch_fast_cnn.py"
_PEER_PARTS = [PEER, _PEERS / "training_steps.py"]
_SERVER_CLASS = "journey.bench.FastCnnServer"
_KEPT = FOLDER / "accuracy"


@dataclass(frozen=True)
class Side:
    """A training by one of the two programs.

    `setting` is what it is asked for, the seed included, `made_from` what else its figures follow
    from: the processor, versions, and a digest of the program itself.
    """

    name: str
    command: list[str | Path]
    setting: dict[str, float]
    made_from: dict[str, str]

    @property
    def seed(self) -> int:
        return int(self.setting["seed"])

    @property
    def title(self) -> str:
        return f"{NAMES[self.name]}, seed {self.seed},"

    @property
    def file_name(self) -> str:
        setting = ", ".join(f"{value} {of}" for of, value in self.setting.items())
        return f"{self.name}, {setting}.json"

    def changes(self, kept: dict) -> list[str]:
        """What one that has finished before was made from otherwise."""
        before = kept.get("made_from", {})
        return [what for what, value in self.made_from.items() if before.get(what) != value]


def forget(folder: Path = _KEPT) -> None:
    """Drops what was kept of trainings that have finished."""
    for kept in folder.glob("*.json"):
        kept.unlink()


def measure(settings: Settings) -> dict:
    """Trains both with each seed, in turn; the section of the report.

    A training that has finished before is not repeated.
    """
    files = _pictures()
    found = conditions.describe()
    BENCHMARKS.ensure()
    PYTORCH.ensure()
    setting = {
        "width": settings.fast_width,
        "examples": settings.examples,
        "epochs": settings.fast_epochs,
    }
    width, examples, epochs = map(str, setting.values())
    arguments = [width, examples, str(VALIDATION), epochs, *map(str, files)]
    commands = {
        OURS: BENCHMARKS.java(_SERVER_CLASS, *arguments),
        THEIRS: [PYTORCH.python, "-E", "-s", PEER, *arguments],
    }
    made_from = {OURS: _of_ours(found), THEIRS: _of_theirs()}
    trained: dict[str, list[dict]] = {OURS: [], THEIRS: []}
    for seed in range(1, settings.seeds + 1):
        for name, command in commands.items():
            side = Side(
                name, command, {**setting, "seed": seed}, {**_common(found), **made_from[name]}
            )
            trained[name].append(finished(side, found["others"]))
    return {"conditions": found, **setting, "sides": trained}


def _common(found: dict) -> dict[str, str]:
    return {
        "processor": found["processor"],
        "threads": str(found["threads"]),
        "variables": " ".join(f"{n}={value}" for n, value in tool.jvm_variables().items()),
    }


def _of_ours(found: dict) -> dict[str, str]:
    return {
        "JDK": found["jdk"],
        "ND4J": found["nd4j"],
        "oneDNN": conditions.pom_property("onednn.version"),
        "program": project.digest_of([BENCHMARKS.classes / "journey", BENCHMARKS.jvm_options]),
    }


def _of_theirs() -> dict[str, str]:
    return {"PyTorch": PYTORCH.version("torch"), "program": project.digest_of(_PEER_PARTS)}


def _pictures() -> list[Path]:
    folder = pictures.folder()
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise Problem(
            f"An accuracy needs CIFAR-10; {', '.join(missing)} is not there. Name the folder that"
            f" holds {folder.name} in JOURNEY_DATA."
        )
    return [folder / name for name in names]


def finished(side: Side, others: float | None, folder: Path = _KEPT) -> dict:
    """Trains it, unless it has finished before and nothing has changed since; what it told.

    `others` is how many processors worked on something else when all began.
    """
    file = folder / side.file_name
    if file.exists():
        kept = json.loads(file.read_text(encoding="utf-8"))
        changes = side.changes(kept)
        if not changes:
            console.say(f"{side.title} finished on {kept['date']}; --fresh trains again.")
            return kept
        console.say(
            f"{side.title} has finished before, but trains again: {', '.join(changes)}"
            f" {'is' if len(changes) == 1 else 'are'} not as then."
        )
    with (
        console.Status(f"{side.title} trains") as status,
        Server(side.name, side.command) as server,
    ):
        told = trained(server, side, status)
        found = {"date": _now(), "runs": server.engine, "others": others, **told}
    found["made_from"] = side.made_from
    project.write(file, json.dumps(found, indent=1) + "\n")
    return found


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())


def trained(server: Server, side: Side, status: console.Status) -> dict:
    """What a program tells of its training."""
    told = server.ask("train", seed=side.seed)
    epochs = []
    while "epoch" in told:
        epochs.append(told)
        status.line(
            f"{side.title} epoch {told['epoch']}: {told['seconds']:.0f} s of training,"
            f" validation {told['validation']:.4f}"
        )
        told = server.told()
    return {"epochs": epochs, **told}


def problems(section: dict) -> list[str]:
    """None: the accuracies themselves tell whether both learn the same."""
    return []


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """The 95 % interval of the mean by Student's t; None of a single value."""
    if len(values) < 2:
        return None
    mean = statistics.mean(values)
    error = statistics.stdev(values) / math.sqrt(len(values))
    half = _STUDENT[len(values) - 2] * error
    return mean - half, mean + half


EXPLANATION = (
    "Seconds of training alone, in float32, from the drawing of the weights on; accuracies with"
    " test-time augmentation. Means over the seeds, with 95 % intervals by Student's t, which tell"
    " how much seeds differ, but not how much pictures do. As GELU, PyTorch computes the exact"
    " x·Φ(x), which is the fastest there, ours x·σ(1.702·x)."
)


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    trainings = [each for side in _sides(section) for each in side]
    paragraphs = [
        "## Accuracy",
        conditions.line(found),
        conditions.warning({"others": max(each["others"] or 0 for each in trainings)}),
        f"The fast CNN of notebook 05, width {section['width']}, and its recipe,"
        f" {section['epochs']} epochs on {section['examples']:,} pictures, beside the same in"
        f" PyTorch. {EXPLANATION}",
        table(section),
        "What ran: "
        + "; ".join(_ran(name, side[-1]) for name, side in section["sides"].items())
        + ".",
        "### Epoch by epoch, first seed",
        _epochs(section),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _ran(name: str, training: dict) -> str:
    return f"{NAMES[name]}, finished on {training['date']}: {training['runs']}"


def _sides(section: dict) -> list[list[dict]]:
    return [section["sides"][name] for name in NAMES]


def table(section: dict) -> str:
    """Seconds and accuracies of both."""
    ours, theirs = _sides(section)
    title = f"Fast CNN, width {section['width']}, {_count(len(ours), 'seed')}"
    lines = [f"| {title} | ours | PyTorch | ratio |", "|---|---:|---:|---:|"]
    seconds = [[each["seconds"] for each in side] for side in (ours, theirs)]
    ratio = statistics.mean(seconds[0]) / statistics.mean(seconds[1])
    shown = " | ".join(_mean(each, ".0f") for each in seconds)
    lines.append(f"| seconds in all | {shown} | {ratio:.2f} |")
    for what, count in (("validation", VALIDATION), ("test", ours[0]["test_pictures"])):
        cells = [_mean([each[what] for each in side], ".4f") for side in (ours, theirs)]
        lines.append(f"| accuracy on {count:,} {what} pictures | {' | '.join(cells)} | |")
    return "\n".join(lines)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _mean(values: list[float], form: str) -> str:
    mean = f"{statistics.mean(values):{form}}"
    ends = interval(values)
    return f"{mean} [{ends[0]:{form}}, {ends[1]:{form}}]" if ends else mean


def _epochs(section: dict) -> str:
    ours, theirs = (side[0]["epochs"] for side in _sides(section))
    lines = ["| epoch | seconds ours | validation | seconds PyTorch | validation |"]
    lines.append("|---:" * 5 + "|")
    for number, row in enumerate(zip_longest(ours, theirs), 1):
        cells = [_epoch_cells(each) for each in row]
        lines.append(f"| {number} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _epoch_cells(epoch: dict | None) -> str:
    """Empty for a side that had ended before; pictures left over move steps to a last epoch."""
    return f"{epoch['seconds']:.0f} | {epoch['validation']:.4f}" if epoch else " | "
