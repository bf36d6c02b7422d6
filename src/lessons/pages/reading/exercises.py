"""Exercises: a stub, its check, slips that the check refuses, and right answers."""

from collections.abc import Iterator
from symtable import symtable

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Exercise

_FOLLOWS = {  # a kind, and those it may stand below; "" is any block outside exercises
    "": ("", "solution"),
    "stub": ("", "solution"),
    "check": ("stub",),
    "wrong": ("check", "wrong"),
    "solution": ("wrong", "solution"),
}
_FORM = "an exercise is .stub, .check, .wrong once or more, .solution once or more"


def group_exercises(blocks: list[Block]) -> tuple[list[Exercise], list[Problem]]:
    """Return the exercises of a page in order, and what is wrong with their form."""
    exercises: list[Exercise] = []
    last = ""
    for block in blocks:
        kind = block.kind if block.facts.role else ""
        if last not in _FOLLOWS[kind]:
            return exercises, [Problem(block.line, f"{_FORM}; here is .{block.kind}")]
        if kind == "stub":
            exercises.append(Exercise())
        if kind:
            exercises[-1].blocks.append(block)
        last = kind
    if last not in _FOLLOWS[""]:
        return exercises, [Problem(exercises[-1].stub.line, f"{_FORM}; here it ends")]
    return exercises, [p for exercise in exercises for p in _other_names(exercise)]


def _other_names(exercise: Exercise) -> Iterator[Problem]:
    """Yield the answers that leave out a name that the stub defines."""
    wanted = defined(exercise.stub)
    for answer in exercise.answers:
        if missing := sorted(wanted - defined(answer)):
            message = f"this .{answer.kind} does not define {', '.join(missing)}"
            yield Problem(answer.line, f"{message}, as the .stub does")


def defined(block: Block) -> set[str]:
    """Return the names that a block binds at its top level."""
    try:
        table = symtable(block.source.text, block.source.filename, "exec")
    except SyntaxError:
        return set()  # reported on its own
    return {s.get_name() for s in table.get_symbols() if s.is_assigned()}
