"""Time to an accuracy: the fast CNN against the same recipe in PyTorch, one after the other."""

from __future__ import annotations

import json
import time
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

THRESHOLDS = (0.90, 0.935)
VALIDATION = 5_000
SEED = 1

_PEERS = PEERS
PEER = _PEERS / "torch_fast_cnn.py"
_PEER_PARTS = [PEER, _PEERS / "training_steps.py"]
_SERVER_CLASS = "journey.bench.FastCnnServer"
_KEPT = FOLDER / "accuracy"


@dataclass(frozen=True)
class Side:
    """One of the two programs.

    `setting` is what it is asked for, `made_from` what else its figures follow from: the processor,
    versions, and a digest of the program itself.
    """

    name: str
    command: list[str | Path]
    setting: dict[str, float]
    made_from: dict[str, str]

    @property
    def file_name(self) -> str:
        return (
            f"{self.name}, {', '.join(f'{value} {of}' for of, value in self.setting.items())}.json"
        )

    def changes(self, kept: dict) -> list[str]:
        """What one that has finished before was made from otherwise."""
        before = kept.get("made_from", {})
        return [what for what, value in self.made_from.items() if before.get(what) != value]


def forget(folder: Path = _KEPT) -> None:
    """Drops what was kept of sides that have finished."""
    for kept in folder.glob("*.json"):
        kept.unlink()


def measure(settings: Settings) -> dict:
    """Trains both, or takes what was kept of one that has finished; the section of the report."""
    files = _pictures()
    found = conditions.describe()
    BENCHMARKS.ensure()
    PYTORCH.ensure()
    arguments = [str(settings.examples), str(VALIDATION), str(settings.fast_epochs), *files]
    setting = {"examples": settings.examples, "epochs": settings.fast_epochs}
    ours = BENCHMARKS.java(_SERVER_CLASS, *map(str, arguments))
    theirs = [PYTORCH.python, "-E", "-s", PEER, *arguments]
    sides = [
        Side(OURS, ours, setting, {**_common(found), **_of_ours(found)}),
        Side(THEIRS, theirs, setting, {**_common(found), **_of_theirs()}),
    ]
    trained = {each.name: finished(each, found["others"]) for each in sides}
    return {"conditions": found, **setting, "sides": trained}


def _common(found: dict) -> dict[str, str]:
    return {
        "processor": found["processor"],
        "threads": str(found["threads"]),
        "seed": str(SEED),
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
            console.say(f"{NAMES[side.name]} finished on {kept['date']}; --fresh trains again.")
            return kept
        console.say(
            f"{NAMES[side.name]} has finished before, but trains again: {', '.join(changes)}"
            f" {'is' if len(changes) == 1 else 'are'} not as then."
        )
    with (
        console.Status(f"{NAMES[side.name]} trains") as status,
        Server(side.name, side.command) as server,
    ):
        told = trained(server, side.name, status)
        found = {"date": _now(), "runs": server.engine, "others": others, **told}
    found["made_from"] = side.made_from
    project.write(file, json.dumps(found, indent=1) + "\n")
    return found


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())


def trained(server: Server, name: str, status: console.Status) -> dict:
    """What a program tells of its training."""
    told = server.ask("train", seed=SEED)
    epochs = []
    while "epoch" in told:
        epochs.append(told)
        status.line(
            f"{NAMES[name]}, epoch {told['epoch']}: {told['seconds']:.0f} s of training,"
            f" validation {told['validation']:.4f}"
        )
        told = server.told()
    return {"epochs": epochs, **told}


def seconds_to(side: dict, threshold: float) -> float | None:
    """Seconds of training after which an epoch ended with such an accuracy; None if none did."""
    reached = [each["seconds"] for each in side["epochs"] if each["validation"] >= threshold]
    return min(reached, default=None)


def problems(section: dict) -> list[str]:
    """None: the accuracies themselves tell whether both learn the same."""
    return []


EXPLANATION = (
    "Seconds of training alone, in float32, from the drawing of the weights on; accuracies with"
    " test-time augmentation, on the pictures held out, are taken off the clock after each epoch."
    " One training each, so a later one may differ by an epoch. As GELU, PyTorch computes the exact"
    " x·Φ(x), which is the fastest there, ours x·σ(1.702·x)."
)


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    paragraphs = [
        "## Time to an accuracy",
        conditions.line(found),
        conditions.warning({"others": max(side["others"] or 0 for side in _sides(section))}),
        f"The fast CNN of notebook 05 and its recipe, {section['epochs']} epochs on"
        f" {section['examples']:,} pictures, beside the same in PyTorch. {EXPLANATION}",
        table(section),
        "What ran: " + "; ".join(_ran(name, side) for name, side in section["sides"].items()) + ".",
        "### Epoch by epoch",
        _epochs(section),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _ran(name: str, side: dict) -> str:
    return f"{NAMES[name]}, finished on {side['date']}: {side['runs']}"


def _sides(section: dict) -> list[dict]:
    return [section["sides"][name] for name in NAMES]


def table(section: dict) -> str:
    """Seconds and accuracies of both."""
    ours, theirs = _sides(section)
    lines = ["| Fast CNN | ours | PyTorch | ratio |", "|---|---:|---:|---:|"]
    for threshold in THRESHOLDS:
        row = [seconds_to(side, threshold) for side in (ours, theirs)]
        lines.append(_row(f"seconds to {threshold:g}", *row))
    lines.append(_row("seconds in all", ours["seconds"], theirs["seconds"]))
    for what, count in (("validation", VALIDATION), ("test", ours["test_pictures"])):
        values = f"{ours[what]:.4f} | {theirs[what]:.4f}"
        lines.append(f"| accuracy on {count:,} {what} pictures | {values} | |")
    return "\n".join(lines)


def _row(what: str, ours: float | None, theirs: float | None) -> str:
    shown = ["not reached" if each is None else f"{each:.0f}" for each in (ours, theirs)]
    ratio = "" if None in (ours, theirs) else f"{ours / theirs:.2f}"
    return f"| {what} | {' | '.join(shown)} | {ratio} |"


def _epochs(section: dict) -> str:
    ours, theirs = (side["epochs"] for side in _sides(section))
    lines = ["| epoch | seconds ours | validation | seconds PyTorch | validation |"]
    lines.append("|---:" * 5 + "|")
    for number, row in enumerate(zip_longest(ours, theirs), 1):
        cells = [_epoch_cells(each) for each in row]
        lines.append(f"| {number} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _epoch_cells(epoch: dict | None) -> str:
    """Empty for a side that had ended before; pictures left over move steps to a last epoch."""
    return f"{epoch['seconds']:.0f} | {epoch['validation']:.4f}" if epoch else " | "
