"""Notebooks and texts as HTML pages that show everything without a network and without scripts."""

import html
import re
from collections.abc import Callable
from pathlib import PurePosixPath

from bs4 import BeautifulSoup
from jinja2 import pass_context
from math_core import LatexError, LatexToMathML
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode, from_dict, v4

from journey_tools import project

Link = Callable[[str], str]

_TEMPLATES = project.ENVIRONMENT / "pages"
_FIGURES = project.HOME / "src" / "main" / "java" / "journey" / "plot"
_FORMULAS = LatexToMathML(fancy_error=False)
_JAVADOC = re.compile(r"/\*\*((?:(?!\*/).)+)\*/\s*public final class", re.DOTALL)


def beside(url: str) -> str:
    """Where a notebook's link to another notebook leads if the pages of both lie as they do."""
    path, mark, anchor = url.partition("#")
    if ":" in url or not path.endswith(".ipynb"):
        return url
    return f"{PurePosixPath(path).with_suffix('.html')}{mark}{anchor}"


def page(
    notebook: NotebookNode,
    name: str,
    link: Link = beside,
    links: tuple[tuple[str, str], ...] = (),
) -> str:
    """A notebook with its outputs as a page.

    `name` is the page's title if the notebook has none, `link` tells where a link in it leads on
    the page, and `links` stand above all else, each a text and an address.
    """
    plain = re.sub("[*`]", "", title(notebook) or name)
    resources = {"metadata": {"name": plain}, "links": links}
    content, _ = _Exporter(link).from_notebook_node(_described(notebook), resources)
    return content


def of_text(markdown: str) -> NotebookNode:
    """A text in Markdown as a notebook, so that it becomes a page in the same way."""
    return v4.new_notebook(cells=[v4.new_markdown_cell(markdown)])


def title(notebook: NotebookNode) -> str | None:
    """The first heading, if there is one."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = filter(None, (re.search(r"^# (.+)$", text, re.MULTILINE) for text in texts))
    return next((heading[1] for heading in found), None)


def anchor(heading: str) -> str:
    """The name that GitHub gives to a heading, for links to it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def formula(tex: str, block: bool = False) -> str:
    """A formula as MathML, which browsers draw themselves; as it was written if it is none."""
    try:
        return _FORMULAS.convert_with_local_state(tex, displaystyle=block)
    except LatexError:
        return f'<code class="tex">{html.escape(tex)}</code>'


def alternative(code: NotebookNode, prose: str) -> str:
    """What stands for a picture where nobody sees it.

    That is what the cell's author says in its metadata, as "alt". Otherwise it is what the Javadoc
    of the cell's figures says first, which tells how one like it is to be read, and what the prose
    before the cell says last, which tells what this one is.
    """
    if "alt" in code.metadata:
        return code.metadata["alt"]
    names = dict.fromkeys(re.findall(r"\b[A-Z]\w*", code.source))
    return " ".join(filter(None, [*map(_figure, names), _last_sentence(prose)]))


def _described(notebook: NotebookNode) -> NotebookNode:
    """A copy whose pictures have alternative texts."""
    copy, prose = from_dict(notebook), ""
    for cell in copy.cells:
        if cell.cell_type == "markdown":
            prose = cell.source
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.metadata["alt"] = alternative(cell, prose)
    return copy


def _last_sentence(prose: str) -> str:
    blocks = BeautifulSoup(_html(prose), "html.parser").find_all(["p", "li", "h1", "h2", "h3"])
    told = [" ".join(block.get_text().split()) for block in blocks if not block.select(".formula")]
    sentences = re.split(r"(?<=[.!?])\s+", told[-1]) if told else [""]
    return re.sub(":$", ".", sentences[-1])


def _figure(name: str) -> str | None:
    """How a picture of this class of journey.plot is to be read; None if there is no such class."""
    file = _FIGURES / f"{name}.java"
    javadoc = _JAVADOC.search(file.read_text(encoding="utf-8")) if file.exists() else None
    if javadoc is None:
        return None
    text = " ".join(re.sub(r"^\s*\*", " ", javadoc[1], flags=re.MULTILINE).split())
    text = re.sub(r"\{@\w+ ([^}]*)\}", r"\1", text)
    return re.split(r"(?<=\.)\s", text)[0]


def _html(markdown: str, link: Link = beside, **options: object) -> str:
    return MarkdownWithMath(renderer=_Renderer(link, **options)).render(markdown)


class _Renderer(IPythonRenderer):
    """Markdown as a notebook has it, with formulas and links as a page wants them."""

    def __init__(self, link: Link, **options: object):
        super().__init__(escape=False, exclude_anchor_links=True, **options)
        self._link = link

    def heading(self, text: str, level: int, **attrs: object) -> str:
        plain = html.unescape(re.sub("<[^>]+>", "", text))
        return super().heading(text, level, id=anchor(plain))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, self._link(url), title)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return super().image(text, self._link(url), title)

    def inline_math(self, body: str) -> str:
        return formula(body)

    def block_math(self, body: str) -> str:
        return f'<span class="formula">{formula(body, block=True)}</span>'

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")


class _Exporter(HTMLExporter):
    def __init__(self, link: Link):
        super().__init__(
            template_file="page.html.j2",
            extra_template_paths=[str(_TEMPLATES)],
            extra_template_basedirs=[],
            exclude_output_prompt=True,
        )
        self._link = link

    @pass_context
    def markdown2html(self, context: dict, source: str) -> str:
        cell = context.get("cell", {})
        return _html(source, self._link, attachments=cell.get("attachments", {}))
