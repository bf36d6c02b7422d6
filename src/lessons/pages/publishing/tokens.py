"""Highlighted code with no more elements than colours: browsers style it quicker."""

import re

_PLAIN = re.compile(r'<span class="(?:n|w)">([^<]*)</span>')
_SIGN = r'<span class="[op]">[^<]*</span>'
_SIGNS = re.compile(rf"(?:{_SIGN}){{2,}}")
_TAG = re.compile(r"<[^>]*>")


def fewer(page: str) -> str:
    """Return the HTML of a page whose code looks the same with fewer elements.

    Names and blanks have the colour of the text, and the signs next to each other
    (operators, punctuation) are of one colour.
    """
    return _SIGNS.sub(_joined, _PLAIN.sub(r"\1", page))


def _joined(match: re.Match[str]) -> str:
    return f'<span class="p">{_TAG.sub("", match[0])}</span>'
