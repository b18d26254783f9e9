"""Convolutional networks: images per second against PyTorch, in turn, on the same two threads."""

from __future__ import annotations

import contextlib
import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from bench import FOLDER, PEERS, conditions
from bench.ratio import Ratio
from bench.server import Server
from bench.settings import Settings
from bench.turns import FEWEST_STEPS, SLOW_ROUNDS, Share, turns
from bench.virtual_environment import PYTORCH
from journey_tools import console
from journey_tools.maven import BENCHMARKS

BATCH = 128
BATCHES = 16

# How many steps the losses are compared over, and how far they may lie apart, relatively: at the
# first step, and later, when rounding has gone through updates. Deeplearning4j's own layers stray
# further than oneDNN and PyTorch do.
STEPS_COMPARED = 4
FIRST_TOLERANCE = 1e-4
TOLERANCE = 1e-2

# A profile takes as long as so many rounds.
PROFILED_ROUNDS = 3

# How often each number of threads is timed before the better one is chosen.
THREAD_TRIALS = 2

PEER = PEERS / "torch_peer.py"
_SERVER_CLASS = "journey.bench.CnnServer"
_DATA = FOLDER / "cnn-data"
_WEIGHTS = FOLDER / "cnn-weights"
_HELPERS = "org.eclipse.deeplearning4j.helpers.disable"

OURS = "ours"
HELPERS = "dl4j-helpers"
PLAIN = "dl4j"
JAVA = (OURS, HELPERS, PLAIN)

TRAINING = "training"
INFERENCE = "inference"
_TASKS = {TRAINING: "train", INFERENCE: "infer"}


@dataclass(frozen=True)
class Contestant:
    """A way to run the network: in which program, and how that program is asked for it."""

    name: str
    label: str
    server: str
    options: dict[str, object]
    tasks: tuple[str, ...] = (TRAINING, INFERENCE)

    @property
    def of_pytorch(self) -> bool:
        return self.server.startswith("torch")


_TUNED = {"torch-plain": "", "torch-tuned": ", our variables"}
_LAYOUTS = {"channels_last": "channels-last", "contiguous": "contiguous"}


def _contestants() -> Iterable[Contestant]:
    yield Contestant(OURS, "ours", OURS, {"accelerated": True})
    yield Contestant(HELPERS, "Deeplearning4j with its oneDNN helpers", HELPERS, {})
    yield Contestant(PLAIN, "Deeplearning4j as it comes", PLAIN, {})
    for server, tuned in _TUNED.items():
        for layout, name in _LAYOUTS.items():
            for frozen in (False, True):
                yield Contestant(
                    f"{server}-{layout}" + "-frozen" * frozen,
                    f"PyTorch, {name}{tuned}" + ", frozen" * frozen,
                    server,
                    {"layout": layout, "frozen": frozen},
                    (INFERENCE,) if frozen else (TRAINING, INFERENCE),
                )


CONTESTANTS = {each.name: each for each in _contestants()}


def measure(settings: Settings) -> dict:
    """Measures all widths; the section of the report."""
    found = conditions.describe()
    BENCHMARKS.ensure()
    PYTORCH.ensure()
    with contextlib.ExitStack() as stack:
        servers = start(stack, JAVA if settings.deeplearning4j else (OURS,))
        found["pytorch"] = servers["torch-plain"].engine
        section = {"conditions": found, "batch": BATCH, "runs": {}, "widths": {}}
        for width in settings.widths:
            measured = Width(width, servers, settings)
            section["widths"][str(width)] = measured.measure()
            section["runs"].update(measured.runs)
    return section


def start(stack: contextlib.ExitStack, java: Iterable[str]) -> dict[str, Server]:
    """PyTorch's programs and those of ours named, which end with the stack; with data for all."""
    servers = {server.name: stack.enter_context(server) for server in _servers(java)}
    servers["torch-plain"].ask("data", data=str(_DATA), batches=BATCHES)
    return servers


def _servers(java: Iterable[str]) -> Iterable[Server]:
    for name in java:
        properties = [f"{_HELPERS}={'true' if name == PLAIN else 'false'}"]
        command = BENCHMARKS.java(_SERVER_CLASS, properties=properties)
        yield Server(name, command, tuned=name != PLAIN)
    for name in _TUNED:
        command = [PYTORCH.python, "-E", "-s", PEER, str(BATCH)]
        yield Server(name, command, tuned=name == "torch-tuned")


class Width:
    """The network at one width, with all contestants."""

    def __init__(self, width: int, servers: dict[str, Server], settings: Settings):
        self._width = width
        self._servers = servers
        self._settings = settings
        self._contestants = {
            name: each for name, each in CONTESTANTS.items() if each.server in servers
        }
        self.threads: dict[str, dict[str, int]] = {}
        self._steps: dict[str, dict[str, float]] = {}
        self.runs: dict[str, str] = {}

    def measure(self) -> dict:
        with console.Status(f"width {self._width}") as status:
            status.update(f"width {self._width}: the same work?")
            losses = self.build()
            entry = {"losses": losses}
            for what in _TASKS:
                entry[what] = self.speeds(what, status)
                status.line(summary(f"width {self._width}, {what}", entry[what]))
            status.update(f"width {self._width}: where the time goes")
            entry["threads"] = self.threads
            entry["milliseconds"] = self._profiles(entry[TRAINING])
            self.forget()
        return entry

    def forget(self) -> None:
        """Lets all give back their memory."""
        for server in self._servers.values():
            server.ask("forget")

    def build(self) -> dict[str, list[float]]:
        """Starts all from the same weights; their losses, which tell whether the work is alike."""
        weights = str(_WEIGHTS / str(self._width))
        self._servers[OURS].ask("weights", width=self._width, weights=weights)
        losses = {}
        for name, contestant in self._contestants.items():
            answer = self._ask(
                contestant,
                "build",
                **contestant.options,
                width=self._width,
                weights=weights,
                data=str(_DATA),
            )
            self.runs[name] = answer["runs"]
            if TRAINING in contestant.tasks:
                losses[name] = self._ask(contestant, "losses", steps=STEPS_COMPARED)["losses"]
        return losses

    def speeds(self, what: str, status: console.Status) -> dict[str, list[float]]:
        """Images per second in each round, of all when they are warm."""
        rounds = self._settings.repetitions
        shares = {}
        for name, contestant in self._contestants.items():
            if what in contestant.tasks:
                status.update(f"width {self._width}, {what}: {contestant.label} warms up")
                step = self._steps.setdefault(what, {})[name] = self.warm_up(contestant, what)
                shares[name] = Share.of(step, self._settings.seconds, rounds)
        speeds: dict[str, list[float]] = {name: [] for name in shares}
        for i, name in turns(shares, rounds):
            status.update(f"width {self._width}, {what}: round {i + 1} of {rounds}")
            seconds = self.time(CONTESTANTS[name], what, shares[name].steps)
            speeds[name].append(round(BATCH / seconds, 2))
        return speeds

    def warm_up(self, contestant: Contestant, what: str) -> float:
        """Seconds of a step when warm; of numbers of threads, PyTorch goes on with the better."""
        self.time(contestant, what, 1)
        step = self.time(contestant, what, 1)
        if contestant.of_pytorch:
            steps = max(FEWEST_STEPS, round(self._settings.seconds / 2 / step))
            return self._choose_threads(contestant, what, steps)
        if step > self._settings.seconds:
            return step
        steps = max(1, round(self._settings.seconds / step))
        return min(self.time(contestant, what, steps) for _ in range(self._settings.warm_up))

    def _choose_threads(self, contestant: Contestant, what: str, steps: int) -> float:
        """Seconds of a step with the number of threads whose best timing is the best."""
        chosen = self.threads.setdefault(what, {})
        tried = []
        for _ in range(THREAD_TRIALS):
            for count in range(1, conditions.THREADS + 1):
                chosen[contestant.name] = count
                self.time(contestant, what, 1)
                tried.append((self.time(contestant, what, steps), count))
        step, chosen[contestant.name] = min(tried)
        return step

    def time(self, contestant: Contestant, what: str, steps: int) -> float:
        """Seconds of a step."""
        task = _TASKS[what]
        answer = self._ask(contestant, task, steps=steps, **self._threads_of(contestant, what))
        return answer["seconds"] / steps

    def _threads_of(self, contestant: Contestant, what: str) -> dict[str, int]:
        chosen = self.threads.get(what, {}).get(contestant.name)
        return {"threads": chosen or conditions.THREADS} if contestant.of_pytorch else {}

    def _profiles(self, speeds: dict[str, list[float]]) -> dict[str, dict[str, float]]:
        found = {}
        java = [name for name in JAVA if name in self._contestants]
        for name in (*java, pytorch_best(speeds)):
            contestant = CONTESTANTS[name]
            seconds = PROFILED_ROUNDS * self._settings.seconds
            steps = Share.of(self._steps[TRAINING][name], seconds, rounds=1).steps
            threads = self._threads_of(contestant, TRAINING)
            answer = self._ask(contestant, "profile", steps=steps, **threads)
            found[name] = answer["milliseconds"]
        return found

    def _ask(self, contestant: Contestant, task: str, **details: object) -> dict:
        return self._servers[contestant.server].ask(task, name=contestant.name, **details)


def pytorch_best(speeds: dict[str, list[float]]) -> str:
    """Which of PyTorch's ways is the fastest."""
    theirs = [name for name in speeds if CONTESTANTS[name].of_pytorch]
    return max(theirs, key=lambda name: statistics.median(speeds[name]))


def ratio(speeds: dict[str, list[float]], name: str = OURS) -> Ratio:
    """A contestant's speed to PyTorch's best: above 1 it is faster."""
    both = (speeds[name], speeds[pytorch_best(speeds)])
    # Those that are slow take part in the first rounds only.
    rounds = min(map(len, both))
    return Ratio.of(*(each[:rounds] for each in both))


def medians(section: dict) -> list[float]:
    """Our speed of training to PyTorch's best, for each width."""
    return [ratio(entry[TRAINING]).value for entry in section["widths"].values()]


def summary(what: str, speeds: dict[str, list[float]]) -> str:
    """A line for the terminal."""
    best = pytorch_best(speeds)
    return (
        f"{what}, images/s: ours {_median(speeds[OURS])}, {CONTESTANTS[best].label}"
        f" {_median(speeds[best])};"
        f" {ratio(speeds)} times PyTorch's best"
    )


def disagreements(losses: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """How far losses lie from ours, relatively: at the first step, and at most in the later ones.

    NaN if one of them is.
    """
    found = {}
    for name, theirs in losses.items():
        apart = [abs(loss - ours) / ours for loss, ours in zip(theirs, losses[OURS], strict=True)]
        later = math.nan if any(map(math.isnan, apart)) else max(apart[1:])
        found[name] = (apart[0], later)
    return found


def problems(section: dict) -> list[str]:
    """Where not all did the same work."""
    return [
        f"Width {width}: the first losses of {CONTESTANTS[name].label} lie {first:.1e} and"
        f" {later:.1e} from ours; at most {FIRST_TOLERANCE:g} and {TOLERANCE:g} are rounding."
        for width, entry in section["widths"].items()
        for name, (first, later) in disagreements(entry["losses"]).items()
        if not (first <= FIRST_TOLERANCE and later <= TOLERANCE)
    ]


EXPLANATION = (
    "Images per second are medians; behind each, as a multiple of PyTorch's fastest way in the same"
    " column, the ratio of the medians, with the smallest and the largest ratio within a round."
    " Batch 128, float32. *Our variables* are those of `environment/process.env`. PyTorch runs"
    " eagerly, without `torch.compile`; *frozen* means by `torch.jit` and its"
    " `optimize_for_inference`, which folds batch norms into convolutions; each of its ways has the"
    " number of threads that is better for it, one or two. Deeplearning4j *as it comes* runs on the"
    " same natives as it does with its oneDNN helpers, but without these and without the variables."
)


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    rounds = len(next(iter(section["widths"].values()))[TRAINING][OURS])
    paragraphs = [
        "## Convolutional networks",
        conditions.line(found),
        conditions.warning(found),
        f"The improved CNN of notebook 05. {EXPLANATION} All took turns in {rounds} rounds, each"
        f" begun by another{_absence(section)}.",
        table(section, CONTESTANTS),
        "What ran: " + "; ".join(f"{CONTESTANTS[n].label}: {r}" for n, r in _own(section)) + ".",
        "### The same work?",
        "Losses of the first steps from the same weights on the same pictures, without dropout, by"
        f" plain gradient descent, and how far they lie from ours at the first step and in the"
        f" {STEPS_COMPARED - 1} after it:",
        *(_loss_table(width, entry) for width, entry in section["widths"].items()),
        "### Where a training step's milliseconds go",
        "As each program itself tells it, with looks at the clock that slow it down a little:",
        *(
            _profile_table(width, name, pieces)
            for width, entry in section["widths"].items()
            for name, pieces in entry["milliseconds"].items()
        ),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _absence(section: dict) -> str:
    """Who did not take part in all rounds."""
    absent = {
        CONTESTANTS[name].label
        for speeds in _columns(section).values()
        for name, each in speeds.items()
        if len(each) < len(speeds[OURS])
    }
    if not absent:
        return ""
    return f"; where slow, {' and '.join(sorted(absent))} in the first {SLOW_ROUNDS} alone"


def _own(section: dict) -> list[tuple[str, str]]:
    return [(n, r) for n, r in section["runs"].items() if not CONTESTANTS[n].of_pytorch]


def short_table(section: dict) -> str:
    """For README: of PyTorch's ways, those that are the fastest at something."""
    shown = {pytorch_best(speeds) for _, speeds in _columns(section).items()}
    shown.update(name for name, _ in _own(section))
    shown = [name for name in CONTESTANTS if name in shown]
    return table(section, shown)


def _columns(section: dict) -> dict[str, dict[str, list[float]]]:
    return {
        f"{what}, width {width}": entry[what]
        for what in _TASKS
        for width, entry in section["widths"].items()
    }


def table(section: dict, names: Iterable[str]) -> str:
    """Images per second, a row for each of these contestants."""
    columns = _columns(section)
    lines = [
        f"| Improved CNN, images/s | {' | '.join(columns)} |",
        "|---|" + "---:|" * len(columns),
    ]
    for name in names:
        cells = [
            f"{_median(speeds[name])} · {ratio(speeds, name)}" if name in speeds else ""
            for speeds in columns.values()
        ]
        lines.append(f"| {CONTESTANTS[name].label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _loss_table(width: str, entry: dict) -> str:
    steps = len(entry["losses"][OURS])
    heads = " | ".join(f"step {i + 1}" for i in range(steps))
    lines = [f"| width {width} | {heads} | apart | later |", "|---" * (steps + 3) + "|"]
    apart = disagreements(entry["losses"])
    for name, losses in entry["losses"].items():
        cells = [CONTESTANTS[name].label, *(f"{loss:.5f}" for loss in losses)]
        cells += [f"{each:.1e}" for each in apart[name]]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _profile_table(width: str, name: str, pieces: dict[str, float]) -> str:
    lines = [f"| {CONTESTANTS[name].label}, width {width} | ms |", "|---|---:|"]
    lines += [f"| {piece} | {milliseconds:,.1f} |" for piece, milliseconds in pieces.items()]
    return "\n".join([*lines, f"| sum | {sum(pieces.values()):,.1f} |"])


def _median(speeds: list[float]) -> str:
    return f"{statistics.median(speeds):,.0f}"
