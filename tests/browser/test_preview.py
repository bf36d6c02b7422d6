"""Previews of the glossary's terms, in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """Open a page that links to terms."""
    page = browser.new_page()
    page.goto((site / "linear-regression/loss/index.html").as_uri())
    yield page
    page.close()


@pytest.fixture
def link() -> str:
    """Return the selector of a link to a term."""
    return ".md-content a.term >> nth=0"


def test_a_term_is_explained_on_hover_and_can_be_read(page: Page, link: str) -> None:
    preview = page.get_by_role("tooltip")
    page.hover(link)
    expect(preview).to_be_visible()
    assert len(preview.inner_text()) > 20
    preview.hover()
    page.wait_for_timeout(400)
    expect(preview).to_be_visible()
    page.mouse.move(0, 0)
    expect(preview).to_be_hidden()


def test_a_term_is_explained_on_focus_until_escape(page: Page, link: str) -> None:
    page.locator(link).evaluate("link => link.focus({ focusVisible: true })")
    preview = page.get_by_role("tooltip")
    expect(preview).to_be_visible()
    expect(page.locator(link)).to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(page.locator(link)).to_be_focused()
    expect(page.locator(link)).not_to_have_attribute("aria-describedby", "preview")


def test_a_preview_stays_with_its_link(page: Page, link: str) -> None:
    page.locator(link).evaluate("link => link.focus({ focusVisible: true })")
    preview = page.get_by_role("tooltip")
    before = preview.bounding_box()
    page.evaluate("scrollBy({ top: 50, behavior: 'instant' })")
    page.wait_for_timeout(100)
    after = preview.bounding_box()
    assert before
    assert after
    assert before["y"] - after["y"] == pytest.approx(50, abs=2)
    page.evaluate("scrollTo({ top: 5000, behavior: 'instant' })")
    expect(preview).to_be_hidden()
