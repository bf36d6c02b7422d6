"""What readers copy: a block alone, or with the earlier blocks that it needs.

The page carries for each block the numbers of the blocks of its copy; the browser puts
their text together, as `to_copy` does here.
"""

import contextlib
import json
import re
import textwrap

from lessons.pages.project import Project
from lessons.pages.publishing.inputs import digest, machinery
from lessons.pages.reading.slices import Slice, slices
from lessons.pages.reading.steps import Block, Page

_BLOCK = re.compile(r'<div class="language-(?P<language>python|bash)\b[^>]*>')
_MOST = 6
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


class Copies:
    """What copies need, kept from one build to the next: to find it takes long."""

    def __init__(self, project: Project) -> None:
        """Look up what an earlier build has found."""
        self._path = project.cache / "copies.json"
        self._known: dict[str, dict[str, str]] = {}
        self._used: dict[str, dict[str, str]] = {}
        with contextlib.suppress(FileNotFoundError, ValueError):
            self._known = json.loads(self._path.read_text(encoding="utf-8"))

    def bars(self, page: Page) -> dict[str, str]:
        """Return the buttons of the blocks that need others, by the blocks' numbers."""
        code = (block.source.text for block in page.blocks)
        key = digest([machinery(), page.text, *code])
        self._used[key] = self._known[key] if key in self._known else _bars(page)
        return self._used[key]

    def keep(self) -> None:
        """Keep what was asked for, and nothing else."""
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps(self._used), encoding="utf-8")
        draft.replace(self._path)


def with_buttons(html: str, page: Page, copies: Copies) -> str:
    """Return the HTML of a page with buttons in front of the code that people run."""
    bars = copies.bars(page)
    count = iter(range(len(page.blocks)))

    def opened(block: re.Match[str]) -> str:
        number = str(next(count, "")) if block["language"] == "python" else ""
        return block[0] + bars.get(number, _bar("", []))

    return _BLOCK.sub(opened, html)


def _bars(page: Page) -> dict[str, str]:
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
