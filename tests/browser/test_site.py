"""The site as a whole: search, keyboard, paths between pages, without a server."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html
from playwright.sync_api import Browser, expect

from visit import RESULT, Visit, search

NEXT = "//a[contains(@class, 'md-footer__link--next')]/@href"
# How many formulas are followed by a mark, and those whose mark stands further left.
MARKS = """() => {
  const texts = document.createTreeWalker(document.querySelector("article"), 4)
  const marks = [], lost = []
  for (const formula of document.querySelectorAll(".katex")) {
    const parts = [...formula.querySelectorAll(".katex-html > *")]
    if (formula.closest(".katex-display") || parts.length > 4) continue
    texts.currentNode = formula
    while (texts.nextNode() && formula.contains(texts.currentNode));
    if (!/^[.,:;?!)]/.test(texts.currentNode.data)) continue
    const mark = document.createRange()
    mark.setStart(texts.currentNode, 0)
    mark.setEnd(texts.currentNode, 1)
    const end = parts.at(-1).getBoundingClientRect()
    marks.push(formula)
    if (mark.getBoundingClientRect().left < end.left) lost.push(formula.textContent)
  }
  return [marks.length, lost]
}"""


def test_the_scheme_is_switched_with_the_keyboard_and_kept(visit: Visit) -> None:
    page = visit.page
    page.emulate_media(color_scheme="light")
    visit.open("")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    button = page.locator("label.md-header__button[for^=__palette]:visible")
    for _ in range(2):
        button.first.focus()
        page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_every_page_is_reached_with_next_alone(site: Path) -> None:
    """Without scripts, too."""
    url, seen = "file:///index.html", set[str]()
    while url not in seen:
        seen.add(url)
        page = html.parse(site / urlsplit(url).path[1:])
        if not (links := page.xpath(NEXT)):
            break
        url = urljoin(urljoin(url, links[0]), "index.html")
    assert not links, f"{url} comes twice"
    assert len(seen) == len(list(site.rglob("index.html")))


def test_no_line_begins_with_the_mark_behind_a_short_formula(visit: Visit) -> None:
    page = visit.open("linear-regression/cost/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (1280, 375, 320):
        page.set_viewport_size({"width": width, "height": 900})
        marks, lost = page.evaluate(MARKS)
        assert marks >= 20
        assert lost == []


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit.open("tensors/one-dimensional/")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()


def test_a_missing_page_is_answered_helpfully(visit: Visit) -> None:
    page = visit.open("no/such/page/")
    assert [trouble for trouble in visit.troubles if "404" not in trouble] == []
    expect(page.get_by_role("link", name="The start page")).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_a_chapter_says_where_one_is(visit: Visit) -> None:
    page = visit.open("linear-regression/gradient-descent/")
    line = page.locator("h1 + .lesson-line")
    expect(line).to_contain_text(
        re.compile(r"Linear regression.*chapter \d+ of \d+.*\d+ minutes", re.DOTALL)
    )
    for link in line.locator("a[download]").all():
        assert page.request.get(link.evaluate("a => a.href")).ok
    expect(visit.open("").locator(".lesson-line")).to_have_count(0)
    assert visit.troubles == []


def test_an_old_address_leads_to_where_the_section_is(
    visit: Visit, browser: Browser, site: Path
) -> None:
    """Whether one comes from elsewhere or is on the page, with a server or without."""
    old, new = "linear-regression/prediction/", "linear-regression/state-dict/"
    page = visit.open("set-up/")
    page.goto(f"{visit.address}{old}#snapshot")
    page.wait_for_url(f"{visit.address}{new}#snapshot")
    expect(page.locator("#snapshot")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(f"{visit.address}set-up/")
    visit.open(f"{old}#errors")
    page.evaluate("location.hash = 'save-and-load'")
    page.wait_for_url(f"{visit.address}{new}#save-and-load")
    told = visit.troubles  # what the page that was left had still asked for
    assert [trouble for trouble in told if not trouble.startswith("failed")] == []
    page = browser.new_page()
    page.goto(f"{(site / old / 'index.html').as_uri()}#snapshot")
    page.wait_for_url(f"{(site / new / 'index.html').as_uri()}#snapshot")
    page.close()


def test_downloads_are_offered_and_there(visit: Visit) -> None:
    for url in ("tensors/one-dimensional/", "labs/first-tensors/"):
        page = visit.open(url)
        links = page.locator(".lesson-footer a[download]")
        addresses = [link.evaluate("a => a.href") for link in links.all()]
        suffixes = (".py", ".ipynb", "-exercises.ipynb")
        stem = url.rstrip("/").rpartition("/")[2]
        assert [address.rpartition("/")[2] for address in addresses] == [
            f"{stem}{suffix}" for suffix in suffixes
        ]
        for address in addresses:
            response = page.request.get(address)
            assert response.ok
            assert len(response.body()) > 500


def test_the_site_works_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    chapters = site / "tensors"
    page.goto((chapters / "datasets/index.html").as_uri())
    page.locator("a.md-footer__link--next").click()
    page.wait_for_url((chapters / "image-datasets/index.html").as_uri())
    page.keyboard.press("n")
    page.wait_for_url((site / "labs/first-tensors/index.html").as_uri())
    search(page, "gradient")
    found = page.locator(RESULT).first.evaluate("a => a.href")
    assert "/index.html" in found
    page.keyboard.press("Enter")
    page.wait_for_url(found)
    assert troubles == []
    page.close()
