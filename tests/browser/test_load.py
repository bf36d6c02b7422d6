"""What a first visit fetches."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from audit import LAID_OUT
from visit import Visit

KILOBYTE = 1000
SHIFT = """() => new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value
    }).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 100)
})"""


def fetched(browser: Browser, url: str) -> tuple[dict[str, float], float]:
    """Open a page for the first time; return the bytes of each file, and the shift."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def finished(event: dict[str, Any]) -> None:
        sizes[names.get(event["requestId"], "")] = event["encodedDataLength"]

    devtools.on(
        "Network.responseReceived",
        lambda event: names.update({event["requestId"]: event["response"]["url"]}),
    )
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    Visit(page, url).open("")
    shift = float(page.evaluate(SHIFT))
    context.close()
    return sizes, shift


@pytest.mark.parametrize(("which", "most"), [("home", 180), ("chapter", 250)])
def test_a_first_visit_is_light_and_nothing_jumps(
    browser: Browser, address: str, site: Path, which: str, most: int
) -> None:
    """The heaviest chapters are looked at, and home."""
    pages = sorted(site.rglob("index.html"), key=lambda path: path.stat().st_size)
    chapters = [page.parent.relative_to(site).as_posix() + "/" for page in pages[-4:]]
    for url in chapters if which == "chapter" else [""]:
        sizes, shift = fetched(browser, address + url)
        assert sum(sizes.values()) <= most * KILOBYTE, (url, sizes)
        assert len(sizes) > 8
        assert shift < 0.01, url


def test_text_does_not_move_when_its_fonts_come_late(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/*.woff2", late)
    Visit(page, address).open("multiple-regression/planes/")
    assert page.evaluate(SHIFT) < 0.01
    context.close()


FAR = """() => [...document.querySelectorAll("pre > code > :first-child")].filter(
    word => word.parentElement.checkVisibility()
        && !word.checkVisibility({contentVisibilityAuto: true})
).length"""
HEIGHT = "() => document.documentElement.scrollHeight"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "url", ["linear-regression/gradient-descent/", "tensors/graph/"]
)
def test_code_far_from_the_screen_has_its_height_before_it_is_laid_out(
    visit: Visit, url: str, width: int
) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    visit.open(url)
    assert page.evaluate(FAR) > 10
    before = page.evaluate(HEIGHT)
    page.evaluate(LAID_OUT)
    assert page.evaluate(FAR) == 0
    assert page.evaluate(HEIGHT) == pytest.approx(before, abs=10)


def test_code_that_scrolls_can_be_reached_once_it_is_near(
    visit: Visit,
) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 800})
    visit.open("linear-regression/gradient-descent/")
    code = page.locator("article > .highlight pre > code").last
    expect(code).not_to_have_attribute("tabindex", "0")
    code.scroll_into_view_if_needed()
    expect(code).to_have_attribute("tabindex", "0")
