"""Whether a rendered page shows what is run, compared and drawn, and nothing else."""

import re
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.reading.fences import OPENING, Problem
from lessons.pages.reading.steps import Page

_CODE = "//div[contains(@class, 'language-{}')]//code"
_FIGURE = "//img[contains(@src, 'figures/') and contains(@src, '#only-light')]/@src"


def rendered(page: Page, project: Project) -> HtmlElement:
    """Return the page as Markdown alone renders it, without the rest of the site."""
    text = project.markdown().convert(page.text)
    return html.fragment_fromstring(text, create_parent="div")


def differences(page: Page, tree: HtmlElement) -> list[Problem]:
    """Return where the HTML of a page shows other code, outputs or figures than it has.

    The HTML of a lab has its figures in the text, so they are not looked for.
    """
    blocks = page.blocks
    code = [(block.source.text, block.line) for block in blocks]
    # Markdown turns a tab of an output into blanks.
    outputs = [(b.output.text.expandtabs(4), b.output.line) for b in blocks if b.output]
    images = [(image.name, image.line) for block in blocks for image in block.images]
    names = [Path(urlsplit(source).path).name for source in tree.xpath(_FIGURE)]
    found = _compare("blocks", _shown(tree, "python"), code)
    found += _compare("outputs", _shown(tree, "output"), outputs)
    if not tree.xpath("//*[contains(@class, 'jupyter-wrapper')]"):
        found += _compare("figures", names, images)
    texts = [element.text_content().strip() for element in tree.xpath("//pre")]
    fences = len(OPENING.findall(page.text)) // 2 - len(page.explorables)
    if len(texts) > fences:
        starts = "|".join(re.escape(text.split("\n")[0]) for text in texts if text)
        if stray := re.search(rf"(?:{starts})[^\n]*$", page.prose, re.MULTILINE):
            message = "code outside a fence: nobody runs or compares it"
            found.append(Problem(page.line(stray.start()), message))
    return found


def _shown(tree: HtmlElement, language: str) -> list[str]:
    return [code.text_content() for code in tree.xpath(_CODE.format(language))]


def _compare(what: str, shown: list[str], own: list[tuple[str, int]]) -> list[Problem]:
    """Return the first place at which what is shown is not the page's own, if any."""
    for place, (one, other) in enumerate(zip_longest(shown, own)):
        if one is None or other is None or one.rstrip("\n") != other[0].rstrip("\n"):
            line = other[1] if other else 1
            message = (
                f"renderer and runner see this differently: {len(shown)} {what} "
                f"rendered, {len(own)} run, and {what[:-1]} {place + 1} is the first "
                "that differs"
            )
            return [Problem(line, message)]
    return []
