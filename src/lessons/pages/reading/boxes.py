"""The boxes of a page, folded and open, and what lies in them."""

import re
from dataclasses import dataclass

_OPENING = re.compile(
    r"^(?P<indent> *)(?P<mark>!!!|\?\?\?\+?|===)(?: +(?P<kind>[\w-]+))?"
    r'(?: +"(?P<title>[^"\n]*)")? *$',
    re.MULTILINE,
)
_FOLDED = "???"


@dataclass(frozen=True)
class Box:
    """A box: what it is called, and from where to where it goes.

    Attributes:
        start: Offset of its opening line; `body`: of the line below; `end`: behind it.
        indent: Blanks before its opening line.
        kind: As in `??? note`; `title`: what readers see of it while it is folded.
        is_folded: Whether a reader has to open it.
    """

    start: int
    body: int
    end: int
    indent: int
    kind: str
    title: str
    is_folded: bool

    def holds(self, offset: int) -> bool:
        """Whether a place of the page lies in the box."""
        return self.body <= offset < self.end


def read_boxes(text: str, prose: str) -> list[Box]:
    """Return the boxes of a page in order.

    Args:
        text: The whole page; `prose`: the same with blanks for all that is code.
    """
    boxes = []
    for match in _OPENING.finditer(prose):
        indent, body = len(match["indent"]), min(match.end() + 1, len(text))
        # The box goes on while lines are indented; lines of code are looked at, too.
        outside = re.compile(rf"^ {{0,{indent + 3}}}\S", re.MULTILINE)
        behind = outside.search(text, body)
        end = behind.start() if behind else len(text)
        kind, title = match["kind"] or "", match["title"] or ""
        is_folded = match["mark"] == _FOLDED
        boxes.append(Box(match.start(), body, end, indent, kind, title, is_folded))
    return boxes
