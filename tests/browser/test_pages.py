"""Every page of the site, as people with different devices meet it."""

import html
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from lessons.pages.build import read_pages
from lessons.pages.links import target
from lessons.pages.project import Project
from sandbox import ROOT
from visit import Visit

PROJECT = Project(ROOT)
PAGES = {
    target(path, PROJECT).removesuffix("index.html"): path for path in PROJECT.pages()
}
URLS = sorted(PAGES)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = Axe()


def violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("url", URLS)
def test_a_page_on_a_desk(visit: Visit, url: str) -> None:
    page = visit.open(url)
    open_everything(page)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert visit.troubles == []
    broken = "[...document.images].filter(i => i.complete && !i.naturalWidth)"
    assert page.evaluate(f"{broken}.map(i => i.src)") == []
    assert page.locator("meta[name=description]").count() == 1
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("url", URLS)
def test_formulas_are_typeset(visit: Visit, url: str) -> None:
    page = visit.open(url)
    text = page.evaluate(
        """() => {
            const article = document.querySelector("article").cloneNode(true);
            article.querySelectorAll("pre, code, .katex").forEach(e => e.remove());
            return article.textContent;
        }"""
    )
    assert not re.findall(r"\\[(\[a-zA-Z]+|\$[^$\n]+\$", text)
    assert page.locator(".katex-error").count() == 0
    formulas = page.locator(".katex").count()
    assert page.locator(".katex math").count() == formulas


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", URLS)
def test_a_page_is_accessible(visit: Visit, url: str, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = visit.open(url)
    open_everything(page)
    assert violations(page) == []


@pytest.mark.parametrize("url", URLS)
def test_figures_follow_the_scheme(visit: Visit, url: str) -> None:
    shown = """() => [...document.querySelectorAll("article img")]
        .filter(i => i.offsetParent).map(i => i.getAttribute("src"))"""
    visit.page.emulate_media(color_scheme="light")
    page = visit.open(url)
    open_everything(page)
    light = page.evaluate(shown)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(50)
    dark = page.evaluate(shown)
    assert len(light) == len(dark)
    for one, other in zip(light, dark, strict=True):
        assert one.endswith(".svg#only-light")
        assert other == one.replace(".svg#only-light", ".dark.svg#only-dark")


@pytest.mark.parametrize("url", URLS)
def test_a_page_on_a_phone(visit: Visit, url: str) -> None:
    visit.page.set_viewport_size({"width": 375, "height": 740})
    page = visit.open(url)
    open_everything(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 375, f"{width} px wide"


@pytest.mark.parametrize("url", URLS)
def test_code_that_is_copied_is_the_code_that_ran(visit: Visit, url: str) -> None:
    (source,) = read_pages(PROJECT, [PAGES[url]])
    page = visit.open(url)
    open_everything(page)
    buttons = page.locator("button[data-md-type=copy], button.md-code__button")
    blocks = page.locator("div.language-python")
    assert blocks.count() == len(source.blocks)
    for index, block in enumerate(source.blocks):
        shown = blocks.nth(index)
        classes = (shown.get_attribute("class") or "").split()
        assert block.kind in ["python", *classes]
        button = shown.locator("button")
        assert button.count() == 1, "no copy button"
        button.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.rstrip("\n") == block.source.text.rstrip("\n")
    assert (
        buttons.count()
        == len(source.blocks) + page.locator("div.language-bash").count()
    )


@pytest.mark.parametrize("url", URLS)
def test_what_the_page_shows_is_what_was_printed(visit: Visit, url: str) -> None:
    (source,) = read_pages(PROJECT, [PAGES[url]])
    page = visit.open(url)
    open_everything(page)
    shown = page.locator("div.language-output code").all_inner_texts()
    written = [block.output.text for block in source.blocks if block.output]
    assert [text.rstrip("\n") for text in shown] == [text.rstrip() for text in written]


def test_the_built_html_names_no_other_host(site: Path) -> None:
    loading = re.compile(r"<(?:script|img|iframe|source)[^>]+src=\"?(https?:)?//")
    styles = re.compile(r"<link[^>]+rel=\"?(?:stylesheet|preload|preconnect)[^>]+//")
    for path in site.rglob("*.html"):
        text = html.unescape(path.read_text(encoding="utf-8"))
        assert not loading.search(text), path
        assert not styles.search(text), path
