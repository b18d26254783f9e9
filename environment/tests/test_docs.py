"""The pages for readers: what they point to is there, and what they tell to type is understood."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mistune
import pytest

from journey_tools import pages, project

PAGES = sorted(
    page
    for pattern in ("*.md", "docs/*.md", "data/*.md", "notebooks/*.ipynb", "notebooks/*/*.ipynb")
    for page in project.HOME.glob(pattern)
)
# What else tells somebody, or something, what to run.
RECIPES = [project.HOME / "Dockerfile", project.HOME / ".devcontainer" / "devcontainer.json"]


def tokens(page: Path) -> Iterator[dict]:
    """All parts of a page, and the parts of these, in order."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".ipynb":
        cells = (c["source"] for c in json.loads(text)["cells"] if c["cell_type"] == "markdown")
        text = "\n\n".join("".join(source) for source in cells)
    left = mistune.create_markdown(renderer=None, plugins=["table"])(text)
    while left:
        token = left.pop(0)
        yield token
        left[:0] = token.get("children", [])


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to a page's headings."""
    headings = (token for token in tokens(page) if token["type"] == "heading")
    texts = ("".join(part.get("raw", "") for part in heading["children"]) for heading in headings)
    return {pages.anchor(text) for text in texts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: project.relative(page))
def test_a_pages_links_lead_somewhere(page: Path) -> None:
    for token in tokens(page):
        target = token.get("attrs", {}).get("url", "https:")
        if ":" not in target:
            path, _, anchor = target.partition("#")
            file = (page.parent / path) if path else page
            assert file.exists(), target
            assert not anchor or anchor in anchors(file), target


def told() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in [*PAGES, *RECIPES])


def test_every_command_that_is_told_is_understood() -> None:
    commands: dict[str, set[str]] = {}
    for name, options in re.findall(r"environment/([a-z]+)(?![\w./])((?: [-\w=]+)*)", told()):
        commands.setdefault(name, set()).update(re.findall(r"--[a-z-]+", options))
    del commands["lab"]  # Its options are JupyterLab's.
    for name in commands:
        command = project.ENVIRONMENT / name
        if not command.is_dir():
            asked = subprocess.run([command, "--help"], capture_output=True, text=True, check=True)
            unknown = [option for option in commands[name] if option not in asked.stdout]
            assert not unknown, command


def test_everybody_is_told_to_install_the_same_packages() -> None:
    lists = re.findall(r"apt-get install(?: -[yq]+)+((?: [a-z0-9-]+)+)", told())
    assert len(lists) > 3
    assert {" ".join(sorted(each.split())) for each in lists} == {
        "git maven openjdk-17-jdk-headless python3-venv"
    }


def test_the_image_takes_nothing_that_a_checkout_has_gathered() -> None:
    left_out = (project.HOME / ".dockerignore").read_text(encoding="utf-8").splitlines()
    gathered = (project.HOME / ".gitignore").read_text(encoding="utf-8").splitlines()
    for folder in (line.strip("/") for line in gathered if line.startswith("/")):
        assert folder in left_out
