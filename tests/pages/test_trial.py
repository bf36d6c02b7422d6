"""An answer is refused only if the check says so; nothing that it does outlives it."""

import tempfile
from pathlib import Path
from typing import Any

import pytest

from lessons.pages.reading.steps import Block
from lessons.pages.running import trial
from lessons.pages.running.trial import Verdict, judge
from sandbox import EXERCISE, Sandbox

CHECK = 'assert answer == 4, "two times two is four"'


@pytest.fixture
def verdict(sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that judges an answer in a process forked from this one."""
    (tmp_path / "page").mkdir()
    monkeypatch.chdir(tmp_path / "page")
    monkeypatch.setattr(trial, "_PATIENCE", 1)

    def judged(answer: str, check: str = CHECK) -> Verdict:
        text = (
            f"```python {{.stub}}\n{answer}\n```\n```python {{.check}}\n{check}\n```\n"
        )
        stub, checking = sandbox.read(text).blocks
        namespace: dict[str, object] = {}

        def execute(block: Block) -> None:
            exec(compile(block.source.tree(), block.source.filename, "exec"), namespace)

        return judge(stub, checking, execute, seconds=1)

    return judged


def test_what_the_check_says_in_words_is_a_refusal(verdict: Any) -> None:
    assert verdict("answer = 4") == Verdict("passed")
    assert verdict("answer = 5") == Verdict("refused", "two times two is four")


@pytest.mark.parametrize(
    ("answer", "check", "reason"),
    [
        ("answer = 5", "assert answer == 4", "refuses it without a message"),
        ("answer = 5", "assert answer == 4, ' '", "refuses it without a message"),
        ("answer = 5", "answer.item()", "the check raises AttributeError"),
        ("assert False, 'no'", CHECK, "the .stub itself raises AssertionError"),
        ("raise SystemExit", CHECK, "the .stub itself raises SystemExit"),
        (
            "def answer():\n    assert False, 'no'",
            "assert answer() == 4, 'not four'",
            "the .stub itself raises AssertionError('no')",
        ),
    ],
)
def test_another_exception_is_none(
    verdict: Any, answer: str, check: str, reason: str
) -> None:
    found = verdict(answer, check)
    assert found.outcome == "raised"
    assert reason in found.reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("import os\nos._exit(0)", "died (0)"),
        ("import os\nos.kill(os.getpid(), 15)", "died (-15)"),
        ("while True:\n    pass", "never ends: over 1 s"),
        (
            "while True:\n    try:\n        while True:\n            pass\n"
            "    except BaseException:\n        pass",
            "never ends",
        ),
        ("import time\ntime.sleep(60)", "never ends"),
    ],
)
def test_a_process_that_dies_or_never_ends_is_none(
    verdict: Any, answer: str, reason: str
) -> None:
    found = verdict(answer)
    assert found.outcome == "died"
    assert reason in found.reason


def test_a_long_message_arrives_cut(verdict: Any) -> None:
    found = verdict("answer = 5", "assert answer == 4, 'ü' * 100_000")
    assert found == Verdict("refused", "ü" * 500)


def test_each_trial_has_a_folder_of_its_own_and_leaves_none(verdict: Any) -> None:
    Path("kept.txt").write_text("4", encoding="utf-8")
    before = set(Path(tempfile.gettempdir()).glob("trial-*"))
    answer = "file = open('kept.txt', 'r+')\nanswer = int(file.read())\nfile.write('5')"
    for _ in range(2):
        assert verdict(answer).outcome == "passed"
    assert Path("kept.txt").read_text(encoding="utf-8") == "4"
    assert list(Path().iterdir()) == [Path("kept.txt")]
    assert set(Path(tempfile.gettempdir()).glob("trial-*")) <= before


WRITES = """\
def answer():
    try:
        open("/tmp/../stray.txt", "w")
    except OSError:
        pass
    return 5
"""


@pytest.mark.parametrize(
    ("slip", "solution", "check"),
    [
        (f"{WRITES}answer = answer()", "answer = 4", "answer == 4"),
        (WRITES, "def answer():\n    return 4", "answer != ... and answer() == 4"),
    ],
    ids=["in the answer", "called by the check"],
)
def test_what_the_guard_forbids_is_no_refusal(
    sandbox: Sandbox, slip: str, solution: str, check: str
) -> None:
    text = EXERCISE.replace("answer = 5", slip).replace("answer = 4", solution)
    [message] = sandbox.failures(text.replace("answer == 4", check))
    assert message.startswith("docs/part/page.md:9: ")
    assert "does not write outside its own folder" in message


def test_an_answer_that_never_ends_is_named_at_its_line(sandbox: Sandbox) -> None:
    text = EXERCISE.replace("answer = 5", "while True:\n    answer = 5")
    [message] = sandbox.failures(text)
    assert message == "docs/part/page.md:9: the .wrong never ends: over 5 s"
