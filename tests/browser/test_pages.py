"""Every page of the site, as people with different devices meet it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from lessons.pages.project import Project
from lessons.pages.publishing.faults import target
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page as Source
from sandbox import ROOT
from visit import Visit, watch

PROJECT = Project(ROOT)
PAGES = {
    target(path, PROJECT).removesuffix("index.html"): path for path in PROJECT.pages()
}
URLS = sorted(PAGES)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = Axe()
DESK: ViewportSize = {"width": 1280, "height": 900}
# Colours fade over: settled once every transition has ended.
FADED = """() => Promise.allSettled(
    document.getAnimations()
        .filter(animation => animation instanceof CSSTransition)
        .map(transition => transition.finished)
)"""


def violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def switch(page: Page, scheme: Literal["dark", "light"]) -> None:
    """Tell the page what the system prefers, and wait until it follows."""
    page.emulate_media(color_scheme=scheme)
    name = {"dark": "slate", "light": "default"}[scheme]
    page.wait_for_selector(f"body[data-md-color-scheme={name}]")
    page.evaluate(FADED)


@pytest.fixture(scope="module", params=URLS)
def opened(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[Visit]:
    """Open a page once for all tests, everything on it unfolded and scrolled past."""
    context = browser.new_context(viewport=DESK, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), address, request.param)
    watch(visit, address)
    page = visit.open(request.param)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    yield visit
    context.close()


@pytest.fixture
def source(opened: Visit) -> Source:
    """Return the page as it is written."""
    return read_pages(PROJECT, [PAGES[opened.url]])[0]


def test_nothing_went_wrong(opened: Visit) -> None:
    assert opened.troubles == []
    broken = "[...document.images].filter(i => i.offsetParent && !i.naturalWidth)"
    assert opened.page.evaluate(f"{broken}.map(i => i.src)") == []


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


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_page_is_accessible(
    opened: Visit, scheme: Literal["dark", "light"]
) -> None:
    switch(opened.page, scheme)
    assert violations(opened.page) == []


def test_figures_follow_the_scheme(opened: Visit) -> None:
    shown = """() => [...document.querySelectorAll("article img")]
        .filter(i => i.offsetParent).map(i => i.getAttribute("src"))"""
    switch(opened.page, "dark")
    dark = opened.page.evaluate(shown)
    switch(opened.page, "light")
    light = opened.page.evaluate(shown)
    expected = [
        name.replace(".svg#only-light", ".dark.svg#only-dark") for name in light
    ]
    assert all(name.endswith(".svg#only-light") for name in light)
    assert dark == expected


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
    blocks = opened.page.locator("div.language-python")
    assert blocks.count() == len(source.blocks)
    for index, block in enumerate(source.blocks):
        shown = blocks.nth(index)
        classes = (shown.get_attribute("class") or "").split()
        assert block.kind in ["python", *classes]
        shown.locator("button").evaluate("button => button.click()")
        opened.page.wait_for_function(
            "text => navigator.clipboard.readText().then(t => t.trimEnd() === text)",
            arg=block.source.text.rstrip(),
        )
    shell = opened.page.locator("div.language-bash").count()
    buttons = opened.page.locator(".highlight button").count()
    assert buttons == len(source.blocks) + shell


def test_what_the_page_shows_is_what_was_printed(opened: Visit, source: Source) -> None:
    shown = opened.page.locator("div.language-output code").all_inner_texts()
    outputs = [block.output.text for block in source.blocks if block.output]
    written = [text.expandtabs(4) for text in outputs]  # Markdown knows no tabs
    assert [text.rstrip() for text in shown] == [text.rstrip() for text in written]


def test_the_built_html_names_no_other_host(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"?(https?:)?//")
    styles = re.compile(r"<link[^>]+rel=\"?(?:stylesheet|preload|preconnect)[^>]+//")
    for path in site.rglob("*.html"):
        text = html.unescape(path.read_text(encoding="utf-8"))
        assert not loading.search(text), path
        assert not styles.search(text), path
