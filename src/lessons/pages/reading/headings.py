"""What the headings of a chapter promise: its exercises, its view of the source."""

import re
from collections.abc import Iterator

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.page import blank, without_code
from lessons.pages.reading.steps import Page

SOURCE = "Compared with the source"
HEADING = re.compile(
    r"^(?P<marks>#{1,6}) +(?P<text>[^\n]+?) *(?:\{ *#(?P<id>[\w-]+) *\})?$",
    re.MULTILINE,
)
_SOURCE = re.compile(
    r"\b(?:the|this) (?:source|notes|seminar|notebook series)\b(?! (?:code|of)\b)"
    r"|\bthe course\b(?! of\b)",
    re.IGNORECASE,
)
_MUTE = re.compile(r"<!--(?s:.*?)-->|\{= [^\n]+? \}|\]\([^)\n]*\)")


def about_the_source(page: Page) -> Iterator[Problem]:
    """Yield where a page speaks of the source outside the section for it."""
    headings = list(HEADING.finditer(page.prose))
    places = {match["id"]: match.start() for match in headings}
    source = places.get("source")
    text = blank(_MUTE, without_code(page.prose))
    behind = [m.start() for m in headings if source is not None and m.start() > source]
    end = min(behind, default=len(text))
    for match in _SOURCE.finditer(text):
        if source is None or not source <= match.start() < end:
            message = (
                f'"{match[0]}": readers have never seen the source; what it says '
                f'belongs into the section "{SOURCE} {{ #source }}"'
            )
            yield Problem(page.line(match.start()), message)
    if source is None:
        return
    line = page.line(source)
    if f"## {SOURCE}" not in [f"{m['marks']} {m['text']}" for m in headings]:
        yield Problem(line, f"the section is called ## {SOURCE} {{ #source }}")
    is_behind = places.get("exercises", source) <= source
    if not is_behind or source > places.get("in-short", source):
        yield Problem(line, "this section is after the exercises, before In short")
    entries = [
        box for box in page.boxes if box.indent == 0 and source < box.start < end
    ]
    if not entries or not all(box.is_folded for box in entries):
        yield Problem(line, 'here each entry is a folded box of its own: ??? note "…"')


def unheaded(page: Page) -> Iterator[Problem]:
    """Yield the exercises that no link can name."""
    headings = list(HEADING.finditer(page.prose))
    for number, exercise in enumerate(page.exercises, 1):
        above = [m for m in headings if m.end() < exercise.stub.fence.start]
        near = above[-1] if above else None
        wanted = f"### {number}. Title {{ #exercise-{number} }}"
        is_kept = (
            near is not None
            and near["marks"] == "###"
            and near["text"].startswith(f"{number}. ")
            and near["id"] == f"exercise-{number}"
        )
        if not is_kept:
            message = f"this exercise needs a heading above its text: {wanted}"
            yield Problem(exercise.stub.line, message)
        elif "exercises" not in [m["id"] for m in above]:
            message = "the exercises are below ## Exercises { #exercises }"
            yield Problem(exercise.stub.line, message)
