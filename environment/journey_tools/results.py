"""The figures that notebooks show, read from their outputs and kept in notebooks/results.json.

A notebook shows its figures in a table of the class `journey-results`: attributes of the table say
under which conditions they came about (data-budget, data-device, data-seconds, data-stand-in), and
each row with a data-metric is a figure (data-milestone, data-metric, data-split, data-value, and if
known data-count, data-low, data-high, data-reference).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode

from journey_tools import project
from journey_tools.problem import Problem
from journey_tools.stamps import write_atomically

Kind = TypeVar("Kind", str, int, float)

TABLE_CLASS = "journey-results"

# Milestone, metric, split: what was measured under which conditions.
Results = dict[str, dict[str, dict[str, dict]]]


@dataclass(frozen=True)
class Figure:
    """One measured value, with the 95 % interval that its count of pictures allows."""

    milestone: str
    metric: str
    split: str
    value: float
    count: int | None = None
    low: float | None = None
    high: float | None = None
    reference: float | None = None


@dataclass(frozen=True)
class ResultTable:
    """The figures of one table, and how they came about."""

    figures: tuple[Figure, ...]
    budget: str | None = None
    device: str | None = None
    seconds: float | None = None
    stand_in: bool = False


def tables_in(notebook: NotebookNode, name: str) -> list[ResultTable]:
    """The tables of figures in a notebook's outputs, in their order.

    Raises Problem, naming the notebook, if an attribute is missing or is no number.
    """
    parser = _TableParser(name)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            parser.feed("".join(html))
    parser.close()
    return parser.tables


def to_json(tables: list[ResultTable], notebook: str) -> Results:
    """The figures of a notebook as results.json holds them."""
    results: Results = {}
    for table in tables:
        for figure in table.figures:
            splits = results.setdefault(figure.milestone, {}).setdefault(figure.metric, {})
            splits[figure.split] = {
                "notebook": notebook,
                "value": figure.value,
                "count": figure.count,
                "interval": None if figure.low is None else [figure.low, figure.high],
                "reference": figure.reference,
                "budget": table.budget,
                "device": table.device,
                "seconds": table.seconds,
            }
    return results


def load(file: Path = project.RESULTS_FILE) -> Results:
    """What results.json holds; nothing if there is none yet."""
    if not file.exists():
        return {}
    return json.loads(file.read_text(encoding="utf-8"))


def text(results: Results) -> str:
    """results.json for these results, the same for the same results."""
    return json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def of_notebook(results: Results, notebook: str) -> Results:
    """Those results that came from one notebook."""
    return _filtered(results, lambda entry: entry["notebook"] == notebook)


def merged(results: Results, fresh: Results, notebook: str) -> Results:
    """The results with those of one notebook replaced by fresh ones, the others kept."""
    kept = _filtered(results, lambda entry: entry["notebook"] != notebook)
    for milestone, metrics in fresh.items():
        for metric, splits in metrics.items():
            kept.setdefault(milestone, {}).setdefault(metric, {}).update(splits)
    return kept


def save(results: Results, file: Path = project.RESULTS_FILE) -> None:
    """Writes results.json."""
    write_atomically(file, text(results))


def entries(results: Results) -> list[tuple[str, str, str, dict]]:
    """All results as (milestone, metric, split, entry), in the order of a table."""
    return [
        (milestone, metric, split, results[milestone][metric][split])
        for milestone in sorted(results, key=_by_number)
        for metric in sorted(results[milestone], key=str.casefold)
        for split in sorted(results[milestone][metric])
    ]


def number(value: float | None) -> str:
    """A figure as tables show it: a fraction with four digits, anything larger with one."""
    if value is None:
        return ""
    return f"{value:.4f}" if abs(value) < 10 else f"{value:,.1f}"


def with_interval(value: float, interval: list[float] | None) -> str:
    """A figure with its interval, such as 0.9130 [0.8939, 0.9289]."""
    if interval is None:
        return number(value)
    return f"{number(value)} [{number(interval[0])}, {number(interval[1])}]"


def _filtered(results: Results, keep: Callable[[dict], bool]) -> Results:
    kept: Results = {}
    for milestone, metric, split, entry in entries(results):
        if keep(entry):
            kept.setdefault(milestone, {}).setdefault(metric, {})[split] = entry
    return kept


def _by_number(milestone: str) -> tuple[int, str]:
    return (int(milestone) if milestone.isdigit() else 10**6, milestone)


class _TableParser(HTMLParser):
    """Collects the tables of figures from pieces of HTML."""

    def __init__(self, notebook: str):
        super().__init__()
        self.tables: list[ResultTable] = []
        self._notebook = notebook
        self._table: dict[str, str] | None = None
        self._figures: list[Figure] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "table" and TABLE_CLASS in attributes.get("class", "").split():
            self._table, self._figures = attributes, []
        elif tag == "tr" and self._table is not None and "data-metric" in attributes:
            self._figures.append(self._figure(attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._table is not None:
            self.tables.append(self._finished(self._table))
            self._table = None

    def _finished(self, table: dict[str, str]) -> ResultTable:
        return ResultTable(
            figures=tuple(self._figures),
            budget=table.get("data-budget") or None,
            device=table.get("data-device") or None,
            seconds=self._optional(table, "data-seconds", float),
            stand_in=table.get("data-stand-in", "false").lower() not in ("false", ""),
        )

    def _figure(self, row: dict[str, str]) -> Figure:
        return Figure(
            milestone=self._required(row, "data-milestone", str),
            metric=self._required(row, "data-metric", str),
            split=self._required(row, "data-split", str),
            value=self._required(row, "data-value", float),
            count=self._optional(row, "data-count", int),
            low=self._optional(row, "data-low", float),
            high=self._optional(row, "data-high", float),
            reference=self._optional(row, "data-reference", float),
        )

    def _required(self, attributes: dict[str, str], name: str, kind: type[Kind]) -> Kind:
        value = self._optional(attributes, name, kind)
        if value is None:
            raise Problem(
                f"{self._notebook}: a row of the table {TABLE_CLASS} has no {name}; it has"
                f" {attributes}."
            )
        return value

    def _optional(self, attributes: dict[str, str], name: str, kind: type[Kind]) -> Kind | None:
        value = attributes.get(name, "").strip()
        if not value:
            return None
        try:
            return kind(value)
        except ValueError:
            raise Problem(
                f'{self._notebook}: {name} in the table {TABLE_CLASS} is "{value}"; expected was'
                f" {'a whole number' if kind is int else 'a number'}."
            ) from None
