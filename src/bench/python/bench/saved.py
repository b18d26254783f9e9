"""The figures that are committed: a report for each processor, and the pages that show them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import accuracy, busy, cnn, conditions, epochs, report, search
from bench.report import Report
from journey_tools import project

SECTION = "performance"

_SHOWN = {
    "epochs": epochs.tables,
    "cnn": cnn.short_table,
    "busy": busy.table,
    "accuracy": accuracy.table,
    "search": search.table,
}


@dataclass(frozen=True)
class Saved:
    """Where the reports and the pages lie.

    `page` shows all figures, processor by processor; `readme` has a sentence.
    """

    folder: Path
    page: Path
    readme: Path

    def reports(self) -> dict[str, Report]:
        """All reports by the names of their files."""
        files = sorted(self.folder.glob("*.json"))
        return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}

    def save(self, measured: Report) -> Path:
        """Replaces the measured parts in the report of this processor, and the pages' figures.

        Returns the report's file.
        """
        reports = self.reports()
        name = _name(_processor(measured))
        merged = {**reports.get(name, {}), **measured}
        reports[name] = {part: merged[part] for part in report.PARTS if part in merged}
        pages = self.pages(dict(sorted(reports.items())))
        file = self.folder / f"{name}.json"
        project.write(file, report.text(reports[name]))
        for page, text in pages.items():
            project.write(page, text)
        return file

    def pages(self, reports: dict[str, Report]) -> dict[Path, str]:
        """The pages with the figures of these reports."""
        shown = {self.page: figures(reports.values()), self.readme: sentence(reports.values())}
        return {
            page: project.between_markers(page.read_text(encoding="utf-8"), SECTION, content)
            for page, content in shown.items()
        }


HERE = Saved(
    Path(__file__).parents[1] / "reports", project.HOME / "docs/performance.md", project.README
)


def _processor(found: Report) -> str:
    """Which processor, with which instructions, the report is of."""
    return conditions.processor(next(iter(found.values()))["conditions"])


def _name(processor: str) -> str:
    return re.sub("[^a-z0-9]+", "-", processor.lower()).strip("-")


def figures(reports: Iterable[Report]) -> str:
    """What the figures mean, then those of all processors, each in a section of its own."""
    all_found = list(reports)
    parts = [report.PARTS[part] for part in _SHOWN if any(part in found for found in all_found)]
    meaning = [f"- *{each.__doc__.partition(':')[0]}.* {each.EXPLANATION}" for each in parts]
    shown = ["\n".join(meaning)]
    shown += [text for found in all_found for text in (f"## {_processor(found)}", *_parts(found))]
    return "\n\n".join(shown)


def _parts(found: Report) -> Iterable[str]:
    for part, shorten in _SHOWN.items():
        if part in found:
            yield shorten(found[part])
            yield conditions.line(found[part]["conditions"])


def sentence(reports: Iterable[Report]) -> str:
    """What holds for all processors, in a sentence: the worst of the figures."""
    found = list(reports)
    slowest = [each for one in found if "epochs" in one for each in epochs.medians(one["epochs"])]
    fastest = [each for one in found if "cnn" in one for each in cnn.medians(one["cnn"])]
    if not (slowest and fastest):
        return "Not everything has been measured yet."
    return (
        "On the processors that were measured, an epoch of the first networks takes at most"
        f" {max(slowest):.2f} times as long as with NumPy, and the improved CNN trains at least"
        f" {min(fastest):.2f} times as fast as with PyTorch;"
        " [docs/performance.md](docs/performance.md) has the figures of each."
    )
