"""Every page of the site, as people with different devices meet it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from audit import DESK, FADED, unfold, violations
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page as Source
from urls import PAGES, PROJECT, URLS
from visit import Visit, watch

# What each copy button of Python code puts on the clipboard, which is empty before.
COPIED = """async () => {
    const copied = [];
    for (const block of document.querySelectorAll("div.language-python")) {
        await navigator.clipboard.writeText("");
        block.querySelector("button").click();
        let text = "";
        for (let tries = 0; tries < 200 && !text; tries++) {
            text = await navigator.clipboard.readText();
            if (!text) await new Promise((done) => setTimeout(done, 10));
        }
        copied.push([[...block.classList], text.trimEnd()]);
    }
    return copied;
}"""


@pytest.fixture(scope="module", params=URLS)
def opened(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[Visit]:
    """Open a page once for all tests, everything on it unfolded and scrolled past."""
    context = browser.new_context(viewport=DESK, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), address, request.param)
    watch(visit, address)
    page = visit.open(request.param, until="load")
    unfold(page)
    yield visit
    context.close()


@pytest.fixture
def source(opened: Visit) -> Source:
    """Return the page as it is written."""
    return read_pages(PROJECT, [PAGES[opened.url]])[0]


def test_the_page_is_described(opened: Visit) -> None:
    description = opened.page.locator("meta[name=description]").get_attribute("content")
    assert len(description or "") >= 50
    assert opened.page.locator("h1").count() == 1
    assert opened.page.title()


def test_formulas_are_typeset(opened: Visit) -> None:
    text = opened.page.evaluate(
        """() => {
            const article = document.querySelector("article").cloneNode(true);
            article.querySelectorAll("pre, code, .katex").forEach(e => e.remove());
            return article.textContent;
        }"""
    )
    assert not re.findall(r"\\[(\[a-zA-Z]+|\$[^$\n]+\$", text)
    assert opened.page.locator(".katex-error").count() == 0
    formulas = opened.page.locator(".katex").count()
    assert opened.page.locator(".katex math").count() == formulas


def test_figures_have_a_place_before_they_are_there(opened: Visit) -> None:
    sized = "i => i.width > 0 && i.hasAttribute('width') && i.hasAttribute('height')"
    images = "[...document.querySelectorAll('article img')].filter(i => i.offsetParent)"
    assert opened.page.evaluate(f"{images}.every({sized})")


def test_nothing_is_wider_than_a_phone(opened: Visit) -> None:
    opened.page.set_viewport_size({"width": 375, "height": 740})
    width = opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.set_viewport_size(DESK)
    assert width <= 375


def test_code_is_seen_whole_on_a_desk(opened: Visit) -> None:
    cut = """() => [...document.querySelectorAll("article .language-python pre > code")]
        .filter(code => code.scrollWidth > code.clientWidth)
        .map(code => code.textContent)"""
    assert opened.page.evaluate(cut) == []


def test_the_copy_button_yields_the_code_that_ran(
    opened: Visit, source: Source
) -> None:
    copied = opened.page.evaluate(COPIED)
    assert [text for _, text in copied] == [
        block.source.text.rstrip() for block in source.blocks
    ]
    for block, (classes, _) in zip(source.blocks, copied, strict=True):
        assert block.kind in ["python", *classes]
    shell = opened.page.locator("div.language-bash").count()
    buttons = opened.page.locator(".highlight > .copy-bar").count()
    assert buttons == len(source.blocks) + shell


def test_what_the_page_shows_is_what_was_printed(opened: Visit, source: Source) -> None:
    shown = opened.page.locator("div.language-output code").all_inner_texts()
    outputs = [block.output.text for block in source.blocks if block.output]
    written = [text.expandtabs(4) for text in outputs]  # Markdown knows no tabs
    assert [text.rstrip() for text in shown] == [text.rstrip() for text in written]


def test_nothing_went_wrong_all_the_while(opened: Visit) -> None:
    """The last test of a page, so that it sees what the others have set off."""
    opened.page.wait_for_load_state("networkidle")
    assert opened.troubles == []
    broken = "[...document.images].filter(i => i.offsetParent && !i.naturalWidth)"
    assert opened.page.evaluate(f"{broken}.map(i => i.src)") == []


FAINT = (
    "article h2",
    "article p:last-of-type",
    "article .language-python code .kn",
    "article .language-output code",
    "nav.md-nav a",
)


@pytest.mark.parametrize("which", ["last", "all"])
def test_faint_words_are_noticed(visit: Visit, which: str) -> None:
    """Of each kind, be it all of them, or a single one behind others that are well."""
    page, passed = visit.open("linear-regression/loss/"), set[str]()
    assert violations(page, passed=passed) == []
    for kind in FAINT:
        words = page.locator(kind).filter(visible=True)
        words = words.last if which == "last" else words
        words.evaluate_all("all => all.forEach(one => one.style.color = '#d0d0d0')")
    page.evaluate(FADED)
    found = violations(page, passed=passed)
    assert all(text.startswith("color-contrast") for text in found)
    assert len(found) >= len(FAINT)


@pytest.mark.parametrize(
    "act",
    [
        "eval('1')",
        "document.head.append(Object.assign(document.createElement('script'), "
        "{textContent: 'window.alien = 1'}))",
        "document.body.append(Object.assign(document.createElement('style'), "
        "{textContent: 'p {color: red}'}))",
        "document.body.append(Object.assign(new Image, {src: 'https://example.org/x'}))",
        "fetch('https://example.org/x').catch(() => {})",
    ],
)
def test_what_the_policy_forbids_is_noticed(visit: Visit, act: str) -> None:
    page = visit.open("linear-regression/loss/")
    assert visit.troubles == []
    act = f"setTimeout(() => {{ {act} }})"  # in the page, where the policy holds
    page.evaluate(act)
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in trouble for trouble in visit.troubles)
    assert not page.evaluate("window.alien")


def test_the_built_html_names_no_other_host(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"?(https?:)?//")
    styles = re.compile(r"<link[^>]+rel=\"?(?:stylesheet|preload|preconnect)[^>]+//")
    for path in site.rglob("*.html"):
        text = html.unescape(path.read_text(encoding="utf-8"))
        assert not loading.search(text), path
        assert not styles.search(text), path
