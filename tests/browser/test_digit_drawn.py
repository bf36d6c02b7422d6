"""A drawn digit is read as PyTorch reads it."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page
from torch import Tensor, nn

from explorable import is_as_shown, opened, written


def reader(*widths: int) -> nn.Sequential:
    """Return a reader of digits with random weights, in float64."""
    torch.manual_seed(0)
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1]).double()


def parameters(model: nn.Module) -> list[list[object]]:
    pairs = zip(*[iter(model.parameters())] * 2, strict=True)
    return [[each.tolist() for each in pair] for pair in pairs]


READERS = {"line": reader(64, 10), "network": reader(64, 12, 10)}
START = {
    "readers": {name: parameters(model) for name, model in READERS.items()},
    "ink": 16,
    "softmax": True,
}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "draw-a-digit", START)
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def drawn(page: Page) -> Tensor:
    """Return the ink of 8 by 8 pixels, counted from the colours of the drawing."""
    page.locator(".explore__button").first.focus()  # the pen is not on the picture
    cells = page.locator("canvas").first.evaluate("""canvas => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, 256, 256)
        return Array.from({length: 1024}, (_, i) =>
            data[4 * (256 * (8 * Math.floor(i / 32) + 4) + 8 * (i % 32) + 4)] > 127)
    }""")
    rows = torch.tensor(cells, dtype=torch.float64).reshape(8, 4, 8, 4)
    return rows.sum(dim=(1, 3)).flatten()


def check(page: Page) -> Tensor:
    """Hold what is shown to PyTorch, for what is drawn; return the ink."""
    ink = drawn(page)
    told = page.locator(".explore").get_attribute("data-ink")
    assert [float(n) for n in str(told).split(",")] == ink.tolist()
    for name, model in READERS.items():
        chances = model(ink / 16).softmax(dim=0)
        answer = page.locator(f"dd[data-shows={name}]").inner_text()
        assert int(answer) == chances.argmax().item()
    best = float(page.locator("dd[data-shows=best]").inner_text())
    assert is_as_shown(best, chances.max().item())
    return ink


def stroke(page: Page, *points: tuple[float, float]) -> None:
    """Draw through points, in shares of the width and the height."""
    box = page.locator("canvas").first.bounding_box()
    assert box
    for number, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        if not number:
            page.mouse.down()
    page.mouse.up()


STROKES = [
    [(0.3, 0.1), (0.7, 0.1), (0.5, 0.9)],
    [(0.5, 0.1), (0.5, 0.9)],
    [(0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8)],
    [(0.5, 0.1), (0.8, 0.5), (0.5, 0.9), (0.2, 0.5), (0.5, 0.1)],
    [(0.1, 0.5), (0.9, 0.5)],
]


def test_with_the_mouse(page: Page) -> None:
    assert check(page).sum() == 0
    for points in STROKES:
        before = check(page)
        stroke(page, *points)
        assert check(page).sum() > before.sum()
    for points in STROKES:
        page.get_by_role("button", name="Clear").click()
        assert check(page).sum() == 0
        stroke(page, *points)
        assert check(page).sum() > 0
    page.get_by_role("button", name="Fill").click()
    assert check(page).unique().tolist() == [16]


def test_with_a_finger(page: Page) -> None:
    box = page.locator("canvas").first.bounding_box()
    assert box
    devtools = page.context.new_cdp_session(page)
    for kind, share in (("Start", 0.2), ("Move", 0.5), ("Move", 0.8), ("End", None)):
        points = []
        if share is not None:
            x, y = (
                box[a] + share * box[b] for a, b in (("x", "width"), ("y", "height"))
            )
            points = [{"x": x, "y": y}]
        event = {"type": f"touch{kind}", "touchPoints": points}
        devtools.send("Input.dispatchTouchEvent", event)
    diagonal = check(page).reshape(8, 8).diagonal()
    assert (diagonal[2:6] > 0).all()


def test_with_the_keyboard(page: Page) -> None:
    paper = page.get_by_role("application")
    paper.focus()
    for key in ("ArrowUp", " ", *["ArrowDown"] * 9, " ", *["ArrowLeft"] * 12, " "):
        page.keyboard.press(key)
    status = page.locator(".explore__voice")
    page.wait_for_timeout(600)
    assert "Pen down, column 4, row 24." in status.inner_text()
    ink = check(page).reshape(8, 8)
    assert (ink[4:6, 3:5].sum(), ink[0].sum()) > (0, 0)
    assert ink[5, 2] == 0  # the pen was lifted on its way
    assert ink[5, 1] > 0
