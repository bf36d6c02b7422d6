"""A visit to the built site in a browser."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Page, expect

RESULT = ".md-search [role=option]"


@dataclass
class Visit:
    """A tab, and what went wrong in it."""

    page: Page
    address: str
    url: str = ""
    troubles: list[str] = field(default_factory=list)

    def open(
        self, url: str, until: Literal["load", "networkidle"] = "networkidle"
    ) -> Page:
        """Open a page of the site, and wait until it is quiet.

        The network may be quiet while a busy processor still runs the page's scripts,
        and a key that is pressed then is lost: so the page is loaded first.
        """
        self.page.goto(self.address + url, wait_until="load")
        self.page.wait_for_load_state(until)
        return self.page


def watch(visit: Visit, allowed: str) -> None:
    """Note every console error, failed request and request to another place."""
    told, page = visit.troubles.append, visit.page
    page.on("console", lambda m: m.type in ("error", "warning") and told(m.text))
    page.on("pageerror", lambda error: told(f"script error: {error}"))
    page.on(  # what a page no longer wants, such as a figure for phones, is dropped
        "requestfailed",
        lambda r: r.failure == "net::ERR_ABORTED" or told(f"failed: {r.url}"),
    )
    page.on("response", lambda r: r.status >= 400 and told(f"{r.status}: {r.url}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((allowed, "data:", "blob:"))
            or told(f"a request to another place: {request.url}")
        ),
    )


def search(page: Page, words: str) -> None:
    """Type into the search, and wait until something is found."""
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator(RESULT).first).to_be_visible(timeout=30_000)
