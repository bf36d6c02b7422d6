"""Pages as axe sees them, and as people do: unfolded, in light and in dark."""

import json
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

Scheme = Literal["dark", "light"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Most words look like others: the same inks on the same grounds, from the word up to
# the page, so the same contrast. axe looks at the first of them in each block, and at
# none that looks in all of this like words that it has passed on an earlier page, in a
# quarter of the time. It never calls a single character too faint.
MARK_ALIKE = """async (passed) => {
    const known = new Set(passed), chains = new Map(), seen = new Map();
    const look = (style) => [
        style.color, style.backgroundColor, style.backgroundImage, style.opacity,
        style.fontSize, style.fontWeight, style.textShadow, style.filter,
        style.mixBlendMode, style.visibility, style.position, style.zIndex,
    ].join();
    const chain = (box) => {
        if (!box) return "";
        if (!chains.has(box)) {
            const grounds = ["", "::before", "::after"].map(
                (part) => look(getComputedStyle(box, part)));
            const own = `${box.localName} ${box.className} ${grounds.join()}`;
            chains.set(box, `${chain(box.parentElement)}|${own}`);
        }
        return chains.get(box);
    };
    const digest = async (text) => {
        const bytes = new TextEncoder().encode(text);
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        return btoa(String.fromCharCode(...hash));
    };
    document.querySelectorAll("[data-alike]").forEach(e => delete e.dataset.alike);
    window.looks = new Map();
    const words = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const {data, parentElement: word} = texts.currentNode;
        if (data.trim() && word.checkVisibility())
            words.set(word, `${words.get(word) ?? ""} ${data.trim()}`.trim());
    }
    const wanted = new Map();
    for (const [word, text] of words) {
        if (text.length === 1) word.dataset.alike = "";
        if (!/\\w{2}/.test(text)) continue;  // it may pass over signs
        let box = word;
        const inline = /^(inline|contents)/;
        while (box.parentElement && inline.test(getComputedStyle(box).display))
            box = box.parentElement;
        const all = chain(word);
        const here = seen.get(box) ?? seen.set(box, new Set()).get(box);
        if (here.has(all)) word.dataset.alike = "";
        else wanted.set(word, all);
        here.add(all);
    }
    const names = new Map();
    for (const all of new Set(wanted.values())) names.set(all, await digest(all));
    for (const [word, all] of wanted) {
        if (known.has(names.get(all))) word.dataset.alike = "";
        else window.looks.set(word, names.get(all));
    }
}"""
# What axe says of a page in short: whether anything is wrong, and how the words look
# whose contrast is enough. To name all that passes takes longer than to find it.
AUDIT = """async (options) => {
    const {passes, violations} = await axe.run(document, options);
    const contrast = passes.filter(({id}) => id === "color-contrast");
    const words = contrast.flatMap(({nodes}) => nodes.map(({element}) => element));
    const known = words.map((word) => looks.get(word)).filter(Boolean);
    return [violations.length === 0, known];
}"""
IN_SHORT = {
    "resultTypes": ["passes", "violations"],
    "selectors": False,
    "elementRef": True,
}
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


def violations(
    page: Page, rules: list[str] = RULES, passed: set[str] | None = None
) -> list[str]:
    """Return what axe finds wrong.

    Args:
        page: The page.
        rules: Names of rules or of their groups.
        passed: How words looked that were passed before; those of this page are added.
    """
    passed = set() if passed is None else passed
    page.evaluate(MARK_ALIKE, list(passed))
    page.evaluate(AXE.axe_script)
    is_good, known = page.evaluate(AUDIT, {"runOnly": rules, **IN_SHORT})
    passed.update(known)
    if is_good:
        return []
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in AXE.run(page, options=options).response["violations"]
        for node in rule["nodes"]
    ]
    assert found, "axe found a fault, and when asked which, none"
    return found


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
