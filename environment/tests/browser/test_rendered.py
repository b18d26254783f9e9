"""The pages of environment/site as a reader without a network sees them, wide, narrow and dark."""

from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from journey_tools import notebooks, project, site

SCREENSHOTS = project.BUILD / "browser"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FILES = [project.README, project.RESULTS, *notebooks.all_in(project.NOTEBOOKS)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium.required()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=chromium.switches())
        yield browser
        browser.close()


@pytest.fixture(params=FILES, ids=lambda file: project.relative(file))
def page(request: pytest.FixtureRequest, browser: Browser, site_folder: Path) -> Iterator[Page]:
    """A page, at first on a wide screen; it has no network, and asks for none."""
    page = browser.new_page(viewport=WIDE)
    page.context.set_offline(True)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto((site_folder / site.address(request.param)).as_uri())
    yield page
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.context.close()


def test_pictures_and_formulas_are_drawn(page: Page) -> None:
    widths = page.locator("img").evaluate_all("all => all.map(each => each.naturalWidth)")
    assert all(width > 0 for width in widths)
    heights = page.locator("math").evaluate_all(
        "all => all.filter(each => !each.closest('details'))"
        ".map(each => each.getBoundingClientRect().height)"
    )
    assert all(height > 5 for height in heights)
    keep(page, "wide")


def test_it_is_readable_on_a_phone_and_in_the_dark(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    colours = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    ink, paper = (sum(map(int, colour[4:-1].split(","))) for colour in colours)
    assert ink > 600 > 200 > paper
    keep(page, "dark")


def keep(page: Page, how: str) -> None:
    """Screenshots for whoever wants to look: the page's beginning."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = page.url.rpartition("/")[2].removesuffix(".html")
    page.screenshot(path=SCREENSHOTS / f"site-{name}-{how}.png")
