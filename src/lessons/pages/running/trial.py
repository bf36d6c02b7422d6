"""An answer to an exercise, judged by the check in a copy of the page's process."""

import json
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Literal

from lessons.pages.reading.steps import Block

Execute = Callable[[Block], None]


@dataclass(frozen=True)
class Verdict:
    """What came of an answer.

    Attributes:
        outcome: The check passed it, refused it in words, or something else happened.
        reason: What was said or what happened.
    """

    outcome: Literal["passed", "refused", "neither"]
    reason: str = ""


def misjudged(answer: Block, check: Block, execute: Execute) -> str | None:
    """Return why the check does not judge an answer as its kind asks, if that is so."""
    verdict = judge(answer, check, execute)
    wanted = "refused" if answer.facts.role == "refused" else "passed"
    if verdict.outcome == wanted:
        return None
    if verdict.outcome == "neither":
        return verdict.reason
    if verdict.outcome == "passed":
        return f"the check passes on the .{answer.kind}"
    return f"the check refuses this .{answer.kind}: {verdict.reason}"


def judge(answer: Block, check: Block, execute: Execute) -> Verdict:
    """Run an answer and its check where nothing that they do outlives them.

    Args:
        answer: What to judge; `check`: the exercise's check.
        execute: Runs a block in the namespace of the page; raises if the block does.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()
    if child == 0:
        try:
            _leave_the_page()
            verdict = _verdict(answer, check, execute)
            os.write(writing, json.dumps(astuple(verdict)).encode())
        except BaseException as error:
            os.write(writing, json.dumps(["neither", repr(error)]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 a descriptor
            said = pipe.read()
    finally:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if not said:
        code = os.waitstatus_to_exitcode(status)
        return Verdict("neither", f"the process of the .{answer.kind} died ({code})")
    return Verdict(*json.loads(said))


def _leave_the_page() -> None:
    """Go to a copy of the page's folder, and say nothing any more."""
    folder = tempfile.mkdtemp(prefix="trial-")
    shutil.copytree(".", folder, dirs_exist_ok=True)
    os.chdir(folder)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.stdout = sys.stderr = open(silence, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _verdict(answer: Block, check: Block, execute: Execute) -> Verdict:
    try:
        execute(answer)
    except BaseException as error:
        return Verdict("neither", f"the .{answer.kind} itself raises {error!r}")
    try:
        execute(check)
    except AssertionError as error:
        if str(error).strip():
            return Verdict("refused", str(error))
        return Verdict("neither", "the check refuses it without a message")
    except BaseException as error:
        return Verdict("neither", f"on the .{answer.kind} the check raises {error!r}")
    return Verdict("passed")
