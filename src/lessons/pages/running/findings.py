"""What a run gave, held against what the page shows: problems, or edits to accept."""

import json
from collections.abc import Iterator

from matplotlib.figure import Figure

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.pictures import narrow_name
from lessons.pages.reading.steps import Block, Number
from lessons.pages.running import figures
from lessons.pages.running.capture import Captured
from lessons.pages.running.compare import diff, equal, first_difference, trim
from lessons.pages.running.record import Edit, Record, Terms

Finding = Problem | Edit


def of_number(number: Number, actual: str, terms: Terms) -> Iterator[Finding]:
    """Yield how a number in a sentence differs from the value of its expression."""
    if equal(number.value, actual, exact=terms.exact):
        return
    mark = "`" if number.in_code else ""
    if terms.accept and NUMBER.fullmatch(f"{mark}{actual}{mark}{{= x }}"):
        yield Edit(*number.span, actual)
    else:
        message = f"the page says {number.value}, {number.expression} is {actual}"
        yield Problem(number.line, message)


def as_state(value: object) -> str:
    """Return what an explorable starts from as JSON; a tensor is its numbers.

    Raises:
        TypeError: If it is no dictionary, or holds what JSON does not know.
        ValueError: If a number is not finite.
    """
    if not isinstance(value, dict):
        raise TypeError(f"a dictionary is wanted, not {type(value).__name__}")
    return json.dumps(value, default=_numbers, allow_nan=False)


def _numbers(value: object) -> object:
    try:
        return value.tolist()  # type: ignore[attr-defined]
    except AttributeError:
        message = f"a tensor, number or text is wanted, not {type(value).__name__}"
        raise TypeError(message) from None


def of_outcome(block: Block, caught: Captured) -> Iterator[Problem]:
    """Yield what a block has not raised or warned of, though its kind promises it."""
    marked, expected = f"the block is marked .{block.kind} and", block.facts.expects
    if expected == "exception" and caught.raised is None:
        yield Problem(block.line, f"{marked} raises nothing")
    if expected == "warning" and not caught.warnings:
        yield Problem(block.line, f"{marked} warns of nothing")


def of_output(block: Block, printed: str, terms: Terms) -> Iterator[Finding]:
    """Yield how the output below a block differs from what the block has printed."""
    output, lines = block.output, trim(printed).split("\n")
    if not printed.strip():
        if output:
            yield Problem(output.line, "an output too many: nothing printed")
    elif output and equal(output.text, printed, exact=terms.exact):
        return
    elif terms.accept:
        yield _shown(block, lines)
    elif output is None:
        yield Problem(block.line, f"a missing output: the block prints\n{printed}")
    else:
        shown = trim(output.text).split("\n")
        place = first_difference(shown, lines, exact=terms.exact)
        message = f"the output differs from the run\n{diff(shown, lines)}"
        yield Problem(output.line + 1 + place, message)


def of_figures(
    block: Block, drawn: list[Figure], record: Record, terms: Terms
) -> Iterator[Problem]:
    """Yield what is wrong with the figures of a block; put those drawn on record."""
    shown = block.images
    if len(drawn) != len(shown):
        line = shown[len(drawn)].line if len(shown) > len(drawn) else block.line
        counts = f"draws {len(drawn)} and shows {len(shown)}"
        yield Problem(line, f"figures: the block in line {block.line} {counts}")
        return
    for figure, image in zip(drawn, shown, strict=True):
        svg = record.figures[image.name] = figures.to_svg(figure, image.name)
        for problem in figures.problems(figure, svg):
            yield Problem(image.line, f"{image.name} {problem}")
        if terms.narrow and (svg := figures.to_narrow_svg(figure, image.name)):
            record.figures[narrow_name(image.name)] = svg


def _shown(block: Block, lines: list[str]) -> Edit:
    """Return the edit after which a page shows these lines below a block."""
    fence = block.output or block.fence
    indent = fence.indent
    text = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
    if block.output:
        return Edit(*fence.body, text)
    return Edit(fence.end, fence.end, f"\n\n{indent}```output\n{text}{indent}```")
