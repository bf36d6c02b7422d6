"""The search field, as people with keyboards, pointers and phones use it."""

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from visit import RESULT, Visit, search

FIELD = ".md-search__input"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}


def test_nothing_of_the_search_is_fetched_before_its_first_use(visit: Visit) -> None:
    fetched: list[str] = []
    visit.page.on("request", lambda request: fetched.append(request.url))
    page = visit.open("tensors/shapes/")
    assert not [url for url in fetched if re.search("/search/|minisearch", url)]
    search(page, "learning rate")
    assert [url for url in fetched if url.endswith("/search/index.js")]
    assert visit.troubles == []


def test_a_result_is_reached_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open("tensors/shapes/")
    search(page, "learning rate")
    field = page.locator(FIELD)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(RESULT).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator(f"{RESULT}[aria-selected=true]")).to_have_count(1)
    chosen = second.get_attribute("id") or ""
    expect(field).to_have_attribute("aria-activedescendant", chosen)
    target = second.evaluate("a => a.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator("article")).to_contain_text(re.compile("learning rate", re.I))
    assert visit.troubles == []


def test_escape_closes_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit.open("tensors/shapes/")
    link = page.locator("a.md-footer__link--next")
    link.focus()
    search(page, "view")
    page.keyboard.press("Escape")
    expect(page.locator(RESULT).first).to_be_hidden()
    expect(link).to_be_focused()


def test_what_was_found_is_counted_aloud(visit: Visit) -> None:
    page = visit.open("")
    search(page, "view")
    status = page.locator(".md-search [role=status]")
    expect(status).to_have_text(re.compile(r"^\d+ sections on \d+ pages$"))
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")
    page.locator(FIELD).fill("zzxqj")
    expect(status).to_contain_text("Nothing found")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "false")
    page.locator(".md-search [type=reset]").click()
    expect(status).to_contain_text("error message")


def test_words_that_were_sought_are_marked(visit: Visit) -> None:
    page = visit.open("")
    search(page, "broadcsting")
    marks = page.locator(f"{RESULT} mark")
    expect(marks.first).to_have_text(re.compile("broadcasting", re.I))


# What is marked on a page, and whether it is in the section with the heading.
MARKED = """(heading) => [...CSS.highlights.get("found") ?? []].map((place) => {
    const headings = [...document.querySelectorAll("article :is(h1, h2, h3, h4)")]
    const isAbove = (each) => each.compareDocumentPosition(place.startContainer) &
        Node.DOCUMENT_POSITION_FOLLOWING
    return [String(place).toLowerCase(), headings.filter(isAbove).at(-1).id === heading]
})"""

PAINTED = """() => new Promise((done) => {
    const look = () =>
        CSS.highlights.has("found") ? done() : requestAnimationFrame(look)
    look()
    setTimeout(done, 3000)
})"""


def test_what_was_sought_is_marked_where_it_was_found_until_escape(
    visit: Visit,
) -> None:
    page = visit.open("tensors/shapes/")
    search(page, "learning rate too high")
    target = page.locator(RESULT).first.evaluate("a => a.href")
    heading = target.partition("#")[2]
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator(f"#{heading}")).to_be_in_viewport()
    page.evaluate(PAINTED)
    marked = dict(page.evaluate(MARKED, heading))
    assert {"rate", "too", "large"} <= marked.keys()
    assert all(marked.values())
    paint = "h => getComputedStyle(h, '::highlight(found)').backgroundColor"
    assert page.locator(f"#{heading}").evaluate(paint) != "rgba(0, 0, 0, 0)"
    before = page.evaluate("[scrollY, document.body.scrollHeight]")
    page.keyboard.press("Escape")
    assert page.evaluate(MARKED, heading) == []
    assert page.evaluate("[scrollY, document.body.scrollHeight]") == before
    page.reload()
    assert page.evaluate(MARKED, heading) == []
    assert visit.troubles == []


def test_a_result_on_the_same_page_is_marked_as_well(visit: Visit) -> None:
    page = visit.open("linear-regression/gradient-descent/")
    search(page, "learning rate too high")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#divergence$"))
    page.evaluate(PAINTED)
    assert page.evaluate(MARKED, "divergence")


def test_a_link_can_search(visit: Visit) -> None:
    page = visit.open("linear-regression/loss/?q=keepdim")
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)
    expect(page.locator(FIELD)).to_have_value("keepdim")


def test_a_slash_in_a_field_is_a_slash(visit: Visit) -> None:
    page = visit.open("")
    search(page, "view")
    page.keyboard.type("/reshape")
    expect(page.locator(FIELD)).to_have_value("view/reshape")


def test_the_missing_page_searches_as_well(visit: Visit) -> None:
    page = visit.open("no/such/page/")
    search(page, "view")
    result = page.locator(RESULT).first
    target = result.evaluate("a => a.href")
    result.click()
    page.wait_for_url(target)
    expect(page.locator("article")).to_contain_text("view")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_without_scripts_no_search_is_offered(
    browser: Browser, address: str, size: ViewportSize
) -> None:
    page = browser.new_page(java_script_enabled=False, viewport=size)
    page.goto(address, wait_until="domcontentloaded")
    for part in (FIELD, "label.md-header__button[for=__search]"):
        expect(page.locator(part)).to_be_hidden()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_results_are_accessible(
    visit: Visit, scheme: Literal["light", "dark"]
) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.open("linear-regression/loss/")
    search(page, "gradient")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(500)  # the theme lets the list fade in
    found = Axe().run(page, context=".md-header", options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []


def open_on_a_phone(visit: Visit) -> Page:
    visit.page.set_viewport_size(PHONE)
    page = visit.open("linear-regression/loss/")
    page.locator("label.md-header__button[for=__search]").click()
    expect(page.locator(FIELD)).to_be_focused()
    return page


def test_on_a_phone_the_search_takes_the_screen(visit: Visit) -> None:
    page = open_on_a_phone(visit)
    page.keyboard.type("RuntimeError: mat1 and mat2 shapes cannot be multiplied")
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)
    box = page.locator(".md-search__output").bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    wide = "() => document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= PHONE["width"]
    page.locator(RESULT).first.click()
    expect(page.locator(FIELD)).not_to_be_focused()
