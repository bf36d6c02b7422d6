"""What readers copy: a block alone, or with the earlier blocks that it needs.

The page carries for each block the numbers of the blocks of its copy; the browser puts
their text together, as `to_copy` does here.
"""

import re
import textwrap

from lessons.pages.reading.slices import Slice, slices
from lessons.pages.reading.steps import Block, Page

_BLOCK = re.compile(r'<div class="language-(?P<language>python|bash)\b[^>]*>')
_MOST = 6
_known: dict[tuple[str, ...], dict[str, str]] = {}  # to find them takes long
_CAUGHT = """\
try:
{body}
except Exception as error:
    print(error)"""


def to_copy(each: Slice) -> str:
    """Return a block with what it needs; of that, what is to raise is caught."""
    codes = [*map(needed, each.needs), *(block.source.text for block in each.piece)]
    return "\n\n".join(code.rstrip() for code in codes) + "\n"


def needed(block: Block) -> str:
    """Return the code of a block that others need: what it raises is caught."""
    if block.facts.expects != "exception":
        return block.source.text
    return _CAUGHT.format(body=textwrap.indent(block.source.text, "    "))


def with_buttons(html: str, page: Page) -> str:
    """Return the HTML of a page with buttons in front of the code that people run."""
    code = (page.text, *(block.source.text for block in page.blocks))
    bars = _known.get(code) or _known.setdefault(code, _bars(page))
    count = iter(range(len(page.blocks)))

    def opened(block: re.Match[str]) -> str:
        number = str(next(count, "")) if block["language"] == "python" else ""
        return block[0] + bars.get(number, _bar("", []))

    return _BLOCK.sub(opened, html)


def _bars(page: Page) -> dict[str, str]:
    """Return the buttons of the blocks that need others, by the blocks' numbers."""
    numbers = {id(block): str(number) for number, block in enumerate(page.blocks)}
    return {
        numbers[id(each.block)]: _bar(
            " ".join(numbers[id(block)] for block in (*each.needs, *each.piece)),
            list(each.names),
        )
        for each in slices(page)
        if each.needs or len(each.piece) > 1
    }


def _bar(blocks: str, names: list[str]) -> str:
    """Return the buttons of a block, in a row.

    Args:
        blocks: The numbers of the blocks of its copy, if there is more to copy than it.
        names: What it uses of the earlier ones, names of the program between backticks.
    """
    buttons = "<button>Copy</button>"
    if blocks:
        what = "Copy with what it needs"
        buttons += f'<button data-blocks="{blocks}">{what}</button>'
        more = len(names) - _MOST
        shown = ", ".join(names[:_MOST]) + (f" and {more} more" if more > 0 else "")
        text = re.sub("`(.+?)`", r"<var>\1</var>", shown)
        buttons += f"<span>{text}</span>"
    return f'<div class="copy-bar">{buttons}</div>'
