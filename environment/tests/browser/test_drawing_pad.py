"""The drawing pad in a browser: what is drawn comes out as a line of text."""

from collections.abc import Iterator

import chromium
import pytest
from playwright.sync_api import Page, sync_playwright

from journey_tools import project

PAD = project.HOME / "src/main/resources/journey/notebook/drawing_pad.html"
SIDE = 28


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    path = chromium.required()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=chromium.switches())
        page = browser.new_page()
        page.set_content(PAD.read_text(encoding="utf-8"))
        yield page
        browser.close()


def rows(page: Page) -> list[str]:
    line = page.locator("textarea").input_value()
    assert len(line) == SIDE * SIDE
    return [line[at : at + SIDE] for at in range(0, len(line), SIDE)]


def stroke(page: Page, *points: tuple[int, int]) -> None:
    """Draws from point to point of the square, which is 280 points wide and high."""
    canvas = page.locator("canvas").bounding_box()
    assert canvas
    begin, *others = [(canvas["x"] + 1 + x, canvas["y"] + 1 + y) for x, y in points]
    page.mouse.move(*begin)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place, steps=20)
    page.mouse.up()


def test_a_stroke_becomes_a_line_of_text(page: Page) -> None:
    page.locator(".clear").click()
    assert page.locator("textarea").input_value() == ""
    stroke(page, (145, 45), (145, 235))
    drawn = rows(page)
    # The stroke is 25 points wide, from 132 to 157, and ends round: columns 13 to 15.
    for row in range(5, 23):
        assert drawn[row][14] == "f", drawn
        assert int(drawn[row][13], 16) > 8
        assert int(drawn[row][15], 16) > 8
        assert drawn[row][:12] == "0" * 12
        assert drawn[row][17:] == "0" * 11
    assert set("".join(drawn[:3] + drawn[25:])) == {"0"}


def test_strokes_add_up_until_they_are_cleared(page: Page) -> None:
    page.locator(".clear").click()
    stroke(page, (45, 65), (225, 65))
    once = sum(figure != "0" for row in rows(page) for figure in row)
    stroke(page, (45, 205), (225, 205))
    assert sum(figure != "0" for row in rows(page) for figure in row) == 2 * once
    page.locator(".clear").click()
    assert page.locator("textarea").input_value() == ""
