"""What floats above a page keeps out of the way."""

import pytest

from visit import Visit


@pytest.mark.parametrize("width", [390, 1280])
def test_the_way_back_to_the_top_covers_a_corner_only(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open("linear-regression/loss/")
    page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
    page.wait_for_timeout(100)
    page.evaluate("scrollTo({top: 2500, behavior: 'instant'})")
    button = page.locator(".md-top")
    button.wait_for(state="visible")
    box = button.bounding_box()
    assert box
    assert max(box["width"], box["height"]) <= 48
    assert box["x"] + box["width"] > width - 40
    assert box["y"] + box["height"] > 760
    assert button.inner_text() != ""
