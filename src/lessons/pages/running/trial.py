"""An answer to an exercise, judged by the check in a copy of the page's process."""

import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import Literal

from lessons.pages.reading.steps import Block

Execute = Callable[[Block], None]
_LIMIT = 5
_PATIENCE = 6  # seconds that may pass for each one of processor time
_LONGEST = 500  # of a reason, so that a pipe takes it at once


@dataclass(frozen=True)
class Verdict:
    """What came of an answer.

    Attributes:
        outcome: The check passed it, or refused it in words; the answer or the check
            raised something else; or the process died or went on for ever.
        reason: What was said or what happened.
    """

    outcome: Literal["passed", "refused", "raised", "died"]
    reason: str = ""


def misjudged(answer: Block, check: Block, execute: Execute) -> str | None:
    """Return why the check does not judge an answer as its kind asks, if that is so."""
    verdict = judge(answer, check, execute)
    wanted = "refused" if answer.facts.role == "refused" else "passed"
    if verdict.outcome == wanted:
        return None
    if verdict.outcome == "passed":
        return f"the check passes on the .{answer.kind}"
    if verdict.outcome == "refused":
        return f"the check refuses this .{answer.kind}: {verdict.reason}"
    return verdict.reason


def judge(
    answer: Block, check: Block, execute: Execute, seconds: int = _LIMIT
) -> Verdict:
    """Run an answer and its check where nothing that they do outlives them.

    Args:
        answer: What to judge; `check`: the exercise's check.
        execute: Runs a block in the namespace of the page; raises if the block does.
        seconds: The processor time that both may take.
    """
    reading, writing = os.pipe()
    with (
        tempfile.TemporaryDirectory(prefix="trial-") as folder,
        open(reading, "rb", buffering=0) as pipe,  # noqa: PTH123 a descriptor
        warnings.catch_warnings(action="ignore", category=DeprecationWarning),
    ):
        child = os.fork()
        if child == 0:
            try:
                _leave_the_page(folder, seconds)
                _tell(writing, _verdict(answer, check, execute))
            except BaseException as error:
                _tell(writing, Verdict("died", f"no trial: {_brief(error)}"))
            finally:
                os._exit(0)
        os.close(writing)
        try:
            ready, _, _ = select.select([pipe], [], [], seconds * _PATIENCE)
            said = pipe.read(select.PIPE_BUF) if ready else b""
        finally:
            os.kill(child, signal.SIGKILL)
            _, status, used = os.wait4(child, 0)
    if said:
        return Verdict(*json.loads(said))
    if not ready or used.ru_utime + used.ru_stime > 0.9 * seconds:
        return Verdict("died", f"the .{answer.kind} never ends: over {seconds} s")
    code = os.waitstatus_to_exitcode(status)
    return Verdict("died", f"the process of the .{answer.kind} died ({code})")


def _tell(pipe: int, verdict: Verdict) -> None:
    os.write(pipe, json.dumps(astuple(verdict)).encode())


def _leave_the_page(folder: str, seconds: int) -> None:
    """Go to a copy of the page's folder, and say nothing any more."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    shutil.copytree(".", folder, dirs_exist_ok=True)
    os.chdir(folder)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.stdout = sys.stderr = open(silence, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _verdict(answer: Block, check: Block, execute: Execute) -> Verdict:
    kind = f".{answer.kind}"
    try:
        execute(answer)
    except BaseException as error:
        return Verdict("raised", f"the {kind} itself raises {_brief(error)}")
    try:
        execute(check)
    except AssertionError as error:
        if _passes_through(answer, error):
            return Verdict("raised", f"the {kind} itself raises {_brief(error)}")
        if str(error).strip():
            return Verdict("refused", str(error)[:_LONGEST])
        return Verdict("raised", "the check refuses it without a message")
    except BaseException as error:
        reason = f"on the {kind} the check raises {_brief(error)}"
        if "ellipsis" in reason:
            reason += "; let it begin with: assert NAME is not ..., MESSAGE"
        return Verdict("raised", reason)
    return Verdict("passed")


def _passes_through(block: Block, error: BaseException) -> bool:
    """Whether code of a block was at work when an exception was raised."""
    return any(
        frame.f_code.co_filename == block.source.filename and line in block.source.lines
        for frame, line in traceback.walk_tb(error.__traceback__)
    )


def _brief(error: BaseException) -> str:
    return repr(error)[:_LONGEST]
