"""The built site in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hosting import hosted, started
from lessons.pages.publishing.pdf import find_chromium
from visit import Visit, watch


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
