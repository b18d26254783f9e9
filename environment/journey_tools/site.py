"""environment/site: the notebooks as they are committed, and the texts beside them, as a web site.

It begins with README, and has whatever a page in it links to.
"""

import argparse
import itertools
import os
import re
import shutil
from pathlib import Path

from nbformat import NotebookNode

from journey_tools import console, notebooks, pages, project
from journey_tools.project import Problem

_EMPHASIS = re.compile(r"\*[^*].*\*", re.DOTALL)
_TO_THE_LAST_SENTENCE = re.compile(r".*[.!?][*_\")]*(?=\s|$)")
_LINK = re.compile(r"\[([^]]*)]\([^)]*\)")


def main(options: argparse.Namespace) -> int:
    project.require_work()
    folder = project.BUILD / "site"
    shutil.rmtree(folder, ignore_errors=True)
    build(folder, options.repository)
    console.say(f"The site is ready: {project.relative(folder / 'index.html')}")
    return 0


def build(folder: Path, repository: str | None = None) -> None:
    """Writes the site into a folder; `repository` is the address that its pages link to."""
    found = [project.README, *notebooks.all_in(project.NOTEBOOKS)]
    for file in found:  # While there are links to files that it doesn't hold yet, it grows.
        project.write(folder / address(file), _content(file, found, repository))


def address(file: Path) -> Path:
    """Where the site has a file of the checkout, from its own folder."""
    inside = file.relative_to(project.HOME)
    if file == project.README:
        return Path("index.html")
    if file.suffix in (".md", ".ipynb"):
        return inside.with_suffix(".html")
    return inside if file.suffix == ".png" else Path(f"{inside}.html")


def contents(files: list[Path]) -> str:
    """The notebooks with their introductions, the milestones before the excursions, in Markdown."""
    lines = []
    for heading, excursion in (("Milestones", False), ("Excursions", True)):
        listed = [file for file in files if (file.parent != project.NOTEBOOKS) == excursion]
        if listed:
            lines += [f"### {heading}", *map(_entry, listed)]
    return "\n\n".join(lines)


def introduction(notebook: NotebookNode) -> str:
    """The first paragraph of a notebook, up to its last whole sentence, without links."""
    prose = itertools.takewhile(lambda cell: cell.cell_type == "markdown", notebook.cells)
    paragraphs = "\n\n".join(cell.source for cell in prose).split("\n\n")
    told = (p for p in paragraphs if not p.startswith("#") and not _EMPHASIS.fullmatch(p))
    whole = _TO_THE_LAST_SENTENCE.match(" ".join(next(told, "").split()))
    return _LINK.sub(r"\1", whole[0]) if whole else ""


def _entry(file: Path) -> str:
    notebook = notebooks.read(file)
    name = pages.title(notebook) or notebooks.name_of(file)
    link = file.relative_to(project.HOME).as_posix()
    return f"**[{name}]({link})**  \n{introduction(notebook)}"


def _content(file: Path, found: list[Path], repository: str | None) -> str | bytes:
    if file.suffix == ".png":
        return file.read_bytes()
    if file.suffix == ".ipynb":
        notebook = notebooks.read(file)
    else:
        notebook = pages.of_text(_text(file))
    ours = [] if file == project.README else [(_name(), _way(file, project.README))]
    ours += [("All results", _way(file, project.RESULTS))]
    ours += [("Source", repository)] if repository else []
    return pages.page(notebook, file.name, lambda url: _followed(url, file, found), tuple(ours))


def _text(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file == project.README:
        listed = contents(notebooks.all_in(project.NOTEBOOKS))
        return project.between_markers(text, "notebooks", listed)
    return text if file.suffix == ".md" else f"# {file.name}\n\n~~~~~~\n{text}\n~~~~~~\n"


def _name() -> str:
    return pages.title(pages.of_text(project.README.read_text(encoding="utf-8"))) or "Start"


def _followed(url: str, page: Path, found: list[Path]) -> str:
    """Where a link on a page leads in the site, which thereby has that page, too."""
    path, mark, anchor = url.partition("#")
    if ":" in path or not path:
        return url
    file = (page.parent / path).resolve()
    if not file.is_file() or not file.is_relative_to(project.HOME):
        raise Problem(f"{project.relative(page)} links to {url}, which is no file in the checkout.")
    if file not in found:
        found.append(file)
    return f"{_way(page, file)}{mark}{anchor}"


def _way(page: Path, file: Path) -> str:
    """The relative address of a file from a page."""
    return Path(os.path.relpath(address(file), address(page).parent)).as_posix()
