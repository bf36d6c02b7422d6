"""Predictions in the browser, on a page with nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from lessons.pages.project import Project
from sandbox import ROOT

TEXT = """\
# Predictions

??? predict "How large is the `loss` after one step?"

    7.84{= f"{loss:.4g}" }

    Because the step is short.

??? predict "Which shape comes out?"

    `(2, 3)`{= tuple(x.shape) }

    - `(3, 2)`: rows come first.
    - `(1, 6)`: nothing is flattened.

??? predict "What does it print?"

    `tensor([1, 2])`{= x }
"""
ASSETS = ROOT / "docs/assets"
DOCUMENT = f"""\
<!doctype html>
<html lang="en" class="{{js}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Predictions</title>
<link rel="stylesheet" href="{(ASSETS / "css/site.css").as_uri()}">
<link rel="stylesheet" href="{(ASSETS / "css/blocks.css").as_uri()}">
<script src="{(ASSETS / "javascripts/predict.js").as_uri()}" defer></script>
<body data-md-color-scheme="{{scheme}}" style="background: var(--paper)">
<main class="md-typeset"><article class="md-content__inner md-typeset">{{words}}
</article></main>
"""


def written(folder: Path, js: str = "js", scheme: str = "default") -> str:
    words = Project(ROOT).markdown().convert(TEXT)
    path = folder / f"{js}-{scheme}.html"
    text = DOCUMENT.format(js=js, scheme=scheme, words=words)
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(written(tmp_path))
    yield page
    assert troubles == []
    page.close()


def parts(page: Page, index: int) -> tuple[Locator, Locator, Locator]:
    """Return the form of a prediction, its fold and what is said of a commitment."""
    form = page.locator(".predict-form").nth(index)
    return form, page.locator("details.predict").nth(index), form.get_by_role("status")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7.84", "Right: the run gives 7.84."),
        (" 7,836 ", "Right: the run gives 7.84."),
        ("7.8449", "Right: the run gives 7.84."),
        ("7.846", "Too high: the run gives 7.84."),
        ("−7.84", "Too low: the run gives 7.84."),
        ("8e0", "Too high: the run gives 7.84."),
    ],
)
def test_a_number_is_held_against_the_digits_shown(
    page: Page, typed: str, said: str
) -> None:
    form, fold, status = parts(page, 0)
    form.get_by_label("How large is the loss after one step?").fill(typed)
    form.get_by_role("button", name="Commit").click()
    expect(status).to_have_text(said)
    expect(fold).to_have_attribute("open", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type what you expect first."),
        ("many", "Type a number, such as −3 or 0.25."),
    ],
)
def test_what_is_no_number_opens_nothing(page: Page, typed: str, said: str) -> None:
    form, fold, status = parts(page, 0)
    form.get_by_role("textbox").fill(typed)
    page.keyboard.press("Enter")
    expect(status).to_have_text(said)
    expect(form.get_by_role("textbox")).to_have_attribute("aria-invalid", "")
    assert fold.get_attribute("open") is None


def test_one_of_several_is_chosen(page: Page) -> None:
    form, fold, status = parts(page, 1)
    radios = form.get_by_role("radio")
    group = form.get_by_role("group", name="Which shape comes out?")
    expect(group.get_by_role("radio")).to_have_count(3)
    form.get_by_role("button", name="Commit").click()
    expect(status).to_have_text("Choose one first.")
    assert [one.get_attribute("value") for one in radios.all()] == [
        *("(1, 6)", "(2, 3)", "(3, 2)")
    ]
    form.get_by_label("(3, 2)").check()
    form.get_by_role("button", name="Commit").click()
    expect(status).to_have_text("No: the run gives (2, 3).")
    expect(fold.get_by_text("rows come first")).to_be_visible()


def test_a_text_may_have_other_blanks(page: Page) -> None:
    form, _, status = parts(page, 2)
    form.get_by_role("textbox").fill("tensor( [1,2] )")
    form.get_by_role("button", name="Commit").click()
    expect(status).to_have_text("Right: the run gives tensor([1, 2]).")


def test_a_commitment_is_kept_until_it_is_cleared(page: Page) -> None:
    for index, value in ((0, "9"), (1, "(1, 6)")):
        form, _, _ = parts(page, index)
        if index:
            form.get_by_label(value).check()
        else:
            form.get_by_role("textbox").fill(value)
        form.get_by_role("button", name="Commit").click()
    page.reload()
    form, fold, status = parts(page, 1)
    expect(status).to_have_text("No: the run gives (2, 3).")
    expect(form.get_by_label("(1, 6)")).to_be_checked()
    form, fold, status = parts(page, 0)
    expect(status).to_have_text("Too high: the run gives 7.84.")
    assert fold.get_attribute("open") is None
    form.get_by_role("button", name="Clear").click()
    expect(status).to_have_text("")
    page.reload()
    expect(form.get_by_role("textbox")).to_have_value("")
    expect(status).to_have_text("")
    expect(form.get_by_role("button", name="Clear")).to_be_hidden()


def test_nothing_moves_when_the_script_arrives(page: Page) -> None:
    heights = "[...document.querySelectorAll('details')].map(d => d.offsetTop)"
    before = page.evaluate(heights)
    form, _, status = parts(page, 0)
    form.get_by_role("button", name="Commit").click()
    expect(status).not_to_have_text("")
    assert page.evaluate(heights) == before


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_form_is_accessible(browser: Browser, tmp_path: Path, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(written(tmp_path, scheme=scheme))
    for index in range(3):
        form, _, _ = parts(page, index)
        if index != 1:
            form.get_by_role("textbox").fill("3")
        else:
            form.get_by_label("(2, 3)").check()
        form.get_by_role("button", name="Commit").click()
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag22aa"]}}
    found = Axe().run(page, ".predict-form", options=rules).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    page.close()


def test_without_scripts_and_in_print_there_is_only_the_fold(
    browser: Browser, tmp_path: Path, page: Page
) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".predict-form").first).to_be_hidden()
    other = browser.new_page(java_script_enabled=False)
    other.goto(written(tmp_path, js="no-js"))
    expect(other.locator(".predict-form").first).to_be_hidden()
    fold = other.locator("details.predict").first
    fold.locator("summary").click()
    expect(fold.get_by_text("7.84")).to_be_visible()
    other.close()
