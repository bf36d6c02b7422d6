"""What is seen of each page of the site on one visit in Chromium.

To open a page, unfold it and lay it out takes longer than most looks at it: so one
visit takes down all that the tests then judge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Error

from audit import DESK, LOADED, OF_COLOURS, RULES, Scheme, switch, unfold, violations
from hosting import started
from visit import Visit, watch

RULES_OF: dict[Scheme, list[str]] = {"light": RULES, "dark": OF_COLOURS}
PHONE = 375
FIGURES = """() => [...document.querySelectorAll("article img")]
    .filter(i => i.offsetParent).map(i => i.getAttribute("src"))"""
FACTS = """() => {
    const all = (what) => [...document.querySelectorAll(what)];
    const prose = document.querySelector("article").cloneNode(true);
    prose.querySelectorAll("pre, code, .katex").forEach(e => e.remove());
    const codes = all("article .language-python pre > code");
    const pictures = all("article img").filter(i => i.offsetParent);
    return {
        title: document.title,
        description: document.querySelector("meta[name=description]")?.content ?? "",
        headings: all("h1").length,
        prose: prose.textContent,
        formulas: ["", "-error", " math"].map(kind => all(`.katex${kind}`).length),
        placeless: pictures.filter(i =>
            !(i.width > 0 && i.hasAttribute("width") && i.hasAttribute("height")),
        ).map(i => i.src),
        cut: codes.filter(c => c.scrollWidth > c.clientWidth).map(c => c.textContent),
        outputs: all("div.language-output code").map(c => c.innerText),
        buttons: all(".highlight > .copy-bar").length,
        shells: all("div.language-bash").length,
    };
}"""
WIDTH = "document.documentElement.scrollWidth"
# What each copy button of Python code puts on the clipboard, which is empty before.
COPIED = """async () => {
    const copied = [];
    for (const block of document.querySelectorAll("div.language-python")) {
        await navigator.clipboard.writeText("");
        block.querySelector("button").click();
        let text = "";
        for (let tries = 0; tries < 200 && !text; tries++) {
            text = await navigator.clipboard.readText();
            if (!text) await new Promise((done) => setTimeout(done, 10));
        }
        copied.push([[...block.classList], text.trimEnd()]);
    }
    return copied;
}"""
BROKEN = """() => [...document.images]
    .filter(i => i.offsetParent && !i.naturalWidth).map(i => i.src)"""


@dataclass
class Seen:
    """What a visit to a page has seen.

    Attributes:
        faults: What axe finds wrong, and `figures`, which are shown, in each scheme.
        facts: What its document says, on a desk.
        width: How wide it is on a phone.
        copied: The classes of each block of Python, and what its button has copied.
        troubles: What went wrong all the while; `broken`: pictures that did not come.
    """

    faults: dict[Scheme, list[str]]
    figures: dict[Scheme, list[str]]
    facts: dict[str, Any]
    width: int
    copied: list[tuple[list[str], str]]
    troubles: list[str]
    broken: list[str]


def see(chromium: str, address: str, urls: Iterable[str]) -> dict[str, Seen | Error]:
    """Return what is seen of pages in a browser of their own, or why nothing is."""
    found: dict[str, Seen | Error] = {}
    passed: dict[Scheme, set[str]] = {scheme: set() for scheme in RULES_OF}
    with started(chromium) as browser:
        for url in urls:
            try:
                found[url] = _look(browser, address, url, passed)
            except Error as error:
                found[url] = error
    return found


def _look(
    browser: Browser, address: str, url: str, passed: dict[Scheme, set[str]]
) -> Seen:
    context = browser.new_context(
        viewport=DESK, color_scheme="light", reduced_motion="reduce"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), address)
    watch(visit, address)
    page = visit.open(url, until="load")
    unfold(page)
    facts = page.evaluate(FACTS)
    faults, figures = {}, {}
    for scheme, rules in RULES_OF.items():
        switch(page, scheme)
        figures[scheme] = page.evaluate(FIGURES)
        faults[scheme] = violations(page, rules, passed[scheme])
    copied = page.evaluate(COPIED)
    page.set_viewport_size({"width": PHONE, "height": 740})
    width = page.evaluate(WIDTH)
    page.wait_for_load_state("networkidle")
    page.evaluate(LOADED)
    broken = page.evaluate(BROKEN)
    context.close()
    return Seen(faults, figures, facts, width, copied, visit.troubles, broken)
