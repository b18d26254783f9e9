"""The pieces of a training step, measured by JMH."""

from __future__ import annotations

import json

from bench import FOLDER, conditions
from bench.settings import Settings
from journey_tools import tool
from journey_tools.maven import BENCHMARKS

_RESULT = FOLDER / "jmh.json"
_PACKAGE = "journey.bench."


def measure(settings: Settings) -> dict:
    """Runs JMH; the section of the report."""
    found = conditions.describe()
    BENCHMARKS.ensure()
    _RESULT.unlink(missing_ok=True)
    tool.run_logged(
        BENCHMARKS.java(
            "org.openjdk.jmh.Main",
            *["-rf", "json", "-rff", str(_RESULT), "-foe", "true", *settings.jmh],
        ),
        "bench-pieces.log",
        "Measuring the pieces of a training step",
        **conditions.thread_variables(),
    )
    measured = json.loads(_RESULT.read_text(encoding="utf-8"))
    return {"conditions": found, "benchmarks": [normalised(each) for each in measured]}


def problems(section: dict) -> list[str]:
    """Nothing: JMH ends with an error where a benchmark fails."""
    return []


def normalised(benchmark: dict) -> dict:
    """What of JMH's result concerns a reader; its paths on this machine do not."""
    metric = benchmark["primaryMetric"]
    return {
        "name": benchmark["benchmark"].removeprefix(_PACKAGE),
        "parameters": benchmark.get("params", {}),
        "score": metric["score"],
        # JMH writes "NaN" where a single iteration leaves nothing to estimate an error from.
        "error": None if metric["scoreError"] == "NaN" else metric["scoreError"],
        "unit": metric["scoreUnit"],
        "iterations": len(metric["rawData"]) * benchmark["measurementIterations"],
    }


def markdown(section: dict) -> str:
    """This section of the report."""
    lines = ["| piece | | | ± (99.9 %) | unit |", "|---|---|---:|---:|---|"]
    for each in section["benchmarks"]:
        parameters = ", ".join(each["parameters"].values())
        error = "" if each["error"] is None else f"{each['error']:,.1f}"
        cells = [each["name"], parameters, f"{each['score']:,.1f}", error, each["unit"]]
        lines.append(f"| {' | '.join(cells)} |")
    found = section["conditions"]
    paragraphs = [
        "## The pieces of a training step",
        conditions.line(found),
        conditions.warning(found),
        "Measured by JMH, a JVM for each: the mean time of a call on a batch of 64; of the live"
        " view, frames a second with their PNG.",
        "\n".join(lines),
    ]
    return "\n\n".join(filter(None, paragraphs))
