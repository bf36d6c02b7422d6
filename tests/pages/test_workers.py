import os
import time

import pytest

from lessons.pages.reading.page import read_pages
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import run_pages
from sandbox import Sandbox

FOREVER = "```python\nx = 1\n```\n\n```python\nwhile True:\n    pass\n```\n"


def test_an_endless_loop_is_stopped_at_its_line(sandbox: Sandbox) -> None:
    message = sandbox.run(FOREVER, Terms(seconds=1.0)).failures[0]
    assert message.startswith("docs/part/page.md:")
    assert "over the time limit of 1 s" in message
    assert message.split(":")[1] in ("6", "7")


def test_a_loop_that_cannot_be_interrupted_is_killed(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lessons.pages.running.workers._GRACE", 1.0)
    code = "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass"
    text = f"```python\n{code}\n```\n"
    message = sandbox.run(text, Terms(seconds=1.0)).failures[0]
    assert message.startswith(
        "docs/part/page.md:1: the process of this page ended here"
    )


def test_pages_do_not_see_each_other(sandbox: Sandbox) -> None:
    code = "import torch\n\nassert not hasattr(torch, 'mark')\ntorch.mark = 1"
    text = f"```python\n{code}\n```\n"
    paths = [sandbox.write(text, name) for name in ("a", "b", "c")]
    pages = read_pages(sandbox.project, paths)
    outcomes = list(run_pages(sandbox.project, pages, jobs=2))
    assert sorted(outcome.page.path.stem for outcome in outcomes) == ["a", "b", "c"]
    assert [outcome.failures for outcome in outcomes] == [[], [], []]


def test_the_environment_is_as_it_was(sandbox: Sandbox) -> None:
    before = dict(os.environ)
    sandbox.failures("```python\nx = 1\n```\n")
    assert dict(os.environ) == before


def test_a_page_has_one_thread(sandbox: Sandbox) -> None:
    text = "```python\nimport torch\n```\n\n1{= torch.get_num_threads() }\n"
    assert sandbox.failures(text) == []


def test_an_abandoned_run_leaves_no_process(sandbox: Sandbox) -> None:
    pages = [sandbox.read(FOREVER)]
    running = run_pages(sandbox.project, pages * 2, jobs=2)
    started = time.monotonic()
    running.close()
    assert time.monotonic() - started < Terms().seconds
