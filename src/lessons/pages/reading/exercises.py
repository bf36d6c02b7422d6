"""Exercises: a stub, its check, slips that the check refuses, and a solution."""

from collections.abc import Iterator

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block

_PARTS = ("stub", "check", "wrong", "solution")


def group_exercises(blocks: list[Block]) -> Iterator[Problem]:
    """Give every solution the blocks of its exercise; yield what does not fit."""
    pending: list[Block] = []
    for block in blocks:
        place = len(pending)
        expected = _PARTS[min(place, 2) : place + 1 if place < 3 else 4]
        if block.kind not in _PARTS and not pending:
            continue
        if block.kind == "solution" and place >= 3:
            block.answers, pending = pending, []
        elif block.kind in expected and block.kind != "solution":
            pending.append(block)
        else:
            order = ", ".join(f".{part}" for part in _PARTS)
            yield Problem(block.line, f"an exercise is {order}; here is .{block.kind}")
            pending = []
    if pending:
        yield Problem(pending[0].line, "this exercise has no .solution")
