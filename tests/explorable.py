"""A figure that readers move, on a page with nothing else, and ways to move it."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from sandbox import ROOT

ASSETS = ROOT / "docs/assets"
SHEETS = ("site", "blocks", "explore")
DOCUMENT = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Explorable</title>
{sheets}
<script src="{loader}" defer></script>
<body data-md-color-scheme="{scheme}" style="background: var(--paper)">
<main class="md-typeset"><article class="md-content__inner md-typeset">
<h1>A figure to move</h1>
{far}<div class="explore" data-figure="{figure}">
<p class="explore__wait">This figure can be moved in a moment.</p></div>
</article></main>
"""


def written(
    folder: Path, figure: str, start: object, scheme: str = "default", far: str = ""
) -> str:
    links = (f"css/{name}.css" for name in SHEETS)
    sheets = "".join(
        f'<link rel="stylesheet" href="{(ASSETS / link).as_uri()}">' for link in links
    )
    loader = (ASSETS / "javascripts/explore.js").as_uri()
    page = folder / "index.html"
    page.write_text(
        DOCUMENT.format(
            sheets=sheets, loader=loader, scheme=scheme, figure=figure, far=far
        ),
        encoding="utf-8",
    )
    state = f"explorables.give({json.dumps({figure: start})})\n"
    (folder / "explore.js").write_text(state, encoding="utf-8")
    return page.as_uri()


@contextmanager
def opened(browser: Browser, url: str, **options: object) -> Iterator[Page]:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(url)
    expect(page.locator(".explore")).to_have_attribute("data-state", "ready")
    yield page
    assert troubles == []
    context.close()


def as_number(text: str) -> float:
    return float(text.replace("−", "-").split()[0])


def shown(page: Page) -> dict[str, float]:
    """Return each number of the figure by its name, as readers see it."""
    places = page.locator("[data-shows]").all()
    return {
        str(p.get_attribute("data-shows"))
        + ("" if p.evaluate("e => e.tagName") == "DD" else "!"): as_number(
            p.inner_text()
        )
        for p in places
    }


def is_as_shown(value: float, exact: float, rounding: float = 0.0) -> bool:
    """Whether a number with four digits is the rounded one.

    Args:
        value: What is shown; `exact`: what it should be.
        rounding: What may be left of numbers that cancel.
    """
    if not math.isfinite(exact):
        return value == exact
    unit = 10.0 ** (math.floor(math.log10(abs(exact))) - 3) if exact else 1e-12
    return abs(value - exact) <= max(0.5 * unit * (1 + 1e-6), rounding)


def centre(grip: Locator) -> tuple[float, float]:
    """Return the middle of a handle on the screen."""
    box = grip.locator("circle").first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, grip: Locator, by: float) -> None:
    """Drag a handle to the right with the mouse."""
    x, y = centre(grip)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y, steps=3)
    page.mouse.move(x + by, y, steps=3)
    page.mouse.up()


def swipe(page: Page, grip: Locator, by: float) -> None:
    """Drag a handle to the right with a finger."""
    _touch(page, centre(grip), (by, 0))


def swipe_down(page: Page, grip: Locator, by: float) -> None:
    """Drag a handle down with a finger."""
    _touch(page, centre(grip), (0, by))


def _touch(page: Page, at: tuple[float, float], by: tuple[float, float]) -> None:
    devtools = page.context.new_cdp_session(page)
    for kind, share in (("Start", 0.0), ("Move", 0.5), ("Move", 1.0), ("End", None)):
        points = []
        if share is not None:
            points = [{"x": at[0] + share * by[0], "y": at[1] + share * by[1]}]
        event = {"type": f"touch{kind}", "touchPoints": points}
        devtools.send("Input.dispatchTouchEvent", event)
