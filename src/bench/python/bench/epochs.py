"""Whole epochs and predictions: the library against NumPy, in turn, on the same two threads."""

from __future__ import annotations

import contextlib
import math
import statistics
from dataclasses import dataclass

from bench import FOLDER, PEERS, conditions, pictures
from bench.ratio import Ratio
from bench.server import Server
from bench.settings import Settings
from bench.virtual_environment import NUMPY
from journey_tools import console
from journey_tools.maven import BENCHMARKS

OURS = "ours"
FLOAT32 = "float32"
TUTORIAL = "tutorial"
NAMES = {OURS: "ours", FLOAT32: "NumPy float32", TUTORIAL: "NumPy float64"}

# How far losses may lie apart, relatively, for the work to count as the same, and after how many
# batches: later, float32 and float64 part anyway.
TOLERANCE = 1e-3
SAME_BATCHES = 10

# Predicting takes a small part of an epoch, so it is repeated this much more often.
PREDICTIONS_PER_EPOCH = 3

_SERVER_CLASS = "journey.bench.EpochServer"
PEER = PEERS / "numpy_peer.py"
_WEIGHTS = FOLDER / "weights"
_ORDER = FOLDER / "order.bin"


@dataclass(frozen=True)
class Case:
    """A network and how it learns."""

    sizes: tuple[int, ...]
    activation: str
    optimizer: str
    learning_rate: float

    @property
    def network(self) -> str:
        return f"{'-'.join(map(str, self.sizes))}, {_SPELLING[self.activation]}"

    @property
    def optimizer_name(self) -> str:
        return _SPELLING[self.optimizer]

    def __str__(self) -> str:
        return f"{self.network}, {self.optimizer_name}"


_SPELLING = {"sigmoid": "sigmoid", "relu": "ReLU", "sgd": "SGD", "adam": "Adam"}

_NETWORKS = (((3072, 64, 10), "sigmoid"), ((3072, 512, 256, 10), "relu"))
_OPTIMIZERS = (("sgd", 0.01), ("adam", 0.001))

CASES = tuple(Case(*network, *optimizer) for network in _NETWORKS for optimizer in _OPTIMIZERS)


def measure(settings: Settings) -> dict:
    """Measures all cases; the section of the report."""
    found = conditions.describe()
    BENCHMARKS.ensure()
    NUMPY.ensure()
    found["data"], files = pictures.find()
    sizes = [str(settings.examples), str(settings.predictions)]
    with contextlib.ExitStack() as stack:
        commands = {
            OURS: BENCHMARKS.java(_SERVER_CLASS, *sizes, *map(str, files)),
            FLOAT32: [NUMPY.python, "-E", "-s", PEER, FLOAT32, *sizes, *files],
            TUTORIAL: [NUMPY.python, "-E", "-s", PEER, TUTORIAL, *sizes, *files],
        }
        started = [Server(name, command) for name, command in commands.items()]
        servers = {server.name: stack.enter_context(server) for server in started}
        found["numpy"] = servers[FLOAT32].engine
        section = {"conditions": found, "examples": settings.examples}
        section["predictions_per_pass"] = settings.predictions
        section["training"], section["prediction"] = [], []
        for case in CASES:
            _measure_case(case, servers, settings, section)
    return section


def _measure_case(
    case: Case, servers: dict[str, Server], settings: Settings, section: dict
) -> None:
    with console.Status(str(case)) as status:
        losses = _prepare(case, servers, settings)
        seconds: dict[str, list[float]] = {name: [] for name in servers}
        for repetition in range(settings.repetitions):
            status.update(f"{case}: {repetition + 1} of {settings.repetitions}")
            for name, server in servers.items():
                epoch = 2 + settings.warm_up_epochs + repetition
                seconds[name].append(server.ask("epoch", epoch=epoch)["seconds"])
        profile = {
            name: server.ask("profile", epoch=1)["microseconds"] for name, server in servers.items()
        }
        entry = {"network": case.network, "optimizer": case.optimizer_name, "seconds": seconds}
        section["training"].append(
            {**entry, "ratios": ratios(seconds), "losses": losses, "microseconds": profile}
        )
        status.line(_summary(f"{case}, an epoch", seconds))
        if case.network not in [entry["network"] for entry in section["prediction"]]:
            predicting = _predictions(servers, settings)
            compared = ratios(predicting)
            section["prediction"].append(
                {"network": case.network, "seconds": predicting, "ratios": compared}
            )
            status.line(_summary(f"{case.network}, predictions", predicting))


def _prepare(case: Case, servers: dict[str, Server], settings: Settings) -> dict[str, float]:
    """Starts all from the same weights, and warms them up.

    The loss that each has after the same batches: it tells whether all do the same work.
    """
    weights, order = str(_WEIGHTS / "-".join(map(str, case.sizes))), str(_ORDER)
    servers[FLOAT32].ask("draw", weights=weights, sizes=case.sizes)
    servers[OURS].ask("order", epoch=1, order=order)
    losses = {}
    for name, server in servers.items():
        server.ask(
            "build",
            weights=weights,
            activation=case.activation,
            optimizer=case.optimizer,
            learningRate=case.learning_rate,
        )
        server.ask("epoch", epoch=1, order=order, batches=SAME_BATCHES)
        losses[name] = server.ask("loss")["loss"]
    for epoch in range(settings.warm_up_epochs):
        servers[OURS].ask("epoch", epoch=2 + epoch)
    return losses


def _predictions(servers: dict[str, Server], settings: Settings) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(settings.warm_up):
        for server in servers.values():
            server.ask("predict")
    for _ in range(settings.repetitions * PREDICTIONS_PER_EPOCH):
        for name, server in servers.items():
            seconds[name].append(server.ask("predict")["seconds"])
    return seconds


def ratios(seconds: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Ours to each of the others, for whoever reads the JSON."""
    return {
        name: vars(Ratio.of(seconds[OURS], theirs))
        for name, theirs in seconds.items()
        if name != OURS
    }


def medians(section: dict) -> list[float]:
    """Ours to NumPy's float32, for each training."""
    measured = [entry["seconds"] for entry in section["training"]]
    return [Ratio.of(each[OURS], each[FLOAT32]).value for each in measured]


def disagreement(losses: dict[str, float]) -> float:
    """How far the losses lie apart, relatively to ours; NaN if one of them is."""
    apart = [abs(loss - losses[OURS]) / losses[OURS] for loss in losses.values()]
    return math.nan if any(map(math.isnan, apart)) else max(apart)


def problems(section: dict) -> list[str]:
    """The cases in which not all did the same work."""
    return [
        f"{entry['network']}, {entry['optimizer']}: the losses after the same batches from"
        f" the same weights differ: {_losses(entry['losses'])}"
        for entry in section["training"]
        if not disagreement(entry["losses"]) <= TOLERANCE
    ]


def _summary(what: str, seconds: dict[str, list[float]]) -> str:
    shown = ", ".join(f"{NAMES[name]} {_median(each)}" for name, each in seconds.items())
    return f"{what}: {shown}; {Ratio.of(seconds[OURS], seconds[FLOAT32])} times NumPy float32"


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    paragraphs = [
        "## Whole epochs",
        conditions.line(found),
        conditions.warning(found),
        f"{EXPLANATION} The cases ran in turn, ours and the others alternating,"
        f" {len(section['training'][0]['seconds'][OURS])} times.",
        tables(section),
        "### The same work?",
        f"Loss on the pictures to predict, after the same {SAME_BATCHES} batches from the same"
        " weights:",
        _loss_table(section["training"]),
        "### Where the time goes",
        "Microseconds per batch in an epoch with a look at the clock after each piece:",
        *(_profile_table(entry) for entry in section["training"]),
    ]
    return "\n\n".join(filter(None, paragraphs))


EXPLANATION = (
    "Seconds are medians, of ours once Java is warm. A ratio is that of two medians, ours to"
    " theirs, so below 1 ours is faster; behind it stand the smallest and the largest ratio within"
    " a repetition. *NumPy float32* is the fastest we could write, *NumPy float64* what tutorials"
    " show."
)


def tables(section: dict) -> str:
    """Training and prediction, in Markdown."""
    heading = (
        "| seconds ours | NumPy float32 | ratio | NumPy float64 | ratio |\n"
        "|---|---:|---:|---:|---:|---:|"
    )
    lines = [f"| An epoch of {section['examples']:,} pictures {heading}"]
    lines += [
        _row(f"{entry['network']}, {entry['optimizer']}", entry["seconds"])
        for entry in section["training"]
    ]
    lines += ["", f"| Predicting {section['predictions_per_pass']:,} pictures {heading}"]
    lines += [_row(entry["network"], entry["seconds"]) for entry in section["prediction"]]
    return "\n".join(lines)


def _row(what: str, seconds: dict[str, list[float]]) -> str:
    cells = [what, _median(seconds[OURS])]
    for name in (FLOAT32, TUTORIAL):
        cells += [_median(seconds[name]), str(Ratio.of(seconds[OURS], seconds[name]))]
    return f"| {' | '.join(cells)} |"


def _loss_table(entries: list[dict]) -> str:
    lines = ["| | ours | NumPy float32 | NumPy float64 | apart |", "|---|---:|---:|---:|---:|"]
    for entry in entries:
        losses = [f"{entry['losses'][name]:.6f}" for name in NAMES]
        apart = f"{disagreement(entry['losses']):.1e}"
        case = f"{entry['network']}, {entry['optimizer']}"
        lines.append(f"| {' | '.join([case, *losses, apart])} |")
    return "\n".join(lines)


def _profile_table(entry: dict) -> str:
    heading = f"{entry['network']}, {entry['optimizer']}"
    lines = [f"| {heading} | {' | '.join(NAMES.values())} |", "|---|---:|---:|---:|"]
    measured = [entry["microseconds"][name] for name in NAMES]
    for piece in measured[0]:
        cells = [f"{each.get(piece, 0):,.0f}" for each in measured]
        lines.append(f"| {piece} | {' | '.join(cells)} |")
    sums = " | ".join(f"{sum(each.values()):,.0f}" for each in measured)
    return "\n".join([*lines, f"| sum | {sums} |"])


def _losses(losses: dict[str, float]) -> str:
    return ", ".join(f"{NAMES[name]} {loss:.6f}" for name, loss in losses.items())


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f}"
