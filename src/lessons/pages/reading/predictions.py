"""Predictions: a folded box whose first paragraph is a value that the run gives."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lessons.pages.reading.answers import BOX
from lessons.pages.reading.boxes import Box
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.steps import Number, Page

_NUMBER = re.compile(r"[-+−]?\d*\.?\d+(?:e[-+]?\d+)?%?")
_OPTION = re.compile(r"[-*] +(?:`(?P<code>[^`\n]+)`)?")
_FORM = (
    "a prediction opens with a paragraph that is one computed value and nothing else: "
    '7.84{= f"{loss:.4g}" }, or in code what is no number'
)


@dataclass(frozen=True)
class Prediction:
    """What a reader can commit to.

    Attributes:
        line: Where its box opens; `question`: the title of the box.
        answer: The value of the run; `options`: wrong ones to choose from, if any.
    """

    line: int
    question: str
    answer: Number
    options: tuple[str, ...]


def read_predictions(page: Page) -> tuple[list[Prediction], list[Problem]]:
    """Return the predictions of a page in order, and what is wrong with them."""
    predictions: list[Prediction] = []
    problems: list[Problem] = []
    for box in (box for box in page.boxes if box.kind == BOX):
        found = list(_read(page, box))
        predictions += (each for each in found if isinstance(each, Prediction))
        problems += (each for each in found if isinstance(each, Problem))
    return predictions, problems


def _read(page: Page, box: Box) -> Iterator[Prediction | Problem]:
    line = page.line(box.start)
    if not box.is_folded or not box.title:
        yield Problem(line, 'open a prediction with ??? predict "The question"')
        return
    paragraphs = _paragraphs(page, box)
    (start, first), *others = paragraphs or [(box.start, "")]
    within = [n for n in page.numbers if start <= n.span[0] < start + len(first)]
    if len(within) != 1 or not NUMBER.fullmatch(first.strip()):
        yield Problem(page.line(start), _FORM)
        return
    answer, options = within[0], list[str]()
    if not answer.in_code and not _NUMBER.fullmatch(answer.value):
        yield Problem(answer.line, f"{answer.value} is no number: set it as code")
    place, text = others[0] if others else (0, "")
    for item in re.finditer(r"^ *[-*] +.*", text, re.MULTILINE):
        option = _OPTION.match(item[0].strip())
        number = page.line(place + item.start())
        if option is None or option["code"] is None:
            yield Problem(number, "an option begins with `code`, then says why not")
        elif option["code"] in (answer.value, *options):
            yield Problem(number, f"the option {option['code']} is there already")
        else:
            options.append(option["code"])
    yield Prediction(line, box.title, answer, tuple(options))


def _paragraphs(page: Page, box: Box) -> list[tuple[int, str]]:
    """Return the first paragraph of a box and what follows it, a list if it is one."""
    body = page.text[box.body : box.end]
    pieces = list(re.finditer(r"(?:^ *\S.*(?:\n|\Z))+", body, re.MULTILINE))
    if not pieces:
        return []
    found = [(box.body + pieces[0].start(), pieces[0][0])]
    if len(pieces) > 1 and _OPTION.match(pieces[1][0].strip()):
        # items may stand apart: the list ends at the first paragraph outside of it
        end, indent = pieces[1].end(), box.indent + 4
        for piece in pieces[2:]:
            row = piece[0].split("\n")[0]
            depth = len(row) - len(row.lstrip())
            if depth <= indent and not _OPTION.match(row.strip()):
                break
            end = piece.end()
        found.append((box.body + pieces[1].start(), body[pieces[1].start() : end]))
    return found
