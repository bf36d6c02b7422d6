"""Whether the check of an exercise refuses what it must refuse."""

import contextlib
import io
import os
import signal
import warnings
from collections.abc import Callable

from lessons.pages.reading.steps import Block


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
