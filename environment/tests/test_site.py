"""environment/site: one site of all notebooks and texts, whose links lead somewhere in it."""

import itertools
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import v4
from samples import of_cells

from journey_tools import command_line, notebooks, project, site
from journey_tools.project import Problem

FILES = notebooks.all_in(project.NOTEBOOKS)
README = """# A journey

For whom.

![A curve](notebooks/pictures/01.png)

<!-- results:begin -->
| [01](notebooks/01.ipynb) | 0.91 |
|---|---|
<!-- results:end -->

## Reading

<!-- notebooks:begin -->
A table.
<!-- notebooks:end -->

[All](docs/results.md#all-of-them), [licence](LICENSE), [elsewhere](https://example.org).
"""


@pytest.fixture(scope="module")
def built(site_folder: Path) -> dict[Path, BeautifulSoup]:
    """The pages of the real site, by the files that they are in."""
    found = site_folder.rglob("*.html")
    return {file: BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser") for file in found}


def test_every_link_leads_somewhere(built: dict[Path, BeautifulSoup]) -> None:
    for page, content in built.items():
        for link in content.select("a[href]"):
            path, _, anchor = link["href"].partition("#")
            if ":" not in path:
                file = (page.parent / path).resolve() if path else page
                assert file in built, f"{page}: {link}"
                assert not anchor or built[file].find(id=anchor), f"{page}: {link}"


def test_nothing_is_loaded_from_elsewhere(built: dict[Path, BeautifulSoup]) -> None:
    for page, content in built.items():
        assert not content.select("link, iframe, script[src], object, embed"), page
        assert not [style for style in content.select("style") if "url(" in style.text], page
        for image in content.select("img"):
            source = image["src"]
            assert source.startswith("data:") or (page.parent / source).is_file(), page


def test_every_formula_is_drawn(built: dict[Path, BeautifulSoup]) -> None:
    assert sum(len(content.select("math")) for content in built.values()) > 300
    for page, content in built.items():
        assert [each.text for each in content.select(".tex")] == [], page


def test_every_picture_is_described(built: dict[Path, BeautifulSoup]) -> None:
    folder = next(page.parent for page in built if page.name == "index.html")
    for file in FILES:
        cells = notebooks.read(file).cells
        outputs = itertools.chain.from_iterable(cell.get("outputs", []) for cell in cells)
        pictures = sum("image/png" in output.get("data", {}) for output in outputs)
        described = [image["alt"] for image in built[folder / site.address(file)].select("img")]
        assert len(described) == pictures
        assert [text for text in described if len(text) < 20] == [], file


def test_it_begins_with_all_notebooks(built: dict[Path, BeautifulSoup]) -> None:
    [start] = [content for page, content in built.items() if page.name == "index.html"]
    links = [link["href"] for link in start.select("a[href]")]
    for file in FILES:
        assert site.address(file).as_posix() in links
    assert "environment/run" in start.text


@pytest.fixture
def small(checkout: Path) -> Path:
    """A checkout with little in it."""
    for name, text in (("README.md", README), ("LICENSE", "Do <what> you like.\n")):
        (checkout / name).write_text(text, encoding="utf-8")
    project.write(project.NOTEBOOKS / "pictures" / "01.png", b"a picture")
    first, more = of_cells("int x;"), of_cells("int x;")
    first.cells.insert(
        0,
        v4.new_markdown_cell(
            "# One\n\n*Milestone 1*\n\nIt *learns*, see [more](excursions/more.ipynb). **Really?**"
            " You will have\n\n- a"
        ),
    )
    more.cells.insert(0, v4.new_markdown_cell("# More\n\nBack to the [start](../../README.md)."))
    notebooks.write(first, project.NOTEBOOKS / "01.ipynb")
    notebooks.write(more, project.NOTEBOOKS / "excursions" / "more.ipynb")
    return checkout


@pytest.fixture
def results_in_docs(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "RESULTS", small / "docs" / "results.md")
    project.write(project.RESULTS, "# Results\n\n## All of them\n\nNone.\n")


@pytest.mark.usefixtures("results_in_docs")
def test_what_is_linked_to_is_there(small: Path) -> None:
    assert command_line.main(["site", "--repository", "https://example.org/journey"]) == 0
    folder = project.BUILD / "site"
    files = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    assert files == {
        "index.html",
        "LICENSE.html",
        "docs/results.html",
        "notebooks/01.html",
        "notebooks/excursions/more.html",
        "notebooks/pictures/01.png",
    }
    start = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert start.title.text == "A journey"
    assert start.img.attrs == {"src": "notebooks/pictures/01.png", "alt": "A curve"}
    assert [link["href"] for link in start.select("a")] == [
        "docs/results.html",
        "https://example.org/journey",
        "notebooks/01.html",
        "notebooks/01.html",
        "notebooks/excursions/more.html",
        "docs/results.html#all-of-them",
        "LICENSE.html",
        "https://example.org",
    ]
    assert "A table." not in start.text
    assert "It learns, see more. Really?" in " ".join(start.text.split())
    assert "You will have" not in start.text
    assert [heading.text for heading in start.select("h3")] == ["Milestones", "Excursions"]
    more = (folder / "notebooks" / "excursions" / "more.html").read_text(encoding="utf-8")
    links = BeautifulSoup(more, "html.parser").select("a")
    home = "../../index.html"
    assert [link["href"] for link in links] == [
        home,
        "../../docs/results.html",
        "https://example.org/journey",
        home,
    ]
    assert links[0].text == "A journey"
    licence = (folder / "LICENSE.html").read_text(encoding="utf-8")
    assert "Do &lt;what&gt; you like." in licence


@pytest.mark.usefixtures("results_in_docs")
@pytest.mark.parametrize("url", ["nothing.md", "notebooks", "../outside.md"])
def test_a_link_to_nothing_is_refused(small: Path, url: str) -> None:
    (small.parent / "outside.md").write_text("outside", encoding="utf-8")
    page = project.README
    page.write_text(f"{page.read_text(encoding='utf-8')}\n[x]({url})\n", encoding="utf-8")
    with pytest.raises(Problem, match=re.escape(f"README.md links to {url}, which is no file")):
        site.build(small / "build" / "site")
