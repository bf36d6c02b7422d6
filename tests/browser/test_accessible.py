"""Every page can be read by everyone, in light and in dark."""

from pathlib import Path

import pytest

from ahead import do_last
from audit import DESK, OF_COLOURS, RULES, Scheme, switch, unfold, violations
from hosting import built_site, hosted, started
from lessons.pages.publishing.pdf import find_chromium
from urls import URLS
from visit import Visit

Audits = dict[tuple[str, Scheme], list[str]]
RULES_OF: dict[Scheme, list[str]] = {"light": RULES, "dark": OF_COLOURS}


@do_last
def audits(session: pytest.Session, _folder: Path) -> Audits:
    """Return what axe finds wrong with each page in each scheme."""
    found: Audits = {}
    site, chromium = built_site(session), find_chromium()
    if not chromium:
        return found
    with started(chromium) as browser, hosted(site) as address:
        for url in URLS:
            context = browser.new_context(viewport=DESK, color_scheme="light")
            page = Visit(context.new_page(), address).open(url, until="load")
            unfold(page)
            for scheme, rules in RULES_OF.items():
                switch(page, scheme)
                found[url, scheme] = violations(page, rules)
            context.close()
    return found


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("scheme", RULES_OF)
@pytest.mark.parametrize("url", URLS)
def test_the_page_is_accessible(url: str, scheme: Scheme, audits: Audits) -> None:
    assert audits[url, scheme] == []
