"""The results that notebooks show: read from their outputs, kept in results.json and two pages.

A notebook shows its results as a table and, in the same output, for us, as one JSON object in an
element <script type="application/json" class="journey-results">; SAMPLE in the tests has one.
"""

import json
import re
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import console, notebooks, project
from journey_tools.project import Problem

_ELEMENT = re.compile(
    r'<script type="application/json" class="journey-results">(.*?)</script>', re.DOTALL
)

# By a notebook's name: budget, device, seconds, and a list of measurements.
Results = dict[str, dict]


def shown_by(notebook: NotebookNode) -> dict | None:
    """The results in a notebook's outputs, the last if there are several; None without any."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    html = ("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    found = [element for text in html for element in _ELEMENT.findall(text)]
    return json.loads(found[-1]) if found else None


def entry(shown: dict) -> dict:
    """What results.json holds of the results that a notebook shows."""
    return {key: value for key, value in shown.items() if key not in ("notebook", "standIn")}


def file() -> Path:
    return project.NOTEBOOKS / "results.json"


def load() -> Results:
    """What results.json holds; nothing if there is none yet."""
    return json.loads(file().read_text(encoding="utf-8")) if file().exists() else {}


def save(notebook: NotebookNode, path: Path) -> bool:
    """Writes an executed notebook over the committed one, with results.json, pages and picture.

    Whether it shows results. Raises Problem, and writes nothing, if they are the stand-in's.
    """
    name = notebooks.name_of(path)
    shown = shown_by(notebook)
    if shown and shown["standIn"]:
        raise Problem(
            f"{name} was not saved: it ran on the stand-in pictures, whose figures mean nothing."
            " Get the real data first (data/README.md says how)."
        )
    if shown and shown["notebook"] != name:
        raise Problem(f'{name} was not saved: it shows the results of "{shown["notebook"]}".')
    kept = {other: results for other, results in load().items() if other != name}
    results = {**kept, name: entry(shown)} if shown else kept
    pages = pages_with(results)
    notebooks.write(notebooks.normalised(notebook), path)
    text = json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    project.write(file(), text)
    for page, content in pages.items():
        project.write(page, content)
    picture = notebooks.picture(notebook)
    if picture is not None:
        project.write(notebooks.picture_file(path), picture)
    return shown is not None


def pages_with(results: Results) -> dict[Path, str]:
    """The pages with the tables made from these results."""
    shown = {project.README: story(results), project.RESULTS: table(results)}
    return {
        page: project.between_markers(page.read_text(encoding="utf-8"), "results", content)
        for page, content in shown.items()
    }


def story(results: Results) -> str:
    """README's table, in Markdown: a line for each milestone, of what all of them measure."""
    lines = [
        "| Milestone | On validation | On test | Always the commonest answer | Original course |",
        "|---|---:|---:|---:|---:|",
    ]
    for name in _in_order(results):
        found = {(m["metric"], m["split"]): m for m in results[name]["measurements"]}
        test = found.get(("accuracy", "test"))
        if test and "/" not in name:
            cells = [found.get(("accuracy", "validation")), test]
            cells = [each and number(each["value"]) + _interval(each) for each in cells]
            baseline = found.get(("majority baseline", "test"))
            cells += [baseline and number(baseline["value"]), number(test["reference"])]
            link = f"[{_title(name)}](notebooks/{name}.ipynb)"
            lines.append(f"| {link} | {' | '.join(each or '' for each in cells)} |")
    return "\n".join(lines)


def table(results: Results) -> str:
    """All results, in Markdown, and under which conditions they came about."""
    lines = [
        "| Notebook | Measured on | Metric | Ours (95 % interval) | Pictures | Reference |",
        "|---|---|---|---:|---:|---:|",
    ]
    below = []
    for name in _in_order(results):
        of_it = results[name]
        for row in rows(of_it):
            lines.append(f"| [{_title(name)}](../notebooks/{name}.ipynb) | {' | '.join(row)} |")
        took = None if of_it["seconds"] is None else f"{console.clock(of_it['seconds'])} min"
        known = [f"budget {of_it['budget']}", of_it["device"], took]
        below.append(f"- {_title(name)}: {', '.join(filter(None, known))}")
    return "\n".join([*lines, "", *below])


def _in_order(results: Results) -> list[str]:
    """First the main road."""
    return sorted(results, key=lambda name: (name.count("/"), name))


def _title(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


def rows(results: dict) -> list[tuple[str, ...]]:
    """A notebook's measurements as a table shows them: split, metric, value, count, reference."""
    ordered = sorted(results["measurements"], key=lambda m: (m["metric"].casefold(), m["split"]))
    return [
        (
            each["split"],
            each["metric"],
            number(each["value"]) + _interval(each),
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


def _interval(of: dict) -> str:
    return "" if of["low"] is None else f" [{number(of['low'])}, {number(of['high'])}]"
