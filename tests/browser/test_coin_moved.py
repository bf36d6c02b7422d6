"""The likelihood of a coin: every number that is shown is PyTorch's."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page
from torch.distributions import Bernoulli

from explorable import as_number, drag, is_as_shown, opened, shown, swipe, written


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "coin", {"heads": 7.0, "tails": 3.0, "theta": 0.5})
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def check(page: Page) -> None:
    """Hold what is shown to PyTorch, for the settings of the page."""
    found = shown(page)
    heads, tails = int(found["heads!"]), int(found["tails!"])
    theta = torch.tensor(found["theta!"], dtype=torch.float64)
    tosses = theta.new_tensor([1.0] * heads + [0.0] * tails)
    log = Bernoulli(probs=theta).log_prob(tosses).sum() if 0 < theta < 1 else None
    if log is None:  # where `Bernoulli` clips: 0 to the power of 0 is 1
        log = (torch.xlogy(tosses, theta) + torch.xlogy(1 - tosses, 1 - theta)).sum()
    wanted = {
        "likelihood": log.exp().item(),
        "log": log.item(),
        "loss": -log.item() / (heads + tails),
        "estimate": tosses.mean().item(),
    }
    for name, exact in wanted.items():
        assert is_as_shown(found[name], exact), (name, found, exact)
    rule = page.locator(".explore__rule")
    assert rule.locator("sup").all_inner_texts() == [str(heads), str(tails)]
    shown_value = as_number(rule.inner_text().split("=")[1])
    assert is_as_shown(shown_value, wanted["likelihood"])


def test_with_the_mouse_and_a_finger(page: Page) -> None:
    grip = page.get_by_role("slider", name="Theta")
    seen = set()
    for move in (drag, swipe):
        for by in (-40, 25, 60, -30, 20):
            move(page, grip, by)
            check(page)
            seen.add(shown(page)["theta!"])
    assert len(seen) > 6


def test_with_the_keyboard(page: Page) -> None:
    for name, keys in (
        ("heads", ["ArrowRight", "End", "ArrowLeft", "Home", "PageUp"]),
        ("tails", ["ArrowRight", "End", "Home", "PageUp", "ArrowLeft"]),
        ("θ", ["ArrowRight", "End", "Home", "PageUp", "ArrowUp"]),
        ("Theta", ["ArrowRight", "Home", "End", "PageDown", "ArrowLeft"]),
    ):
        slider = page.get_by_role("slider", name=name, exact=True)
        for key in keys:
            slider.focus()
            page.keyboard.press(key)
            check(page)


def test_without_a_toss_there_is_no_peak(page: Page) -> None:
    for name in ("heads", "tails"):
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press("Home")
    values = page.locator("dd").all_inner_texts()
    assert values == ["no toss yet", "1", "0", "no toss yet"]


def test_theta_at_an_end_makes_what_happened_impossible(page: Page) -> None:
    page.get_by_role("slider", name="Theta").focus()
    page.keyboard.press("End")
    assert shown(page)["log"] == -math.inf
    assert shown(page)["likelihood"] == 0
