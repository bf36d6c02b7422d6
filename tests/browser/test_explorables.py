"""Figures that readers move, each on a page with nothing else.

Every number that is shown after a mouse, a finger or a key has moved something is held
to what PyTorch gives for the settings that the page then has.
"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox import ROOT

ASSETS = ROOT / "docs/assets"
SHEETS = ("site", "blocks", "explore")
START = {"x": 2.0, "y": 6.0, "weight": 8.0, "learning_rate": 0.02}
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


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "gradient-descent", START)
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


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


def is_as_shown(value: float, exact: float) -> bool:
    """Whether a number with four digits is the rounded one."""
    if not math.isfinite(exact):
        return value == exact
    unit = 10.0 ** (math.floor(math.log10(abs(exact))) - 3) if exact else 1e-12
    return abs(value - exact) <= 0.5 * unit * (1 + 1e-6)


def check_gradient_descent(page: Page) -> None:
    """Hold what is shown to a run of PyTorch from the settings of the page."""
    found = shown(page)
    start, rate, steps = found["weight!"], found["learning_rate!"], int(found["step"])
    weight = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=rate)
    for _ in range(steps + 1):
        before = weight.item()
        loss = torch.nn.functional.mse_loss(
            weight * START["x"], weight.new_tensor(START["y"])
        )
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        assert weight.grad is not None
        gradient = weight.grad.item()
        optimizer.step()
    factor = 1 - rate * 2 * START["x"] ** 2
    wanted = {
        "weight": before,
        "loss": loss.item(),
        "gradient": gradient,
        "factor": factor,
    }
    for name, exact in wanted.items():
        assert is_as_shown(found[name], exact), (name, found, exact)
    rule = page.locator(".explore__rule").inner_text()
    pieces = rule.replace("(", "").replace(")", "").replace("next weight = ", "")
    numbers = [
        as_number(p)
        for p in pieces.replace(" − ", " · ").replace(" = ", " · ").split(" · ")
    ]
    for value, exact in zip(
        numbers, (before, rate, gradient, weight.item()), strict=True
    ):
        assert is_as_shown(value, exact), (rule, exact)


def drag(page: Page, grip: Locator, by: float) -> None:
    box = grip.locator("circle").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y, steps=3)
    page.mouse.move(x + by, y, steps=3)
    page.mouse.up()


def swipe(page: Page, grip: Locator, by: float) -> None:
    box = grip.locator("circle").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    devtools = page.context.new_cdp_session(page)
    for kind, at in (
        ("Start", x),
        ("Move", x + by / 2),
        ("Move", x + by),
        ("End", None),
    ):
        points = [] if at is None else [{"x": at, "y": y}]
        devtools.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )


def test_the_numbers_are_those_of_pytorch_with_the_mouse(page: Page) -> None:
    grip = page.get_by_role("slider", name="Start weight")
    step = page.get_by_role("button", name="Step")
    seen = set()
    for by in (-120, 40, -30, 25, -60, 35, 80):
        drag(page, grip, by)
        check_gradient_descent(page)
        seen.add(shown(page)["weight!"])
        step.click()
        check_gradient_descent(page)
        page.get_by_role("button", name="Back to the start").click()
        check_gradient_descent(page)
    assert len(seen) > 5


def test_the_numbers_are_those_of_pytorch_with_a_finger(page: Page) -> None:
    grip = page.get_by_role("slider", name="Start weight")
    seen = set()
    for by in (-100, 50, -40, -30, 60):
        swipe(page, grip, by)
        check_gradient_descent(page)
        seen.add(shown(page)["weight!"])
    assert len(seen) > 3
    page.get_by_role("button", name="Step").tap()
    check_gradient_descent(page)
    assert shown(page)["step"] == 1


def test_the_numbers_are_those_of_pytorch_with_the_keyboard(page: Page) -> None:
    rate = page.get_by_role("slider", name="learning rate")
    weight = page.get_by_role("slider", name="start weight", exact=True)
    grip = page.get_by_role("slider", name="Start weight", exact=True)
    step = page.get_by_role("button", name="Step")
    for slider, keys in (
        (rate, ["ArrowRight", "End", "ArrowLeft", "Home", "PageUp"]),
        (weight, ["ArrowLeft", "Home", "End", "PageDown"]),
        (grip, ["ArrowLeft", "ArrowUp", "PageDown", "Home", "End"]),
    ):
        for key in keys:
            slider.focus()
            page.keyboard.press(key)
            check_gradient_descent(page)
            for _ in range(2):
                step.focus()
                page.keyboard.press("Enter")
            check_gradient_descent(page)
            assert shown(page)["step"] == 2


def test_a_run_ends_and_is_told(browser: Browser, tmp_path: Path) -> None:
    url = written(tmp_path, "gradient-descent", START | {"learning_rate": 0.3})
    with opened(browser, url, reduced_motion="reduce") as page:
        page.get_by_role("button", name="Run").click()
        assert shown(page)["step"] == 40  # at once, where less motion is asked for
        check_gradient_descent(page)
        expect(page.get_by_role("status")).to_contain_text("Step 40: weight")
        page.get_by_role("button", name="Run").click()
        assert shown(page)["step"] == 80
    with opened(browser, url) as page:
        page.get_by_role("button", name="Run").click()
        page.get_by_role("button", name="Pause").click()
        paused = shown(page)["step"]
        assert paused < 40
        check_gradient_descent(page)


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("width", [375, 1280])
def test_it_fits_and_is_accessible(
    browser: Browser, tmp_path: Path, scheme: str, width: int
) -> None:
    url = written(tmp_path, "gradient-descent", START, scheme)
    with opened(browser, url, viewport={"width": width, "height": 900}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        kept = page.locator(".explore").evaluate(
            "e => [parseFloat(getComputedStyle(e).minBlockSize), e.offsetHeight]"
        )
        assert kept[1] <= kept[0] + 0.5, "more height than is kept free: it would jump"
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()


def test_scripts_are_fetched_when_the_figure_comes_near(
    browser: Browser, tmp_path: Path
) -> None:
    far = '<p style="height: 4000px">Far above.</p>'
    url = written(tmp_path, "gradient-descent", START, far=far)
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_timeout(300)
    assert page.evaluate("typeof d3") == "undefined"
    page.locator(".explore").scroll_into_view_if_needed()
    expect(page.locator(".explore")).to_have_attribute("data-state", "ready")
    context.close()


def test_a_part_that_does_not_arrive_is_told(browser: Browser, tmp_path: Path) -> None:
    url = written(tmp_path, "gradient-descent", START)
    (tmp_path / "explore.js").unlink()
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".explore")).to_contain_text("The page is complete without it")
    context.close()


def test_without_scripts_there_is_no_place(browser: Browser, tmp_path: Path) -> None:
    url = written(tmp_path, "gradient-descent", START)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".explore")).to_be_hidden()
    context.close()


def test_the_scripts_are_light() -> None:
    import gzip

    scripts = [ASSETS / "d3/d3.min.js", *(ASSETS / "explorables").glob("*.js")]
    total = sum(len(gzip.compress(path.read_bytes())) for path in scripts)
    assert total < 150_000
