"""What no run can check: decimals typed into sentences, and links to other sites."""

import re
from collections.abc import Iterator

from lessons.pages.reading.fences import Finding
from lessons.pages.reading.form import plain
from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.page import blank
from lessons.pages.reading.steps import Page

_TYPED = re.compile(r"https?://[^\s)>\"]+|(?<![\w.])[-+−]?\d+\.\d+(?![\w.]*\w)")


def unchecked(page: Page) -> Iterator[Finding]:
    """Yield each typed decimal of prose and alternative texts, and each link."""
    text = plain(blank(NUMBER, page.prose))
    for match in _TYPED.finditer(text):
        yield Finding(page.name, page.line(match.start()), match[0])
