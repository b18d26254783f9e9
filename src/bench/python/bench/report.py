"""What environment/bench found, as Markdown and JSON, and what README shows of it."""

from __future__ import annotations

import json
from pathlib import Path

from bench import FOLDER, REPORT, accuracy, busy, cnn, conditions, epochs, pieces
from journey_tools import project

# The modules that measure a part; each has measure, problems and markdown.
PARTS = {"pieces": pieces, "epochs": epochs, "cnn": cnn, "busy": busy, "accuracy": accuracy}

# What was measured, a section for each part.
Report = dict[str, dict]

README_SECTION = "performance"


def markdown(report: Report) -> str:
    """The whole report."""
    sections = [PARTS[part].markdown(section) for part, section in report.items()]
    return "\n\n".join(["# Benchmarks", *sections]) + "\n"


def text(report: Report) -> str:
    """The report as JSON, the same for the same report."""
    return json.dumps(report, indent=1, ensure_ascii=False) + "\n"


def load(file: Path = REPORT) -> Report:
    """A report that was saved; an empty one if there is none yet."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def problems(report: Report) -> list[str]:
    """What makes the report's figures incomparable."""
    return [each for part, section in report.items() for each in PARTS[part].problems(section)]


def write(report: Report, folder: Path = FOLDER) -> None:
    """Writes report.md and report.json."""
    project.write(folder / "report.md", markdown(report))
    project.write(folder / "report.json", text(report))


def save(report: Report, file: Path = REPORT, readme: Path = project.README) -> None:
    """Replaces the parts that were measured in the saved report, and README's table with them."""
    merged = {**load(file), **report}
    stored = {part: merged[part] for part in PARTS if part in merged}
    updated = updated_readme(readme.read_text(encoding="utf-8"), stored)
    project.write(file, text(stored))
    project.write(readme, updated)


def updated_readme(readme: str, stored: Report) -> str:
    """README with its table of timings made from this report."""
    return project.between_markers(readme, README_SECTION, summary(stored))


def summary(stored: Report) -> str:
    """What README shows: whole epochs against NumPy, and CNNs against PyTorch."""
    shown = [
        f"{shorten(stored[part])}\n\n{PARTS[part].EXPLANATION}\n\n"
        + conditions.line(stored[part]["conditions"])
        for part, shorten in _SHORTENED.items()
        if part in stored
    ]
    return "\n\n".join(shown) or "Nothing has been measured yet."


_SHORTENED = {"epochs": epochs.tables, "cnn": cnn.short_table, "accuracy": accuracy.table}
