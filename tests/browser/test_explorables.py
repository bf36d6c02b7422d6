"""What holds for every figure that readers move."""

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from explorable import ASSETS, opened, written
from visit import Visit

FIGURE = "gradient-descent"
BENT = {"places": [11, 25, 39], "sizes": [1.4, -2.8, 1.4]}
POTS = {"t": [8.0, 20.0, 31.0], "g": [1.0, 12.0, 9.0], "new_t": [25.0], "new_g": [19.0]}
READER = [[[[0.1 * k] * 64 for k in range(10)], [1.0] * 10]]
STARTS = {
    "paths": {
        "x": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0],
        "y": [3.8, 7.4, 10.1, 12.8, 16.4, 18.7],
        "orders": {"shuffled": [[3, 0, 5, 1, 4, 2]], "by load": [[0, 1, 2, 3, 4, 5]]},
    },
    "draw-a-digit": {"readers": {"averages": READER}, "ink": 16, "softmax": False},
    "bent-lines": BENT
    | POTS
    | {"fits": {str(n): BENT | {"bias": 0.5} for n in (1, 2, 3, 5, 10, 20, 80)}},
    FIGURE: {"x": 2.0, "y": 6.0, "weight": 8.0, "learning_rate": 0.02},
    "fit-a-line": {
        "x": [0.0, 2.0, 4.0, 6.0, 8.0, 10.0],
        "y": [3.5, 9.8, 16.3, 22.4, 27.5, 34.6],
        "weight": 8.0,
        "bias": 0.0,
    },
    "classifier": {
        "x": [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0],
        "y": [0.0, 0.0, 0.0, 1.0, 1.0, 1.0],
        "weight": 1.0,
        "bias": 4.0,
    },
    "coin": {"heads": 7.0, "tails": 3.0, "theta": 0.5},
}


def test_every_figure_is_looked_at() -> None:
    shared = {"formulas", "stage"}
    scripts = {path.stem for path in (ASSETS / "explorables").glob("*.js")}
    assert scripts - shared == set(STARTS)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("figure", STARTS)
def test_it_fits_and_is_accessible(
    browser: Browser, tmp_path: Path, scheme: str, width: int, figure: str
) -> None:
    url = written(tmp_path, figure, STARTS[figure], scheme)
    with opened(browser, url, viewport={"width": width, "height": 900}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        kept = page.locator(".explore").evaluate(
            "e => [parseFloat(getComputedStyle(e).minBlockSize), e.offsetHeight]"
        )
        assert kept[1] <= kept[0] + 0.5, "more height than is kept free: it would jump"
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()


def test_scripts_are_fetched_when_the_figure_comes_near(
    browser: Browser, tmp_path: Path
) -> None:
    far = '<p style="height: 4000px">Far above.</p>'
    url = written(tmp_path, FIGURE, STARTS[FIGURE], far=far)
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_timeout(300)
    assert page.evaluate("typeof d3") == "undefined"
    page.locator(".explore").scroll_into_view_if_needed()
    expect(page.locator(".explore")).to_have_attribute("data-state", "ready")
    context.close()


def test_a_part_that_does_not_arrive_is_told(browser: Browser, tmp_path: Path) -> None:
    url = written(tmp_path, FIGURE, STARTS[FIGURE])
    (tmp_path / "explore.js").unlink()
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".explore")).to_contain_text("The page is complete without it")
    context.close()


def test_without_scripts_there_is_no_place(browser: Browser, tmp_path: Path) -> None:
    url = written(tmp_path, FIGURE, STARTS[FIGURE])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".explore")).to_be_hidden()
    context.close()


def test_the_scripts_are_light() -> None:
    scripts = [ASSETS / "d3/d3.min.js", *(ASSETS / "explorables").glob("*.js")]
    total = sum(len(gzip.compress(path.read_bytes())) for path in scripts)
    assert total < 150_000


@pytest.mark.parametrize("width", [375, 1280])
def test_on_the_site_each_figure_fits_its_place(
    visit: Visit, site: Path, width: int
) -> None:
    """Nothing jumps, and the policy of the page lets all parts come."""
    visit.page.set_viewport_size({"width": width, "height": 900})
    mark = 'class="explore"'
    pages = [p for p in site.rglob("index.html") if mark in p.read_text("utf-8")]
    assert len(pages) > len(STARTS)
    for path in sorted(pages):
        page = visit.open(path.parent.relative_to(site).as_posix() + "/")
        place = page.locator(".explore")
        before = place.evaluate("e => e.offsetHeight")
        place.scroll_into_view_if_needed()
        expect(place).to_have_attribute("data-state", "ready")
        assert place.evaluate("e => e.offsetHeight") <= before + 0.5, path
    assert visit.troubles == []
