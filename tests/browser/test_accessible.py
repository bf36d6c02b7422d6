"""Every page in light and in dark: its words can be read, its figures follow."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from ahead import do_last
from audit import DESK, OF_COLOURS, RULES, Scheme, switch, unfold, violations
from hosting import built_site, hosted, started
from lessons.pages.publishing.pdf import find_chromium
from urls import URLS
from visit import Visit

RULES_OF: dict[Scheme, list[str]] = {"light": RULES, "dark": OF_COLOURS}
BROWSERS = 2  # axe keeps one processor busy
FIGURES = """() => [...document.querySelectorAll("article img")]
    .filter(i => i.offsetParent).map(i => i.getAttribute("src"))"""


@dataclass
class Look:
    """How a page looks in a scheme: what axe finds wrong, which figures it shows."""

    faults: list[str]
    figures: list[str]


Looks = dict[tuple[str, Scheme], Look]


@do_last
def looks(session: pytest.Session, _folder: Path) -> Looks:
    """Return how each page looks in each scheme; two browsers look side by side."""
    site, chromium = built_site(session), find_chromium()
    if not chromium:
        return {}
    with hosted(site) as address, ThreadPoolExecutor(BROWSERS) as pool:
        look = partial(look_at, chromium, address)
        parts = pool.map(look, (URLS[n::BROWSERS] for n in range(BROWSERS)))
        return {key: value for part in parts for key, value in part.items()}


def look_at(chromium: str, address: str, urls: list[str]) -> Looks:
    """Return how some pages look, in a browser of their own."""
    found: Looks = {}
    passed: dict[Scheme, set[str]] = {scheme: set() for scheme in RULES_OF}
    with started(chromium) as browser:
        for url in urls:
            context = browser.new_context(
                viewport=DESK, color_scheme="light", reduced_motion="reduce"
            )
            page = Visit(context.new_page(), address).open(url, until="load")
            unfold(page)
            for scheme, rules in RULES_OF.items():
                switch(page, scheme)
                figures = page.evaluate(FIGURES)
                faults = violations(page, rules, passed[scheme])
                found[url, scheme] = Look(faults, figures)
            context.close()
    return found


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("scheme", RULES_OF)
@pytest.mark.parametrize("url", URLS)
def test_the_page_is_accessible(url: str, scheme: Scheme, looks: Looks) -> None:
    assert looks[url, scheme].faults == []


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("url", URLS)
def test_figures_follow_the_scheme(url: str, looks: Looks) -> None:
    light = looks[url, "light"].figures
    assert all(name.endswith(".svg#only-light") for name in light)
    assert looks[url, "dark"].figures == [
        name.replace(".svg#only-light", ".dark.svg#only-dark") for name in light
    ]
