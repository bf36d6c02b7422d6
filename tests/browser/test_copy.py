"""Code is copied alone or with what it needs, and the page says so."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lessons.pages.project import Project
from lessons.pages.publishing.copying import to_copy
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.slices import Slice, slices
from sandbox import ROOT
from visit import Visit

PROJECT = Project(ROOT)
CHAPTERS = ("tensors/vectors", "labs/first-tensors")
SECOND = ".copy-bar [data-blocks]"
# What the second button of each block puts on the clipboard; nothing of one without it.
COPIED = """async (selector) => {
    const copied = [];
    for (const block of document.querySelectorAll("article .language-python")) {
        await navigator.clipboard.writeText("");
        const button = block.querySelector(selector);
        button?.click();
        let text = "";
        for (let tries = 0; tries < 200 && button && !text; tries++) {
            text = await navigator.clipboard.readText();
            if (!text) await new Promise((done) => setTimeout(done, 10));
        }
        copied.push(text);
    }
    return copied;
}"""


def pieces(chapter: str) -> list[Slice]:
    return list(slices(read_pages(PROJECT, [PROJECT.docs / f"{chapter}.md"])[0]))


def second_button(page: Page) -> tuple[Locator, Slice]:
    """Return the first button that is seen without opening a box, and its copy."""
    button = page.locator(SECOND).filter(visible=True).first
    place = """button => [...document.querySelectorAll("article .language-python")]
        .indexOf(button.closest(".highlight"))"""
    return button, pieces("tensors/vectors")[button.evaluate(place)]


def allow(page: Page) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_block_is_copied_with_what_it_needs(visit: Visit, chapter: str) -> None:
    page = allow(visit.open(f"{chapter}/"))
    copied = page.evaluate(COPIED, SECOND)
    assert copied == [
        to_copy(each) if each.needs or len(each.piece) > 1 else ""
        for each in pieces(chapter)
    ]
    assert visit.troubles == []


def test_what_a_block_needs_is_named(visit: Visit) -> None:
    page = visit.open("tensors/vectors/")
    for number, each in enumerate(pieces("tensors/vectors")):
        bar = page.locator("article .language-python").nth(number).locator(".copy-bar")
        names = [name.strip("`") for name in each.names]
        told = bar.locator("span")
        text = ", ".join(names[:6])
        more = f" and {len(names) - 6} more" if len(names) > 6 else ""
        assert told.all_text_contents() == ([f"{text}{more}"] if names else [])


def test_copying_is_confirmed_and_announced(visit: Visit) -> None:
    page = allow(visit.open("tensors/vectors/"))
    status = page.locator(".md-dialog [role=status]")
    button, each = second_button(page)
    button.focus()
    page.keyboard.press("Enter")
    lines = len(to_copy(each).splitlines())
    expect(status).to_have_text(f"Copied {lines} lines", use_inner_text=True)
    look = """dialog => {
        const inner = dialog.firstElementChild
        return [getComputedStyle(inner).color, getComputedStyle(dialog).backgroundColor]
    }"""
    ink, ground = page.locator(".md-dialog--active").evaluate(look)
    assert ink != ground
    expect(button).to_be_focused()


def test_a_page_that_has_no_clipboard_copies_all_the_same(visit: Visit) -> None:
    page = allow(visit.page)
    page.add_init_script("delete Navigator.prototype.clipboard")
    visit.open("tensors/vectors/")
    page.evaluate(
        "document.addEventListener('copy', () => window.copied ="
        " document.activeElement.value)"
    )
    button, each = second_button(page)
    button.click()
    assert page.evaluate("window.copied") == to_copy(each)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_buttons_cover_no_code(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    visit.open("tensors/vectors/")
    covered = """() => [...document.querySelectorAll(".copy-bar")].filter((bar) => {
        const code = bar.parentElement.querySelector("pre").getBoundingClientRect()
        return code.height && bar.getBoundingClientRect().bottom > code.top + 1
    }).length"""
    assert page.evaluate(covered) == 0


def test_without_scripts_there_are_no_buttons(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}tensors/vectors/")
    seen = page.locator("article > .highlight")
    assert seen.first.is_visible()
    expect(seen.first.locator(".copy-bar")).to_have_css("display", "none")
    context.close()
