"""README's table of results, made from notebooks/results.json."""

from pathlib import Path

from nbformat import NotebookNode

from journey_tools import console, markers, names, notebooks, project, results
from journey_tools.results import Results
from journey_tools.stamps import write_atomically

SECTION = "results"


def render(shown: Results) -> str:
    """The table, in Markdown."""
    lines = [
        "| Milestone | Measured on | Metric | Ours (95 % interval) | Pictures | Reference |",
        "|---|---|---|---:|---:|---:|",
    ]
    for milestone, metric, split, entry in results.entries(shown):
        count = "" if entry["count"] is None else f"{entry['count']:,}"
        lines.append(
            f"| [{_title(milestone, entry)}](notebooks/{entry['notebook']}) | {split} | {metric} |"
            f" {results.with_interval(entry['value'], entry['interval'])} | {count} |"
            f" {results.number(entry['reference'])} |"
        )
    conditions = dict.fromkeys(_conditions(*found) for found in results.entries(shown))
    return "\n".join([*lines, "", *conditions])


def updated(readme: str, shown: Results) -> str:
    """The README with the table between its markers replaced."""
    return markers.replaced(readme, SECTION, render(shown))


def save(shown: Results, file: Path = project.README) -> None:
    """Writes the table into README.md."""
    write_atomically(file, updated(file.read_text(encoding="utf-8"), shown))


def picture_of(file: Path) -> Path:
    """Where the picture that stands for a notebook lies, for README to show it."""
    return file.parent / "pictures" / f"{file.stem}.png"


def save_picture(notebook: NotebookNode, file: Path) -> None:
    """Writes the picture that stands for a notebook, if it has one."""
    picture = notebooks.picture(notebook)
    if picture is not None:
        write_atomically(picture_of(file), picture)


def disagreements(
    readme: Path = project.README,
    results_file: Path = project.RESULTS_FILE,
    folder: Path = project.NOTEBOOKS,
) -> list[str]:
    """Where README, results.json and the outputs of the committed notebooks tell different things.

    Empty if all three agree.
    """
    stored = results.load(results_file)
    found = []
    shown: Results = {}
    for file in names.all_in(folder):
        name = file.relative_to(folder).as_posix()
        notebook = notebooks.read(file)
        tables = results.tables_in(notebook, name)
        fresh = results.to_json(tables, name)
        if any(table.stand_in for table in tables):
            found.append(f"{name} was saved with figures from the stand-in pictures")
        if fresh != results.of_notebook(stored, name):
            found.append(f"{results_file.name} does not hold what {name} shows")
        shown = results.merged(shown, fresh, name)
        picture = notebooks.picture(notebook)
        kept = picture_of(file)
        if picture is not None and not (kept.exists() and kept.read_bytes() == picture):
            found.append(f"{kept.name} is not the picture that {name} shows")
    if shown != stored and not found:
        found.append(f"{results_file.name} holds figures that no notebook shows")
    text = readme.read_text(encoding="utf-8")
    if updated(text, stored) != text:
        found.append(f"{readme.name} does not show the table made from {results_file.name}")
    return found


def _title(milestone: str, entry: dict) -> str:
    name = Path(entry["notebook"]).stem.partition("_")[2].replace("_", " ")
    return f"{milestone}: {name}"


def _conditions(milestone: str, metric: str, split: str, entry: dict) -> str:
    known = []
    if entry["budget"] is not None:
        known.append(f"budget {entry['budget']}")
    if entry["device"] is not None:
        known.append(str(entry["device"]))
    if entry["seconds"] is not None:
        known.append(f"{console.clock(entry['seconds'])} min")
    return f"Milestone {milestone}: {', '.join(known) or 'conditions unknown'}."
