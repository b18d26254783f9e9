"""Time to an accuracy: the fast CNN against the same recipe in PyTorch, one after the other."""

from __future__ import annotations

import json
from pathlib import Path

from journey_tools import cifar10, console, kernels, project
from journey_tools import maven as maven_tool
from journey_tools.benchmarks import conditions
from journey_tools.benchmarks.server import Server
from journey_tools.benchmarks.settings import Settings
from journey_tools.maven import Maven
from journey_tools.problem import Problem
from journey_tools.stamps import write_atomically
from journey_tools.virtual_environment import PYTORCH

OURS = "ours"
THEIRS = "pytorch"
NAMES = {OURS: "ours", THEIRS: "PyTorch"}

THRESHOLDS = (0.90, 0.935)
VALIDATION = 5_000
SEED = 1

PEER = project.ENVIRONMENT / "benchmarks" / "torch_fast_cnn.py"
_SERVER_CLASS = "journey.bench.FastCnnServer"
_KEPT = project.BENCH / "accuracy"


def forget(folder: Path = _KEPT) -> None:
    """Drops what was kept of sides that have finished."""
    for kept in folder.glob("*.json"):
        kept.unlink()


def measure(settings: Settings, maven: Maven) -> dict:
    """Trains both, or takes what was kept of one that has finished; the section of the report."""
    files = _pictures()
    found = conditions.describe(maven)
    maven.ensure_compiled(maven_tool.BENCHMARKS)
    PYTORCH.ensure()
    arguments = [str(settings.examples), str(VALIDATION), str(settings.fast_epochs), *files]
    commands = {
        OURS: kernels.java_command(
            maven.jdk, _SERVER_CLASS, *map(str, arguments), product=maven_tool.BENCHMARKS
        ),
        THEIRS: [PYTORCH.python, "-E", "-s", PEER, *arguments],
    }
    setting = {"examples": settings.examples, "epochs": settings.fast_epochs}
    sides = {name: side(name, command, setting, found) for name, command in commands.items()}
    return {"conditions": found, **setting, "sides": sides}


def _pictures() -> list[Path]:
    data = cifar10.data(project.HOME)
    folder = Path(data) / cifar10.FOLDER
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
    missing = [name for name in names if data == cifar10.STAND_IN or not (folder / name).is_file()]
    if missing:
        raise Problem(
            f"An accuracy needs CIFAR-10; {', '.join(missing)} is not there. Name the folder that"
            f" holds {cifar10.FOLDER} in {cifar10.VARIABLE}."
        )
    return [folder / name for name in names]


def side(name: str, command: list, setting: dict, found: dict, folder: Path = _KEPT) -> dict:
    """Trains it, unless it has finished before in the same setting."""
    kept = folder / f"{name}, {', '.join(f'{value} {of}' for of, value in setting.items())}.json"
    if kept.exists():
        console.say(f"{NAMES[name]} has finished before; --fresh trains again.")
        return json.loads(kept.read_text(encoding="utf-8"))
    with console.Status(f"{NAMES[name]} trains") as status, Server(name, command) as server:
        began = {"runs": server.engine, "others": found["others"]}
        finished = {**began, **trained(server, name, status)}
    write_atomically(kept, json.dumps(finished, indent=1) + "\n")
    return finished


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
    " One training each, so a later one may differ by an epoch."
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
        "What ran: " + "; ".join(f"{NAMES[n]}: {s['runs']}" for n, s in section["sides"].items()),
        "### Epoch by epoch",
        _epochs(section),
    ]
    return "\n\n".join(filter(None, paragraphs))


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
    for mine, other in zip(ours, theirs, strict=False):
        cells = [f"{each['seconds']:.0f} | {each['validation']:.4f}" for each in (mine, other)]
        lines.append(f"| {mine['epoch']} | {' | '.join(cells)} |")
    return "\n".join(lines)
