"""A page as one plain Python program."""

import re
import textwrap
from collections.abc import Iterable, Iterator

from lessons.pages.reading.chapters import EARLIER
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
_CATCHING = {"exception": _RAISES, "warning": _WARNS}
_HELPERS = {"exception": "traceback", "warning": "warnings"}


def to_program(page: Page, notice: str, blocks: Iterable[Block] | None = None) -> str:
    """Return the blocks of a page, in order, as a program that prints what it shows.

    An exercise's solution goes before its check, its stub and its slips are left out,
    and a block that is meant to raise or to warn is caught.

    Args:
        page: What to publish; `notice`: a line on where it is from.
        blocks: Some of its blocks, by default all that a program runs.
    """
    parts = [f'"""{page.title}.\n\n{notice}\n"""\n']
    blocks = list(program_blocks(page) if blocks is None else blocks)
    expected = {block.facts.expects for block in blocks}
    parts += [f"import {_HELPERS[what]}\n" for what in sorted(expected) if what]
    shown = ""
    for block in blocks:
        heading = _heading_above(page, block)
        if heading != shown:
            parts.append(f"\n# {heading}\n")
            shown = heading
        parts.append(_code(block))
    return "\n".join(parts)


def program_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks that a program of the page runs, in their order."""
    for block in page.blocks:
        if block.facts.role:
            exercise = page.exercise_of(block)
            yield from (block, exercise.check) if block is exercise.solution else ()
        elif block.facts.runs:
            yield block


def visible_blocks(page: Page) -> Iterator[Block]:
    """Yield what a reader sees who opens no box, and what comes from earlier chapters.

    Exercises and drawings are left out; nothing else may need them.
    """
    for block in page.blocks:
        boxes = [box.title for box in page.folds(block.fence.start)]
        is_open = not boxes or EARLIER in boxes
        is_aside = block.facts.role or block.facts.draws or not block.facts.runs
        if is_open and not is_aside:
            yield block


def shown_output(page: Page) -> str:
    """Return what the program of the page must print."""
    blocks = program_blocks(page)
    return "".join(f"{block.output.text}\n" for block in blocks if block.output)


def _code(block: Block) -> str:
    if not block.facts.expects:
        return block.source.text + "\n"
    template = _CATCHING[block.facts.expects]
    return template.format(body=textwrap.indent(block.source.text, "    "))


def _heading_above(page: Page, block: Block) -> str:
    headings = _HEADING.findall(page.text[: block.fence.start])
    return str(headings[-1]) if headings else page.title
