"""How long it takes to read a page."""

import re

from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.page import without_code
from lessons.pages.reading.steps import Page

_WORDS_A_MINUTE = 200
_MINUTES_A_BLOCK = 0.5
_SILENT = re.compile(r"<!--.*?-->|\]\([^)]*\)|\{[^}\n]*\}", re.DOTALL)
_WORD = re.compile(r"\b[^\W_]+(?:['’.-]\w+)*")


def minutes(page: Page) -> int:
    """Return the minutes of reading: for each 200 words one, for two blocks another.

    Code that is folded, drawings and answers, is not for reading.
    """
    prose = NUMBER.sub(lambda number: number["word"] or " ", page.prose)
    words = _WORD.findall(_SILENT.sub(" ", without_code(prose)))
    blocks = sum(not block.facts.is_folded for block in page.blocks)
    taken = len(words) / _WORDS_A_MINUTE + blocks * _MINUTES_A_BLOCK
    return max(1, int(taken + 0.5))


def spoken(taken: int) -> str:
    """Return a time as people say it: to five minutes, then to half an hour."""
    if taken < 55:
        number = taken if taken < 10 else 5 * round(taken / 5)
        return f"{number} minutes" if number > 1 else "1 minute"
    halves = round(taken / 30)
    if halves == 2:
        return "1 hour"
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"
