"""Figures on a phone, and at full size."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from visit import Visit

CHAPTER = "linear-regression/loss/"
PHONE = {"width": 390, "height": 844}
SMALLEST = 10.5 * 4 / 3  # CSS pixels that the smallest letters have at natural size
LETTERS = """(smallest) => [...document.querySelectorAll("article .figure img")]
    .filter((image) => image.offsetParent)
    .map((image) => [image.currentSrc, smallest * image.getBoundingClientRect().width /
        (image.naturalWidth || 1)])"""
LOADED = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager"
    return image.complete || new Promise((done) => (image.onload = done))
}))"""


def without_narrow_forms(route: Route) -> None:
    """Answer with the page as it would be if no figure had a form for phones."""
    response = route.fetch()
    html = re.sub(r"<source [^>]*>", "", response.text())
    html = html.replace('class="figure"', 'class="figure figure--wide"')
    route.fulfill(response=response, body=html)


@pytest.mark.parametrize("url", [CHAPTER, "linear-regression/cost-surface/"])
def test_letters_of_figures_can_be_read_on_a_phone(visit: Visit, url: str) -> None:
    visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = visit.open(url)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(LOADED)
    sizes = page.evaluate(LETTERS, SMALLEST)
    assert len(sizes) >= 5
    assert any(".narrow." in name for name, _ in sizes)
    assert [(name, size) for name, size in sizes if size < 11] == []


def test_every_figure_of_the_course_has_a_narrow_form(site: Path) -> None:
    wide = re.compile(r'class="?figure figure--wide"?[^>]*href="?([^" >]+)')
    found = {
        path.parent.relative_to(site).as_posix(): wide.findall(path.read_text("utf-8"))
        for path in site.rglob("index.html")
    }
    assert len(found) > 90
    assert {page: figures for page, figures in found.items() if figures} == {}


def test_a_figure_without_a_narrow_form_scrolls_and_is_reached_by_key(
    visit: Visit,
) -> None:
    visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit.page.route(f"**/{CHAPTER}", without_narrow_forms)
    page = visit.open(CHAPTER)
    region = page.locator("article p:has(> .figure--wide)").first
    expect(region).to_have_attribute("tabindex", "0")
    expect(region).to_have_attribute("aria-label", "Figure, scrolls sideways")
    assert region.evaluate("each => (each.scrollLeft = 50)") == 50
    assert region.evaluate("each => each.scrollLeft") == 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_opens_at_full_size_and_focus_comes_back(
    visit: Visit, scheme: str
) -> None:
    visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = visit.open(CHAPTER)
    link = page.locator("article .figure").first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Figure at full size")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    picture = dialog.locator("img")
    assert (picture.bounding_box() or {})["width"] > 700
    assert ("dark" in (picture.get_attribute("src") or "")) == (scheme == "dark")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    picture.click()
    expect(dialog).to_have_count(0)
    assert visit.troubles == []


def test_without_scripts_a_figure_leads_to_its_file(visit: Visit) -> None:
    link = visit.open(CHAPTER).locator("article .figure").first
    address = link.evaluate("a => a.href")
    assert visit.page.request.get(address).headers["content-type"] == "image/svg+xml"
