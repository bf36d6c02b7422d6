"""Every page of the site, as people with different devices meet it."""

import html
import re
from pathlib import Path

import pytest

from audit import FADED, violations
from course import PAGES as COURSE
from lessons.pages.reading.steps import Page as Source
from seen import PHONE, Seen
from urls import PAGES, PROJECT
from visit import Visit


@pytest.fixture
def source(url: str) -> Source:
    """Return the page as it is written."""
    return COURSE[PROJECT.name(PAGES[url])]


def test_the_page_is_described(seen: Seen) -> None:
    assert len(seen.facts["description"]) >= 50
    assert seen.facts["headings"] == 1
    assert seen.facts["title"]


def test_formulas_are_typeset(seen: Seen) -> None:
    assert not re.findall(r"\\[(\[a-zA-Z]+|\$[^$\n]+\$", seen.facts["prose"])
    formulas, errors, typeset = seen.facts["formulas"]
    assert errors == 0
    assert typeset == formulas


def test_figures_have_a_place_before_they_are_there(seen: Seen) -> None:
    assert seen.facts["placeless"] == []


def test_nothing_is_wider_than_a_phone(seen: Seen) -> None:
    assert seen.width <= PHONE


def test_code_is_seen_whole_on_a_desk(seen: Seen) -> None:
    assert seen.facts["cut"] == []


def test_the_copy_button_yields_the_code_that_ran(seen: Seen, source: Source) -> None:
    assert [text for _, text in seen.copied] == [
        block.source.text.rstrip() for block in source.blocks
    ]
    for block, (classes, _) in zip(source.blocks, seen.copied, strict=True):
        assert block.kind in ["python", *classes]
    assert seen.facts["buttons"] == len(source.blocks) + seen.facts["shells"]


def test_what_the_page_shows_is_what_was_printed(seen: Seen, source: Source) -> None:
    outputs = [block.output.text for block in source.blocks if block.output]
    written = [text.expandtabs(4) for text in outputs]  # Markdown knows no tabs
    assert [text.rstrip() for text in seen.facts["outputs"]] == [
        text.rstrip() for text in written
    ]


def test_nothing_went_wrong_all_the_while(seen: Seen) -> None:
    assert seen.troubles == []
    assert seen.broken == []


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
