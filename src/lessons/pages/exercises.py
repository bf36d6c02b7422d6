"""Exercises: a stub and slips that the check refuses, a solution that it accepts."""

import contextlib
import io
import os
import signal
import warnings
from collections.abc import Callable, Iterator

from lessons.pages.fences import Problem
from lessons.pages.steps import Block

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


def refusal(
    answer: Block, check: Block, execute: Callable[[Block], None]
) -> str | None:
    """Return why the check does not refuse an answer as it should, if that is so.

    Args:
        answer: A stub or a slip; `check`: the exercise's check.
        execute: Runs a block; what it changes is undone, for this is a copy of the
            process.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()
    if child == 0:
        with contextlib.redirect_stdout(io.StringIO()):
            os.write(writing, (_trial(answer, check, execute) or "").encode())
            os._exit(0)
    os.close(writing)
    try:
        with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 a descriptor
            return pipe.read() or None
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _trial(answer: Block, check: Block, execute: Callable[[Block], None]) -> str | None:
    try:
        execute(answer)
    except BaseException as error:
        return f"the .{answer.kind} itself raises {error!r}"
    try:
        execute(check)
    except AssertionError as error:
        return None if str(error) else "the check refuses it without a message"
    except BaseException as error:
        return f"on the .{answer.kind} the check raises {error!r}"
    return f"the check passes on the .{answer.kind}"
