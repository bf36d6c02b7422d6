"""Whether a rendered page shows the very code that is run."""

from itertools import zip_longest

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Page

_CODE = "//div[contains(@class, 'language-python')]//code"


def rendered(page: Page, project: Project) -> HtmlElement:
    """Return the page as Markdown alone renders it, without the rest of the site."""
    text = project.markdown().convert(page.text)
    return html.fragment_fromstring(text, create_parent="div")


def differences(page: Page, tree: HtmlElement) -> list[Problem]:
    """Return where the Python sources in the HTML of a page are not those that run."""
    shown = [code.text_content().rstrip("\n") for code in tree.xpath(_CODE)]
    ran = [block.source.text.rstrip("\n") for block in page.blocks]
    for place, (one, other) in enumerate(zip_longest(shown, ran)):
        if one != other:
            line = page.blocks[place].line if place < len(ran) else 1
            message = (
                f"renderer and runner see this differently: {len(shown)} blocks "
                f"rendered, {len(ran)} run, and block {place + 1} is the first that "
                "differs"
            )
            return [Problem(line, message)]
    return []
