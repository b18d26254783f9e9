"""The results that notebooks show: read from their outputs, kept in results.json and README.

A notebook shows its results as a table and, in the same output, for us, as one JSON object in an
element <script type="application/json" class="journey-results">; SAMPLE in the tests has one.
"""

import json
import re
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import console, notebooks, project
from journey_tools.project import Problem

CLASS = "journey-results"
_ELEMENT = re.compile(rf'<script type="application/json" class="{CLASS}">(.*?)</script>', re.DOTALL)
_OF_ALL = ("notebook", "budget", "device", "seconds", "standIn", "measurements")
_OF_ONE = ("metric", "split", "value", "count", "low", "high", "reference")

# By a notebook's name: budget, device, seconds, and a list of measurements.
Results = dict[str, dict]


def shown_by(notebook: NotebookNode, name: str) -> dict | None:
    """The results in a notebook's outputs, the last if there are several; None without any.

    Raises Problem if they are not what they should be.
    """
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    html = (output.get("data", {}).get("text/html", "") for output in outputs)
    found = [element for text in html for element in _ELEMENT.findall("".join(text))]
    if not found:
        return None
    try:
        shown = json.loads(found[-1])
        missing = [key for key in _OF_ALL if key not in shown]
        missing += [key for key in _OF_ONE if any(key not in m for m in shown["measurements"])]
        wrong = f"no {', '.join(missing)}" if missing else ""
    except (ValueError, KeyError, TypeError) as error:
        wrong = str(error)
    if wrong:
        raise Problem(f"{name}: its results are not as expected; found: {wrong} in {found[-1]}")
    return shown


def entry(shown: dict) -> dict:
    """What results.json holds of the results that a notebook shows."""
    return {key: shown[key] for key in _OF_ALL if key not in ("notebook", "standIn")}


def file() -> Path:
    return project.NOTEBOOKS / "results.json"


def load() -> Results:
    """What results.json holds; nothing if there is none yet."""
    return json.loads(file().read_text(encoding="utf-8")) if file().exists() else {}


def save(notebook: NotebookNode, path: Path) -> bool:
    """Writes an executed notebook over the committed one, with results.json, README and picture.

    Whether it shows results. Raises Problem, and writes nothing, if they are the stand-in's.
    """
    name = notebooks.name_of(path)
    shown = shown_by(notebook, name)
    if shown and shown["standIn"]:
        raise Problem(
            f"{name} was not saved: it ran on the stand-in pictures, whose figures mean nothing."
            " Get the real data first (data/README.md says how)."
        )
    if shown and shown["notebook"] != name:
        raise Problem(f'{name} was not saved: it shows the results of "{shown["notebook"]}".')
    kept = {other: results for other, results in load().items() if other != name}
    results = {**kept, name: entry(shown)} if shown else kept
    page = page_with(results)
    notebooks.write(notebooks.normalised(notebook), path)
    text = json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    project.write(file(), text)
    project.write(project.README, page)
    picture = notebooks.picture(notebook)
    if picture is not None:
        project.write(notebooks.picture_file(path), picture)
    return shown is not None


def page_with(results: Results) -> str:
    """README with the table made from these results."""
    text = project.README.read_text(encoding="utf-8")
    return project.between_markers(text, "results", table(results))


def table(results: Results) -> str:
    """README's table, in Markdown, and under which conditions its figures came about."""
    lines = [
        "| Notebook | Measured on | Metric | Ours (95 % interval) | Pictures | Reference |",
        "|---|---|---|---:|---:|---:|",
    ]
    for name in sorted(results, key=_main_road_first):
        lines += [
            f"| [{_title(name)}](notebooks/{name}.ipynb) | {' | '.join(row)} |"
            for row in rows(results[name])
        ]
    lines.append("")
    for name in sorted(results, key=_main_road_first):
        seconds = results[name]["seconds"]
        known = [f"budget {results[name]['budget']}", results[name]["device"]]
        known.append(None if seconds is None else f"{console.clock(seconds)} min")
        lines.append(f"{_title(name)}: {', '.join(filter(None, known))}.")
    return "\n".join(lines)


def rows(results: dict) -> list[tuple[str, ...]]:
    """A notebook's measurements as a table shows them: split, metric, value, count, reference."""
    ordered = sorted(results["measurements"], key=lambda m: (m["metric"].casefold(), m["split"]))
    return [
        (
            each["split"],
            each["metric"],
            number(each["value"]) + _interval(each["low"], each["high"]),
            "" if each["count"] is None else f"{each['count']:,}",
            number(each["reference"]),
        )
        for each in ordered
    ]


def number(value: float | None) -> str:
    """A figure as tables show it: a fraction with four digits, anything larger with one."""
    if value is None:
        return ""
    return f"{value:.4f}" if abs(value) < 10 else f"{value:,.1f}"


def _interval(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" [{number(low)}, {number(high)}]"


def _title(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


def _main_road_first(name: str) -> tuple[int, str]:
    return (name.count("/"), name)
