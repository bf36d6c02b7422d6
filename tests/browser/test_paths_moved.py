"""Ways down the map of a cost: every number that is shown is PyTorch's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page
from torch import nn
from torch.optim import SGD, Adam, Optimizer

from explorable import is_as_shown, opened, shown, written

X = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 5.5]
Y = [3.8, 7.4, 10.1, 12.8, 16.4, 18.7, 21.0]
ORDERS = {
    "shuffled": [[3, 0, 5, 1, 4, 2, 6], [6, 5, 0, 2, 1, 3, 4]],
    "by load": [[0, 1, 2, 3, 4, 5, 6]],
}
RULES: dict[str, Callable[..., Optimizer]] = {
    "SGD": SGD,
    "momentum": lambda p, lr: SGD(p, lr=lr, momentum=0.9),
    "Adam": Adam,
}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "paths", {"x": X, "y": Y, "orders": ORDERS})
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def chosen(page: Page, name: str) -> str:
    return str(page.locator(f"[data-name={name}]:checked").get_attribute("value"))


def check(page: Page) -> None:
    """Hold what is shown to a run of PyTorch, for the settings of the page."""
    found = shown(page)
    x, y = torch.tensor([X, Y], dtype=torch.float64)
    places = torch.zeros(2, dtype=x.dtype, requires_grad=True)
    optimizer = RULES[chosen(page, "rule")]([places], lr=float(chosen(page, "rate")))
    size, orders = int(chosen(page, "size")), ORDERS[chosen(page, "order")]
    batches = len(torch.arange(len(X)).split(size))
    for step in range(int(found["steps!"])):
        order = torch.tensor(orders[step // batches % len(orders)])
        batch = order.split(size)[step % batches]
        cost = nn.functional.mse_loss(places[0] * x[batch] + places[1], y[batch])
        optimizer.zero_grad()
        cost.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    cost = nn.functional.mse_loss(places[0] * x + places[1], y)
    wanted = {
        "weight": places[0].item(),
        "bias": places[1].item(),
        "cost": cost.item(),
        "epochs": found["steps!"] / batches,
    }
    for name, exact in wanted.items():
        assert is_as_shown(found[name], exact, rounding=1e-9), (name, found, exact)


@pytest.mark.parametrize("rule", RULES)
def test_all_choices(page: Page, rule: str) -> None:
    """With the mouse for the optimizer, a finger for the size, keys for the rate."""
    page.get_by_role("radio", name=rule, exact=True).click()
    check(page)
    for rate in ("0.003", "0.06", "0.3"):
        page.get_by_role("radio", name=rate, exact=True).press("Space")
        for size in ("1", "5"):
            page.locator(f"[data-name=size][value='{size}']").tap()
            check(page)
        page.get_by_role("radio", name="by load").click()
        check(page)
        page.get_by_role("radio", name="shuffled").click()


def test_the_slider_of_steps(page: Page) -> None:
    slider = page.get_by_role("slider", name="steps")
    for key in ("ArrowRight", "PageUp", "Home", "PageUp", "End"):
        slider.focus()
        page.keyboard.press(key)
        check(page)
    box = slider.bounding_box()
    assert box
    seen = set()
    for share in (0.2, 0.4, 0.7):
        place = box["x"] + share * box["width"], box["y"] + box["height"] / 2
        page.mouse.click(*place)
        check(page)
        seen.add(shown(page)["steps!"])
        page.touchscreen.tap(place[0] + 20, place[1])
        check(page)
    assert len(seen) == 3
