"""Pages show all that a notebook has without a network, to those who see and those who don't."""

import html

import pytest
from bs4 import BeautifulSoup
from nbformat import v4
from samples import of_cells
from test_outputs import PNG

from journey_tools import pages

PICTURE = v4.new_output("display_data", {"image/png": PNG})


@pytest.mark.parametrize(
    ("tex", "element"),
    [
        (r"\frac{1}{1 + e^{-z}}", "mfrac"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "mtable"),
        (r"\underbrace{a + b}_{\text{both}}", "munder"),
        ("a < b", "mo"),
    ],
)
def test_a_formula_is_one_that_browsers_draw(tex: str, element: str) -> None:
    assert BeautifulSoup(pages.formula(tex), "html.parser").math.find(element)


@pytest.mark.parametrize("tex", [r"\nosuchthing{x} < 1", r"\frac{1", "a_"])
def test_a_formula_that_is_none_stays_as_it_was_written(tex: str) -> None:
    assert pages.formula(tex) == f'<code class="tex">{html.escape(tex)}</code>'


def page_of(*markdown: str) -> BeautifulSoup:
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(each) for each in markdown])
    return BeautifulSoup(pages.page(notebook, "x"), "html.parser")


def test_formulas_in_a_text() -> None:
    page = page_of("So $a^2$:\n\n$$b^2$$\n\n`$HOME` and\n\n```bash\necho $a $b\n```\n")
    assert [math.get("display") for math in page.select("math")] == [None, "block"]
    assert page.select_one(".formula > math")["display"] == "block"
    assert [code.text for code in page.select("code")][0] == "$HOME"


def test_headings_are_named_as_on_github() -> None:
    page = page_of("# What `x` is, and why\n\n## An NVIDIA GPU")
    assert page.title.text == "What x is, and why"
    assert page.h1["id"] == "what-x-is-and-why"
    assert page.h2["id"] == "an-nvidia-gpu"


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("02_hidden_layer.ipynb", "02_hidden_layer.html"),
        ("../a.ipynb#b", "../a.html#b"),
        ("../docs/results.md", "../docs/results.md"),
        ("https://example.org/a.ipynb", "https://example.org/a.ipynb"),
    ],
)
def test_notebooks_link_to_the_pages_beside_them(url: str, leads_to: str) -> None:
    assert page_of(f"[a]({url})").select_one("main a")["href"] == leads_to


@pytest.mark.parametrize(
    ("prose", "code", "said"),
    [
        (
            "Look. The curve is *redrawn* after [each](x.ipynb) of $n_1$ epochs:\n\n$$x$$",
            "var c = LearningCurves.of(history); // of a String",
            "The course of a training, epoch by epoch: a panel for each measure (loss, accuracy)"
            " with a curve for each part of the data (train, validation). The curve is redrawn"
            " after each of n1 epochs.",
        ),
        ("## What it looks for", "pictureOf(weights)", "What it looks for"),
        ("", "pictureOf(weights)", ""),
    ],
)
def test_what_a_picture_shows_is_said(prose: str, code: str, said: str) -> None:
    assert pages.alternative(v4.new_code_cell(code), prose) == said


def test_an_author_knows_better_what_a_picture_shows() -> None:
    notebook = of_cells("LearningCurves.of(history).draw()", outputs=[PICTURE])
    notebook.cells[0].metadata["alt"] = 'Two "curves"'
    page = BeautifulSoup(pages.page(notebook, "x"), "html.parser")
    assert [image["alt"] for image in page.select("img")] == ['Two "curves"']
    assert notebook.cells[0].outputs[0].metadata == {}, "the notebook itself stays as it was"


def test_a_page_holds_all_it_shows() -> None:
    shown = [
        PICTURE,
        v4.new_output("stream", name="stdout", text="1 < 2"),
        v4.new_output("display_data", {"text/html": "<table><tr><td>0.91</td></tr></table>"}),
        v4.new_output("error", ename="E", evalue="no", traceback=["\x1b[31mno luck\x1b[0m"]),
    ]
    notebook = of_cells("var x = 1;", outputs=shown)
    page = BeautifulSoup(pages.page(notebook, "a name", links=(("Up", "a&b"),)), "html.parser")
    assert page.title.text == "a name"
    assert page.select_one("nav a")["href"] == "a&b"
    for text in ("var x = 1;", "1 < 2", "0.91", "no luck"):
        assert text in page.main.text
    assert page.img["src"].startswith("data:image/png;base64,")
    assert not page.select("script, link, iframe")
