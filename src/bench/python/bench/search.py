"""Hyper-parameter search: how far it ends from the best, against Optuna, at equal trials."""

from __future__ import annotations

import contextlib
import statistics

from bench import PEERS, conditions
from bench.server import Server
from bench.settings import Settings
from bench.virtual_environment import OPTUNA
from journey_tools import console
from journey_tools.maven import BENCHMARKS

TRIALS = 50
OURS = "bayesian"
THEIRS = "tpe"
NAMES = {OURS: "ours, Bayesian", THEIRS: "Optuna, TPE", "random": "ours, random"}

# The functions, and places where both programs must see the same value.
FUNCTIONS = {"BRANIN": 2, "HARTMANN6": 6, "NOISY_BOWL": 4}
PLACES = (0.1, 0.35, 0.5, 0.8, 0.95)
TOLERANCE = 1e-9

PEER = PEERS / "optuna_peer.py"
_SERVER_CLASS = "journey.bench.SearchServer"


def measure(settings: Settings) -> dict:
    """Searches from all seeds; the section of the report."""
    found = conditions.describe()
    BENCHMARKS.ensure()
    OPTUNA.ensure()
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(Server("search", BENCHMARKS.java(_SERVER_CLASS)))
        theirs = stack.enter_context(Server("optuna", [OPTUNA.python, "-E", "-s", PEER]))
        found["optuna"] = theirs.engine
        servers = {OURS: ours, THEIRS: theirs, "random": ours}
        functions = {name: _measure(name, servers, settings.search_seeds) for name in FUNCTIONS}
    return {"conditions": found, "trials": TRIALS, "functions": functions}


def _measure(function: str, servers: dict[str, Server], seeds: int) -> dict:
    entry = {
        "apart": max(_apart(function, at, servers) for at in PLACES),
        "regrets": {name: [] for name in servers},
        "seconds": {name: [] for name in servers},
    }
    with console.Status(function) as status:
        for seed in range(seeds):
            status.update(f"{function}: seed {seed + 1} of {seeds}")
            for name, server in servers.items():
                asked = {"searcher": name, "function": function, "seed": seed, "trials": TRIALS}
                told = server.ask("search", **asked)
                entry["regrets"][name].append(told["regret"])
                entry["seconds"][name].append(told["seconds"])
        medians = (
            f"{NAMES[name]} {statistics.median(each):.4g}"
            for name, each in entry["regrets"].items()
        )
        status.line(f"{function}, median regret: {', '.join(medians)}")
    return entry


def _apart(function: str, at: float, servers: dict[str, Server]) -> float:
    places = [(at + 0.17 * i) % 1 for i in range(FUNCTIONS[function])]
    values = {
        servers[name].ask("value", function=function, places=places)["value"]
        for name in (OURS, THEIRS)
    }
    return max(values) - min(values)


def problems(section: dict) -> list[str]:
    """The functions that are not the same in both programs."""
    return [
        f"{name}: the two programs' values differ by {entry['apart']}"
        for name, entry in section["functions"].items()
        if not entry["apart"] <= TOLERANCE
    ]


EXPLANATION = (
    "By how much the true value at the recommended point falls short of the highest there is:"
    f" medians over 20 seeds, from 0 on, with lower and upper quartile, after {TRIALS} trials."
    " Optuna searches with its tree-structured Parzen estimator and recommends the best trial;"
    " ours recommends the trial that its Gaussian process believes in most."
)


def markdown(section: dict) -> str:
    """This section of the report."""
    found = section["conditions"]
    paragraphs = [
        "## Hyper-parameter search",
        conditions.line(found),
        EXPLANATION,
        table(section),
    ]
    return "\n\n".join(paragraphs)


def table(section: dict) -> str:
    """Regrets and times, in Markdown."""
    lines = [
        f"| regret | {' | '.join(NAMES.values())} | seconds a search, ours | Optuna |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, entry in section["functions"].items():
        cells = [_spread(entry["regrets"][each]) for each in NAMES]
        cells += [f"{statistics.median(entry['seconds'][each]):.2f}" for each in (OURS, THEIRS)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _spread(regrets: list[float]) -> str:
    low, median, high = statistics.quantiles(regrets, n=4, method="inclusive")
    return f"{median:.3g} ({low:.3g}–{high:.3g})"
