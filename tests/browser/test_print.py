"""What comes out of a printer, also from the dark scheme."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.pdf import bind, make_pdf

CHAPTER = "linear-regression/loss/"
PAPER = 660  # CSS pixels between the margins of A4
LIGHTNESS = """(selector, property) => getComputedStyle(
    document.querySelector(selector))[property].match(/[\\d.]+/g).slice(0, 3)
    .map(Number).reduce((sum, part) => sum + part / 765, 0)"""
# Code and pictures that are wider than the page, or cut off.
CUT = """(paper) => [...document.querySelectorAll("article :is(pre > code, img, td)")]
    .filter((e) => e.offsetParent)
    .filter((e) => e.getBoundingClientRect().right > paper + 1 ||
        (e.tagName === "CODE" && e.scrollWidth > e.clientWidth + 1))
    .map((e) => e.outerHTML.slice(0, 90))"""
SHOWN = """(selector) => [...document.querySelectorAll(selector)]
    .filter((e) => e.checkVisibility() && e.offsetHeight).length"""


@pytest.fixture(scope="module")
def printed(browser: Browser, address: str) -> Iterator[Page]:
    """Return a chapter as the printer sees it, its boxes opened as the theme does."""
    context = browser.new_context(
        viewport={"width": PAPER, "height": 900}, color_scheme="dark"
    )
    page = context.new_page()
    page.goto(address + CHAPTER)
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    assert page.evaluate(lightness("body", "backgroundColor")) < 0.3
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield page
    context.close()


def lightness(selector: str, name: str) -> str:
    return f"({LIGHTNESS})({selector!r}, {name!r})"


def test_paper_is_white_and_ink_is_dark(printed: Page) -> None:
    assert printed.evaluate(lightness("body", "backgroundColor")) == 1
    for words in ("article p", "article h1", "article pre code", "summary", "td"):
        assert printed.evaluate(lightness(words, "color")) < 0.4, words


def test_each_figure_is_there_once_and_light(printed: Page) -> None:
    figures = printed.locator("article .figure").count()
    assert figures >= 5
    assert printed.evaluate(SHOWN, "article .figure img") == figures
    assert printed.evaluate(SHOWN, "article .figure img[src$=only-dark]") == 0


def test_nothing_is_cut(printed: Page) -> None:
    assert printed.evaluate(CUT, PAPER) == []


def test_solutions_and_slips_stay_closed_and_answers_do_not(printed: Page) -> None:
    assert printed.locator(".solution").count() > 0
    assert printed.evaluate(SHOWN, ":is(.solution, .wrong)") == 0
    assert printed.evaluate(SHOWN, "details.predict > :not(summary)") > 0


def test_only_the_page_is_printed(printed: Page) -> None:
    frame = ".md-header, .md-sidebar, .md-footer, .md-top, .md-code__nav, .headerlink"
    assert printed.locator(frame).count() > 0
    assert printed.evaluate(SHOWN, frame) == 0


def test_the_course_is_bound_as_a_book(
    site: Path, tmp_path: Path, browser: Browser
) -> None:
    part = "docs/linear-regression"
    names = [f"{part}/loss.md", f"{part}/gradient-descent.md"]
    count = bind(Project(site.parent), names, tmp_path / "course.pdf", browser)
    book = PdfReader(tmp_path / "course.pdf")
    assert count == len(book.pages)
    assert 12 <= count <= 34
    titles = [str(entry["/Title"]) for entry in book.outline]  # type: ignore[index]
    contents = " ".join(book.pages[1].extract_text().split())
    for title, entry in zip(titles, book.outline, strict=True):
        place = book.get_destination_page_number(entry)  # type: ignore[arg-type]
        page = " ".join(book.pages[place or 0].extract_text().split())
        assert page.startswith(title)
        assert f"{title} {(place or 0) + 1}" in contents
        assert page.endswith(f"{title} {(place or 0) + 1}")
    notes = [n.get_object() for page in book.pages for n in page.get("/Annots", ())]
    links = [str(note.get("/A", {}).get("/URI", "")) for note in notes]
    assert [link for link in links if link.startswith("file:")] == []
    places = [note["/Dest"] for note in notes if "/Dest" in note]
    assert all(place[1] == "/XYZ" for place in places)
    (page,) = (  # the other chapter links to this section
        number
        for number, page in enumerate(book.pages)
        if "Bowl or hill" in page.extract_text().splitlines()
    )
    assert page in [book.get_page_number(place[0].get_object()) for place in places]


def test_without_a_chromium_it_says_what_to_do(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProjectError, match="no Chromium found: install it, or set"):
        make_pdf(Project(site.parent))
