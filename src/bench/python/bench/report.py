"""What environment/bench found, as Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

from bench import FOLDER, accuracy, busy, cnn, epochs, pieces, search
from journey_tools import project

# The modules that measure a part; each has measure, problems and markdown.
PARTS = {
    "pieces": pieces,
    "epochs": epochs,
    "search": search,
    "cnn": cnn,
    "busy": busy,
    "accuracy": accuracy,
}

# What was measured, a section for each part.
Report = dict[str, dict]


def markdown(report: Report) -> str:
    """The whole report."""
    sections = [PARTS[part].markdown(section) for part, section in report.items()]
    return "\n\n".join(["# Benchmarks", *sections]) + "\n"


def text(report: Report) -> str:
    """The report as JSON, the same for the same report."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def problems(report: Report) -> list[str]:
    """What makes the report's figures incomparable."""
    return [each for part, section in report.items() for each in PARTS[part].problems(section)]


def write(report: Report, folder: Path = FOLDER) -> None:
    """Writes report.md and report.json."""
    project.write(folder / "report.md", markdown(report))
    project.write(folder / "report.json", text(report))
