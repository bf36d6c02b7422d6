"""Whether the renderer shows the very code that the runner runs."""

import html
import re

from lessons.pages.fences import Problem
from lessons.pages.project import Project
from lessons.pages.steps import Page

_CODE = re.compile(
    r'<div class="language-python\b.*?<code>(?P<code>.*?)\n?</code>', re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def differences(page: Page, project: Project) -> list[Problem]:
    """Return where the Python sources of the rendered page are not those that run."""
    text = _COMMENT.sub("", project.markdown().convert(page.text))
    rendered = [html.unescape(_TAG.sub("", code)) for code in _CODE.findall(text)]
    sources = [block.source.text for block in page.blocks]
    if rendered == sources:
        return []
    same = [one == other for one, other in zip(rendered, sources, strict=False)]
    place = same.index(False) if False in same else len(same)
    line = page.blocks[place].line if place < len(sources) else 1
    message = (
        f"renderer and runner see this differently: {len(rendered)} blocks rendered, "
        f"{len(sources)} run, and block {place + 1} is the first that differs"
    )
    return [Problem(line, message)]
