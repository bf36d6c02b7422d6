"""A classifier and its two costs: every number that is shown is PyTorch's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page
from torch import nn

from explorable import drag, is_as_shown, opened, shown, swipe, written

X = [-3.0, -2.0, -1.0, 1.0, 2.0, 3.0]
Y = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "classifier", {"x": X, "y": Y, "weight": 1.0, "bias": 4.0})
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def check(page: Page, weight: float | None = None, bias: float | None = None) -> None:
    """Hold what is shown to PyTorch, by default for where the sliders are."""
    found = shown(page)
    settings = (
        found["weight!"] if weight is None else weight,
        found["bias!"] if bias is None else bias,
    )
    x, y = torch.tensor([X, Y], dtype=torch.float64)
    w, b = (torch.tensor(v, dtype=x.dtype, requires_grad=True) for v in settings)
    scores = w * x + b
    entropy = nn.functional.binary_cross_entropy_with_logits(scores, y)
    square = nn.functional.mse_loss(torch.sigmoid(scores), y)
    of_entropy = torch.autograd.grad(entropy, (w, b), retain_graph=True)
    of_square = torch.autograd.grad(square, (w, b))
    wanted = {
        "weight": settings[0],
        "bias": settings[1],
        "mistakes": ((scores > 0).double() != y).sum().item(),
        "entropy": entropy.item(),
        "entropy_w": of_entropy[0].item(),
        "entropy_b": of_entropy[1].item(),
        "square": square.item(),
        "square_w": of_square[0].item(),
        "square_b": of_square[1].item(),
    }
    for name, exact in wanted.items():
        assert is_as_shown(found[name], exact, rounding=1e-15), (name, found, exact)


def test_with_the_mouse_and_a_finger(page: Page) -> None:
    grip = page.get_by_role("slider", name="Bias", exact=True)
    seen = set()
    for move in (drag, swipe):
        for by in (-60, 25, -40, 70, 10, -20):
            move(page, grip, by)
            check(page)
            seen.add(shown(page)["bias!"])
    assert len(seen) > 8


def test_with_the_keyboard(page: Page) -> None:
    for slider in (
        page.locator("input[name=weight]"),
        page.locator("input[name=bias]"),
    ):
        for key in ("ArrowRight", "End", "PageDown", "Home", "ArrowUp", "PageUp"):
            slider.focus()
            page.keyboard.press(key)
            check(page)


def test_a_step_is_that_of_sgd(page: Page) -> None:
    x, y = torch.tensor([X, Y], dtype=torch.float64)
    parameters = torch.tensor([1.0, 4.0], dtype=x.dtype, requires_grad=True)
    optimizer = torch.optim.SGD([parameters], lr=1.0)
    for name in ("cross-entropy", "squared error", "cross-entropy", "cross-entropy"):
        p = torch.sigmoid(parameters[0] * x + parameters[1])
        binary = nn.functional.binary_cross_entropy
        cost = binary(p, y) if name == "cross-entropy" else nn.functional.mse_loss(p, y)
        optimizer.zero_grad()
        cost.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        page.get_by_role("button", name=f"Step on {name}").click()
        check(page, *parameters.tolist())
