"""A page as one plain Python program."""

import re
import textwrap
from collections.abc import Iterator

from lessons.pages.reading.steps import Block, Page

_HEADING = re.compile(r"^#{1,3} +(.+?)(?: *\{.*\})?$", re.MULTILINE)

_RAISES = """\
try:
{body}
except Exception as error:
    print("".join(traceback.format_exception_only(error)), end="")
"""
_WARNS = """\
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
{body}
for warning in caught:
    print(f"{{warning.category.__name__}}: {{warning.message}}")
"""


def to_program(page: Page, notice: str) -> str:
    """Return the blocks of a page, in order, as a program that prints what it shows.

    An exercise's solution goes before its check, its stub and its slips are left out,
    and a block that is meant to raise or to warn is caught.

    Args:
        page: What to publish; `notice`: a line on where it is from.
    """
    parts = [f'"""{page.title}.\n\n{notice}\n"""\n']
    kinds = {block.kind for block in page.blocks}
    helpers = [("raises", "traceback"), ("warns", "warnings")]
    parts += [f"import {module}\n" for kind, module in helpers if kind in kinds]
    shown = ""
    for block in program_blocks(page):
        heading = _heading_above(page, block)
        if heading != shown:
            parts.append(f"\n# {heading}\n")
            shown = heading
        parts.append(_code(block))
    return "\n".join(parts)


def program_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks that a program of the page runs, in their order."""
    for block in page.blocks:
        if block.kind in ("python", "raises", "warns", "solution"):
            yield block
            yield from (answer for answer in block.answers if answer.kind == "check")


def shown_output(page: Page) -> str:
    """Return what the program of the page must print."""
    blocks = program_blocks(page)
    return "".join(f"{block.output.text}\n" for block in blocks if block.output)


def _code(block: Block) -> str:
    template = {"raises": _RAISES, "warns": _WARNS}.get(block.kind)
    if template is None:
        return block.source.text + "\n"
    return template.format(body=textwrap.indent(block.source.text, "    "))


def _heading_above(page: Page, block: Block) -> str:
    headings = _HEADING.findall(page.text[: block.fence.start])
    return str(headings[-1]) if headings else page.title
