"""A reader's own way: notebook 01 in a Jupyter's page, in a browser, all cells run."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import foreign_jupyter
import jupyter_process
import pytest
from expectations import EXPECTED
from playwright.sync_api import Locator, Page, expect, sync_playwright

from journey_tools import lab, project

NAME = "01_single_neuron"
SCREENSHOTS = project.BUILD / "browser"

OPEN_SECONDS = 120
RUN_SECONDS = 300
WIDTH, HEIGHT = 1280, 900
TALLEST_PICTURE = 6000

INDICATOR = ".jp-Notebook-ExecutionIndicator"
COUNTED = re.compile(r"^\[\d+\]:$")
FAILURES = ".jp-RenderedText[data-mime-type='application/vnd.jupyter.{}']"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of notebook 01 without its saved outputs: what is seen later comes from this run."""
    original = project.NOTEBOOKS / f"{NAME}.ipynb"
    content = json.loads(original.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    copy = tmp_path_factory.mktemp("notebooks with a space") / original.name
    copy.write_text(json.dumps(content), encoding="utf-8")
    return copy


@pytest.fixture(scope="module", params=["our JupyterLab", "a foreign Notebook over ipc"])
def page(
    request: pytest.FixtureRequest,
    notebook: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Page]:
    """The notebook's page in a Jupyter, every cell run at smoke budget."""
    browser_path = chromium.required()
    scratch = tmp_path_factory.mktemp("jupyter")
    folder = notebook.parent
    if request.param == "our JupyterLab":
        command, environment = lab.command(), lab.environment(folder, JOURNEY_BUDGET="smoke")
        path, name, transport = f"lab/tree/{notebook.name}", notebook.stem, "tcp"
    else:
        # What the kernel is told, it is told by its spec.
        foreign = foreign_jupyter.ready("--budget", "smoke")
        transport = "ipc"
        command, environment = foreign.command(folder, transport), foreign.environment()
        path, name = f"notebooks/{notebook.name}", f"{notebook.stem}-foreign"
    with (
        jupyter_process.running(command, scratch, environment) as server,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=browser_path, args=chromium.switches())
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        try:
            page.goto(server.page(path))
            run_all_cells(page, server)
            assert server.transports() == {transport}
            yield page
        finally:
            keep_screenshots(page, name)
            browser.close()


def run_all_cells(page: Page, server: jupyter_process.Server) -> None:
    """Waits for the kernel, runs every cell through the menu, waits for the end."""
    expect(prompts(page).first).to_be_visible(timeout=OPEN_SECONDS * 1000)
    wait_until(lambda: kernel_state(server) is not None, OPEN_SECONDS, "the page has no kernel")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_until(
        lambda: all(COUNTED.match(each) for each in counts(page)) or failed(page),
        RUN_SECONDS,
        "not every cell got an execution count",
    )
    wait_until(lambda: kernel_state(server) == "idle", OPEN_SECONDS, "the kernel is not idle")
    if page.locator(INDICATOR).count():
        expect(page.locator(INDICATOR)).to_have_attribute("data-status", "idle")


def kernel_state(server: jupyter_process.Server) -> str | None:
    """What the kernel does, or None while no page is connected to one."""
    connected = [each for each in server.kernels() if each["connections"]]
    return connected[0]["execution_state"] if connected else None


def wait_until(condition: Callable[[], bool], seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{otherwise} after {seconds} s"
        time.sleep(0.25)


def prompts(page: Page) -> Locator:
    return page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt")


def counts(page: Page) -> list[str]:
    return [text.strip() for text in prompts(page).all_inner_texts()]


def failed(page: Page) -> bool:
    return page.locator(FAILURES.format("error")).count() > 0


def keep_screenshots(page: Page, name: str) -> None:
    """The whole notebook in pictures that follow each other, in build/browser."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for old in SCREENSHOTS.glob(f"{name}-[0-9]*.png"):
        old.unlink()
    content = page.locator(".jp-WindowedPanel-viewport")
    tall = int(content.evaluate("it => it.scrollHeight")) if content.count() else HEIGHT
    page.set_viewport_size({"width": WIDTH, "height": min(tall + 200, TALLEST_PICTURE)})
    scroller = page.locator(".jp-WindowedPanel-outer")
    visible = int(scroller.evaluate("it => it.clientHeight")) if scroller.count() else tall
    for number, top in enumerate(range(0, tall, visible), start=1):
        if scroller.count():
            scroller.evaluate("(it, top) => it.scrollTo(0, top)", top)
        page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")


def test_every_cell_ran_in_order(page: Page, notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert counts(page) == [f"[{number}]:" for number in range(1, len(code) + 1)]


def test_no_cell_failed(page: Page) -> None:
    for stream in ("error", "stderr"):
        assert page.locator(FAILURES.format(stream)).all_inner_texts() == []
    assert page.locator(".jp-Dialog").all_inner_texts() == []


def test_the_pictures_are_drawn(page: Page) -> None:
    pictures = page.locator(".jp-OutputArea-output.jp-RenderedImage img")
    widths = pictures.evaluate_all("all => all.map(each => each.naturalWidth)")
    assert len(widths) >= EXPECTED[NAME].pictures
    assert all(width > 0 for width in widths), f"widths of the pictures: {widths}"


def test_the_table_of_results_is_shown(page: Page) -> None:
    tables = page.locator(".jp-OutputArea-output.jp-RenderedHTMLCommon table")
    assert tables.count() >= EXPECTED[NAME].tables
    expect(tables.last).to_be_visible()
    expect(tables.last).to_contain_text(re.compile("accuracy", re.IGNORECASE))
