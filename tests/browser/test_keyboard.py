"""The way of a learner who has no pointer: from home to a chapter, and through it."""

import re

from playwright.sync_api import Page, expect

from visit import RESULT, Visit, search

CHAPTER = "linear-regression/gradient-descent/"
FARTHEST = 150  # stops from one station to the next
# What is wrong with where the focus is: it must be framed, on the screen, uncovered.
UNSEEN = """() => {
    const [stop, {outlineStyle, outlineWidth}] = [
        document.activeElement, getComputedStyle(document.activeElement),
    ]
    const box = stop.getClientRects()[0]
    const [x, y] = box ? [box.left + box.width / 2, box.top + box.height / 2] : [-1, -1]
    const top = document.elementFromPoint(x, y)
    const faults = [
        stop === document.body && "nowhere",
        (outlineStyle === "none" || parseFloat(outlineWidth) < 2) && "without a frame",
        top === null && "outside the screen",
        top && !stop.contains(top) && !top.contains(stop) && "covered",
    ].filter(Boolean)
    return faults.length ? [`${stop.outerHTML.slice(0, 80)}: ${faults}`] : []
}"""


def tab_to(page: Page, selector: str) -> None:
    """Go on from stop to stop, each of them seen, up to one that is looked for."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        assert page.evaluate(UNSEEN) == []
        is_there = "selector => document.activeElement.matches(selector)"
        if page.evaluate(is_there, selector):
            return
    raise AssertionError(f"no {selector} is reached")


def test_a_chapter_is_found_and_worked_through_with_keys_alone(visit: Visit) -> None:
    page, press = visit.open(""), visit.page.keyboard.press
    search(page, "gradient descent")
    press("ArrowDown")
    expect(page.locator(f"{RESULT}[aria-selected=true]")).to_be_in_viewport()
    page.wait_for_timeout(300)  # the field grows
    assert page.evaluate(UNSEEN) == []
    press("Enter")
    page.wait_for_url(re.compile(f"/{CHAPTER}#"))  # to a section, and on from there

    tab_to(page, ".predict-form input")
    page.keyboard.type("50")
    press("Enter")
    form = page.locator(".predict-form").first
    expect(form.get_by_role("status")).to_contain_text("the run gives")
    expect(page.locator("details.predict").first).to_have_attribute("open", "")

    tab_to(page, "details.tip > summary")
    hint = page.locator("details.tip").first
    expect(hint.locator("p").last).to_be_hidden()
    press("Enter")
    expect(hint.locator("p").last).to_be_visible()

    tab_to(page, ".copy-bar button:not([data-blocks])")
    code = page.evaluate("""() =>
        document.activeElement.closest(".highlight").querySelector("pre").innerText""")
    press("Enter")
    expect(page.locator(".md-dialog [role=status]")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.strip() != ""

    tab_to(page, ".lesson-footer a[href$='-exercises.ipynb']")
    with page.expect_download() as download:
        press("Enter")
    assert download.value.suggested_filename == "gradient-descent-exercises.ipynb"
    assert visit.troubles == []
