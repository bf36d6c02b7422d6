"""Bent lines and their sum: every number that is shown is PyTorch's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser, Page
from torch import Tensor, nn

from explorable import drag, is_as_shown, opened, shown, swipe, written
from lessons.networks.bent_lines import bend_table, growth_readings

T, G = growth_readings()
NEW_T, NEW_G = growth_readings(pots=50, seed=1)


def fitted(count: int) -> dict[str, object]:
    places = torch.linspace(5, 40, count + 1)[:-1]
    weights = torch.linalg.lstsq(bend_table(T, places), G, driver="gelsd").solution
    *sizes, bias = weights.flatten().tolist()
    return {"places": places.tolist(), "sizes": sizes, "bias": bias}


FITS = {str(count): fitted(count) for count in (1, 3, 10, 80)}
START = {
    "places": [11, 25, 39],
    "sizes": [1.4, -2.8, 1.4],
    "fits": FITS,
    "t": T.flatten().tolist(),
    "g": G.flatten().tolist(),
    "new_t": NEW_T.flatten().tolist(),
    "new_g": NEW_G.flatten().tolist(),
}


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    url = written(tmp_path, "bent-lines", START)
    size = {"width": 900, "height": 900}
    with opened(browser, url, viewport=size, has_touch=True) as page:
        yield page


def network(places: list[float], sizes: list[float], bias: float) -> nn.Module:
    """Return the network of these bends, in float64."""
    made = nn.Sequential(
        nn.Linear(1, len(places)), nn.ReLU(), nn.Linear(len(places), 1)
    ).double()
    with torch.no_grad():
        made[0].weight.fill_(1)
        made[0].bias.copy_(-torch.tensor(places))
        made[2].weight.copy_(torch.tensor([sizes]))
        made[2].bias.fill_(bias)
    return made


def check(page: Page) -> None:
    """Hold what is shown to a network with the weights of the page."""
    found = shown(page)
    chosen = page.locator("[data-name=bends]:checked").get_attribute("value")
    if chosen == "own":
        grips = page.locator("[data-name^=place]").all()
        places = [float(str(grip.get_attribute("aria-valuenow"))) for grip in grips]
        model = network(places, [found[f"size-{i}!"] for i in range(3)], 0.0)
    else:
        model = network(**FITS[str(chosen)])  # type: ignore[arg-type]

    def error(t: Tensor, g: Tensor) -> float:
        return nn.functional.mse_loss(model(t.double()), g.double()).item()

    last = model(torch.tensor([[40.0]], dtype=torch.float64)).item()
    wanted = {"seen": error(T, G), "unseen": error(NEW_T, NEW_G), "last": last}
    for name, exact in wanted.items():
        # A network keeps its sizes in other float64s than a list, to the last digit.
        assert is_as_shown(found[name], exact, rounding=1e-5), (name, found, exact)


def test_with_the_mouse_and_a_finger(page: Page) -> None:
    seen = set()
    for number, move in enumerate((drag, swipe, drag)):
        grip = page.get_by_role("slider", name=f"Place of bend {number + 1}")
        for by in (-20, 15, -30):
            move(page, grip, by)
            check(page)
            seen.add((number, grip.get_attribute("aria-valuenow")))
    assert len(seen) > 6


def test_with_the_keyboard(page: Page) -> None:
    for number in range(3):
        for slider in (
            page.locator(f"input[name=size-{number}]"),
            page.get_by_role("slider", name=f"Place of bend {number + 1}"),
        ):
            for key in ("ArrowRight", "End", "PageDown", "ArrowUp"):
                slider.focus()
                page.keyboard.press(key)
                check(page)


def test_the_fits_are_those_of_the_run(page: Page) -> None:
    for count in FITS:
        page.get_by_role("radio", name=f"{count} fitted", exact=True).check()
        check(page)
    page.locator("input[name=size-0]").press("ArrowRight")  # one's own again
    assert page.get_by_role("radio", name="your three").is_checked()
    check(page)
