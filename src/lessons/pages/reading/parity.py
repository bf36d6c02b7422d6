"""Whether a rendered page shows what is run, compared and drawn, and nothing else."""

from itertools import zip_longest

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Page

_CODE = "//div[contains(@class, 'language-{}')]//code"
_FIGURE = "//img[contains(@src, 'figures/') and contains(@src, '#only-light')]/@src"
_UNFENCED = "//pre[not(ancestor::*[contains(@class, 'highlight')])][.//text()]"


def rendered(page: Page, project: Project) -> HtmlElement:
    """Return the page as Markdown alone renders it, without the rest of the site."""
    text = project.markdown().convert(page.text)
    return html.fragment_fromstring(text, create_parent="div")


def differences(page: Page, tree: HtmlElement) -> list[Problem]:
    """Return where the HTML of a page shows other code, outputs or figures than it has.

    The HTML of a lab has its figures in the text, so they are not looked for.
    """
    blocks, outputs = page.blocks, [b.output for b in page.blocks if b.output]
    images = [image for block in blocks for image in block.images]
    found = [
        *_compare(
            "blocks", _shown(tree, "python"), [(b.source.text, b.line) for b in blocks]
        ),
        *_compare(
            "outputs",
            _shown(tree, "output"),
            [(o.text.expandtabs(4), o.line) for o in outputs],
        ),
    ]
    if not tree.xpath("//*[contains(@class, 'jupyter-wrapper')]"):
        names = [
            src.partition("figures/")[2].partition("#")[0]
            for src in tree.xpath(_FIGURE)
        ]
        found += _compare("figures", names, [(i.name, i.line) for i in images])
    for code in tree.xpath(_UNFENCED):
        first = code.text_content().strip().split("\n")[0]
        line = page.line(max(page.text.find(first), 0))
        found.append(Problem(line, "code outside a fence: nobody runs or compares it"))
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
