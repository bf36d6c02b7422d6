"""A line through readings: every number that is shown is PyTorch's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Locator, Page

from explorable import centre, is_as_shown, opened, shown, swipe_down, written

LOADS = [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
READINGS = [3.5, 9.8, 16.3, 22.4, 27.5, 34.6]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    start = {"x": LOADS, "y": READINGS, "weight": 8.0, "bias": 0.0}
    url = written(tmp_path, "fit-a-line", start)
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def grips(page: Page) -> list[Locator]:
    return page.locator("[data-name^=reading]").all()


def check(page: Page) -> None:
    """Hold what is shown to PyTorch, for the settings of the page."""
    found = shown(page)
    readings = [float(str(g.get_attribute("aria-valuenow"))) for g in grips(page)]
    x, y = torch.tensor([LOADS, readings], dtype=torch.float64)
    settings = [found["weight!"], found["bias!"]]
    w, b = (torch.tensor(v, dtype=y.dtype, requires_grad=True) for v in settings)
    loss = torch.nn.functional.mse_loss(w * x + b, y)
    by_weight, by_bias = torch.autograd.grad(loss, (w, b))
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(columns, y[:, None]).solution
    wanted = {
        "loss": loss.item(),
        "by_weight": by_weight.item(),
        "by_bias": by_bias.item(),
        "best_weight": best[0].item(),
        "best_bias": best[1].item(),
        "lowest": torch.nn.functional.mse_loss(columns @ best, y[:, None]).item(),
    }
    for name, exact in wanted.items():
        assert is_as_shown(found[name], exact, rounding=1e-12), (name, found, exact)


def test_with_the_mouse_and_a_finger(page: Page) -> None:
    check(page)
    before = [grip.get_attribute("aria-valuenow") for grip in grips(page)]
    for number, grip in enumerate(grips(page)):
        by = (-40, 30, -25, 35, 20, 60)[number]
        if number % 2:
            swipe_down(page, grip, by)
        else:
            x, y = centre(grip)
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x, y + by, steps=4)
            page.mouse.up()
        check(page)
    after = [grip.get_attribute("aria-valuenow") for grip in grips(page)]
    assert all(old != new for old, new in zip(before, after, strict=True))
    page.get_by_role("button", name="Best line").click()
    check(page)
    assert abs(shown(page)["loss"] - shown(page)["lowest"]) < 0.1
    page.get_by_role("button", name="Readings as they were").click()
    check(page)
    assert [grip.get_attribute("aria-valuenow") for grip in grips(page)] == before


def test_with_the_keyboard(page: Page) -> None:
    sliders = [
        page.get_by_role("slider", name=n, exact=True) for n in ("weight", "bias")
    ]
    for slider in (*sliders, *grips(page)[:3]):
        for key in ("ArrowRight", "End", "PageDown", "Home", "ArrowUp"):
            slider.focus()
            page.keyboard.press(key)
            check(page)
