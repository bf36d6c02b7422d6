"""Pages as axe sees them, and as people do: unfolded, in light and in dark."""

import json
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

Scheme = Literal["dark", "light"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Most words of a page look like one before them in the same paragraph or block: the
# same inks on the same grounds, so the same contrast. axe looks at the first of them,
# in a third of the time. It never calls a single character too faint.
MARK_ALIKE = """() => {
    const look = (style) => [
        style.color, style.backgroundColor, style.backgroundImage, style.opacity,
        style.fontSize, style.fontWeight, style.textShadow, style.filter,
        style.mixBlendMode, style.visibility,
    ].join();
    document.querySelectorAll("[data-alike]").forEach(e => delete e.dataset.alike);
    const words = new Map(), seen = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const {data, parentElement: word} = texts.currentNode;
        if (data.trim() && word.checkVisibility())
            words.set(word, `${words.get(word) ?? ""} ${data.trim()}`.trim());
    }
    for (const [word, text] of words) {
        if (text.length === 1) word.dataset.alike = "";
        if (!/\\w{2}/.test(text)) continue;  // it may pass over signs
        const looks = [];
        let box = word;
        for (; box.parentElement; box = box.parentElement) {
            const style = getComputedStyle(box);
            looks.push(look(style));
            if (!/^(inline|contents)/.test(style.display)) break;
        }
        const known = seen.get(box) ?? seen.set(box, new Set()).get(box);
        const all = looks.join("|");
        if (known.has(all)) word.dataset.alike = "";
        else known.add(all);
    }
}"""
CONTRAST = {"rules": [{"id": "color-contrast", "selector": "*:not([data-alike])"}]}
AXE = Axe(f"{AXE_SCRIPT}\n;axe.configure({json.dumps(CONTRAST)})")
DESK: ViewportSize = {"width": 1280, "height": 900}
# Colours fade over: settled once every transition has ended.
FADED = """() => Promise.allSettled(
    document.getAnimations()
        .filter(animation => animation instanceof CSSTransition)
        .map(transition => transition.finished)
)"""

# Letters have come, and the scripts have seen two frames, which is what they wait for.
SETTLED = """() => document.fonts.ready.then(() => new Promise(
    (done) => requestAnimationFrame(() => requestAnimationFrame(done))
))"""
# The pages' policy forbids Playwright's `wait_for_function`, which evaluates a text.
LOADED = """() => Promise.all([...document.images].map((image) => image.complete ||
    new Promise((done) => { image.onload = image.onerror = done })
))"""


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """Return what axe finds wrong; `rules` are names of rules or of their groups."""
    page.evaluate(MARK_ALIKE)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = AXE.run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def switch(page: Page, scheme: Scheme) -> None:
    """Tell the page what the system prefers, and wait until it follows."""
    page.emulate_media(color_scheme=scheme)
    name = {"dark": "slate", "light": "default"}[scheme]
    page.wait_for_selector(f"body[data-md-color-scheme={name}]")
    page.evaluate(FADED)


# Code that is far from the screen is not laid out, so it has no width to be measured.
LAID_OUT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("pre > code { content-visibility: visible !important }")
    document.adoptedStyleSheets = [sheet]
}"""


def unfold(page: Page) -> None:
    """Open what is folded, lay out what is far, and wait for letters and pictures."""
    page.evaluate(SETTLED)
    page.evaluate(LAID_OUT)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    page.evaluate(LOADED)
