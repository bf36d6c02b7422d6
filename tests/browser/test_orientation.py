"""The way through the course in a browser: home, sidebar, what is read, a lost page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from visit import Visit

END = "document.querySelector('.lesson-footer').scrollIntoView()"
SHIFTS = """() => new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value
    }).observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(sum), 200)
})"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_home_says_above_the_fold_what_for_whom_how_long(
    visit: Visit, width: int, height: int
) -> None:
    visit.page.set_viewport_size({"width": width, "height": height})
    page = visit.open("")
    facts = [page.locator(".facts p", has_text=t) for t in ("able", "need", "takes")]
    for element in (page.locator("h1"), *facts, page.locator("a.way--first")):
        box = element.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
    assert page.evaluate(SHIFTS) < 0.01
    page.locator("a.way--first").click()
    expect(page.locator("h1")).to_have_text("Tensors¶")


def ticked(page: Page) -> list[str]:
    links = page.locator(".md-nav--primary a.md-nav__link.is-read .md-ellipsis")
    return links.all_text_contents()


def test_a_chapter_is_read_when_its_end_was_seen(visit: Visit) -> None:
    page = visit.open("tensors/vectors/")
    assert ticked(page) == []
    expect(page.get_by_role("status").and_(page.locator(".read-mark"))).to_be_empty()
    page.evaluate(END)
    expect(page.locator(".read-mark")).to_contain_text("You have read this page")
    assert ticked(page) == ["Vector arithmetic"]
    page = visit.open("tensors/shapes/")
    link = page.get_by_role("link", name="1.3 Vector arithmetic (read)")
    expect(link.first).to_be_visible()
    assert ticked(page) == ["Vector arithmetic"]
    assert page.evaluate(SHIFTS) < 0.01
    assert visit.troubles == []


def test_what_was_read_can_be_forgotten(visit: Visit) -> None:
    for url in ("tensors/vectors/", "labs/first-tensors/", "linear-regression/loss/"):
        visit.open(url).evaluate(END)
        expect(visit.page.locator(".read-mark")).not_to_be_empty()
    page = visit.open("tensors/")
    status = page.get_by_role("status").and_(page.locator(".progress__told"))
    expect(status).to_have_text(re.compile(r"You have read 2 of \d+\."))
    assert page.evaluate(SHIFTS) < 0.01
    page.get_by_role("button", name="Forget what I have read here").click()
    expect(status).to_contain_text("Forgotten")
    expect(page.locator(".progress__forget")).not_to_be_visible()
    page = visit.open("tensors/")
    expect(status).to_be_empty()
    assert ticked(page) == ["One loss"]  # of the other part


def test_what_was_read_is_kept_without_a_server(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / "tensors/vectors/index.html").as_uri())
    page.evaluate(END)
    expect(page.locator(".read-mark")).to_contain_text("You have read")
    page.goto((site / "tensors/index.html").as_uri())
    expect(page.locator(".chapters__link.is-read")).to_have_text(
        "1.3 Vector arithmetic (read)"
    )
    context.close()


def test_a_browser_that_keeps_nothing_shows_the_pages_all_the_same(
    visit: Visit,
) -> None:
    visit.page.add_init_script(
        "Storage.prototype.getItem = Storage.prototype.setItem ="
        "() => { throw new DOMException('no', 'SecurityError') }"
    )
    page = visit.page
    page.goto(f"{visit.address}tensors/vectors/", wait_until="load")
    page.evaluate(END)
    expect(page.locator(".read-mark")).to_contain_text("You have read")


def test_a_part_unfolds_with_the_keyboard(visit: Visit) -> None:
    page = visit.open("tensors/vectors/")
    button = page.get_by_role("button", name="Linear regression: chapters")
    chapter = page.get_by_role("link", name="2.3 One loss")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(chapter).not_to_be_visible()
    for key, state in (("Enter", "true"), (" ", "false"), ("Enter", "true")):
        button.focus()
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-expanded", state)
    expect(chapter).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("no/tensor/vectorz/", "Vector arithmetic"),
        ("linear-regression/grad-descent.html", "Gradient descent"),
        ("tensors/dataset", "Datasets"),
        ("set_up/", "Set up"),
        ("no/such/vektor", "Vector arithmetic"),
        ("glosary", "Glossary"),
        ("tensors/index.htm", "Tensors"),
    ],
)
def test_a_missing_page_guesses_which_was_meant(
    visit: Visit, asked: str, wanted: str
) -> None:
    page = visit.open(asked, until="load")
    expect(page.locator(".guesses a").first).to_have_text(wanted)
    page.locator(".guesses a").first.click()
    expect(page.locator("h1")).not_to_have_text("There is no page here")


def test_a_missing_page_does_not_guess_at_random(visit: Visit) -> None:
    page = visit.open("wp-admin/qqq.php", until="load")
    page.wait_for_function("document.querySelector('.search-link')")
    expect(page.locator(".guesses")).not_to_be_visible()


def test_a_missing_page_guesses_below_a_folder_of_the_host(
    visit: Visit, site: Path
) -> None:
    """As on a host of projects: the site is built for the address that it has there."""
    text = (site / "404.html").read_text(encoding="utf-8")
    text = text.replace('"base": "/"', '"base": "/course/"')
    text = text.replace('href="/', 'href="/course/').replace('src="/', 'src="/course/')

    def serve(route: Route) -> None:
        path = route.request.url.partition("/course/")[2]
        if (file := site / path).is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404, content_type="text/html", body=text)

    visit.page.route("**/course/**", serve)
    page = visit.open("course/tensors/vektors/", until="load")
    link = page.locator(".guesses a").first
    expect(link).to_have_text("Vector arithmetic")
    expect(link).to_have_attribute("href", f"{visit.address}course/tensors/vectors/")
