"""The walk down the valley: every number that is shown is PyTorch's.

After a mouse, a finger or a key has moved something, what is shown is held to a run of
PyTorch from the settings that the page then has.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page, expect

from explorable import as_number, drag, is_as_shown, opened, shown, swipe, written

START = {"x": 2.0, "y": 6.0, "weight": 8.0, "learning_rate": 0.02}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "gradient-descent", START)
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


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
