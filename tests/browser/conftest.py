"""The built site in Chromium."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from ahead import do_last
from hosting import built_site, hosted, started
from lessons.pages.publishing.pdf import find_chromium
from seen import Seen, see
from urls import URLS
from visit import Visit, watch

BROWSERS = 2  # axe keeps one processor busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = find_chromium()
    if not found:
        pytest.fail(
            "no Chromium found, so no page was looked at: install it, set CHROMIUM "
            "to its path, or leave these tests out with make test BROWSER=no",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with started(chromium) as instance:
        yield instance


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with hosted(site) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    visit = Visit(page, address)
    watch(visit, address)
    yield visit
    context.close()


@do_last
def looks(session: pytest.Session, _folder: Path) -> dict[str, Seen | Error]:
    """Return what is seen of each page; two browsers look side by side."""
    site, chromium = built_site(session), find_chromium()
    if not chromium:
        return {}
    with hosted(site) as address, ThreadPoolExecutor(BROWSERS) as pool:
        parts = pool.map(
            partial(see, chromium, address),
            (URLS[n::BROWSERS] for n in range(BROWSERS)),
        )
        return {url: seen for part in parts for url, seen in part.items()}


@pytest.fixture(params=URLS)
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of each page in turn."""
    return str(request.param)


@pytest.fixture
def seen(url: str, chromium: str, looks: dict[str, Seen | Error]) -> Seen:
    """Return what was seen of a page."""
    assert chromium
    found = looks[url]
    if isinstance(found, Error):
        raise found
    return found
