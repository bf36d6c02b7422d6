from collections.abc import Iterator

import pytest

from lessons.pages.project import Project
from lessons.pages.reading.steps import Page
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome
from lessons.pages.verifying import accept as module
from lessons.pages.verifying.accept import accept
from sandbox import FIGURE, Sandbox

PAGE = """\
# Title with 0.5 and `code`

```python
--8<-- "part/lesson.py:RATE"
```

Half is `0.4`{= RATE } and 9{= RATE * 2 }, and 0.4 stays.

=== "tab"

    ```python title="a"
    print(RATE)

    print("  indented")
    ```

    ```output
    0.4
    ```

```python {.raises}
raise ValueError(f"rate {RATE}")
```

```output
```
"""
ACCEPTED = (
    PAGE.replace("`0.4`{", "`0.5`{")
    .replace("9{", "1.0{")
    .replace("    0.4\n", "    0.5\n      indented\n")
    .replace("```output\n```", "```output\nValueError: rate 0.5\n```")
)


def test_accept_rewrites_outputs_and_numbers_only(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE)
    assert accept(sandbox.project, []) == 0
    assert path.read_text() == ACCEPTED


def test_accept_twice_changes_nothing(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sandbox.write(ACCEPTED)
    before = path.stat().st_mtime_ns
    assert accept(sandbox.project, []) == 0
    assert path.stat().st_mtime_ns == before
    assert "---" not in capsys.readouterr().out


def test_accept_shows_what_it_changed(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.write(PAGE)
    accept(sandbox.project, [])
    out = capsys.readouterr().out
    assert "--- docs/part/page.md" in out
    assert "-    0.4" in out
    assert "+    0.5" in out


def test_a_page_that_fails_is_left_alone(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PAGE + "\n```python\n1 / 0\n```\n"
    path = sandbox.write(text)
    assert accept(sandbox.project, []) == 1
    assert path.read_text() == text
    assert "docs/part/page.md:29: the block raised" in capsys.readouterr().err


def test_a_changed_lesson_changes_the_outputs_it_touches(sandbox: Sandbox) -> None:
    path = sandbox.write(ACCEPTED)
    other = sandbox.write("# B\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n", "b")
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    lesson.write_text(lesson.read_text().replace("0.5", "0.25"))
    unchanged = other.read_text()
    assert accept(sandbox.project, []) == 0
    assert path.read_text() == ACCEPTED.replace("0.5`{", "0.25`{").replace(
        "1.0{", "0.5{"
    ).replace("    0.5\n", "    0.25\n").replace("rate 0.5\n", "rate 0.25\n")
    assert other.read_text() == unchanged


def test_accept_adds_an_output_below_a_block_that_prints(sandbox: Sandbox) -> None:
    text = (
        "# A\n\n```python\nprint(1)\n```\n\n"
        '??? note "B"\n\n    ```python\n    print("a\\n\\n  b")\n    ```\nEnd.\n'
    )
    path = sandbox.write(text)
    assert accept(sandbox.project, []) == 0
    assert path.read_text() == text.replace(
        "(1)\n```\n", "(1)\n```\n\n```output\n1\n```\n"
    ).replace(
        "    ```\nEnd", "    ```\n\n    ```output\n    a\n\n      b\n    ```\nEnd"
    )
    assert sandbox.failures(path.read_text()) == []


def test_accept_refuses_a_number_that_could_not_be_read_again(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sandbox.write("`1`{= '`' }\n")
    assert accept(sandbox.project, []) == 1
    assert path.read_text() == "`1`{= '`' }\n"
    assert "docs/part/page.md:1: the page says 1" in capsys.readouterr().err


def test_accept_formats_the_blocks_that_are_written_inline(sandbox: Sandbox) -> None:
    box = 'y={"a":1}\n    if y:\n        y={}\n'
    box = f'??? note "B"\n\n    ```python\n    {box}    ```\n'
    text = f"# A\n\n```python\nx=1\nprint( 'a' )\n```\n\n{box}"
    path = sandbox.write(text)
    assert accept(sandbox.project, []) == 0
    formatted = path.read_text()
    assert '```python\nx = 1\nprint("a")\n```\n\n```output\na\n```\n' in formatted
    assert '    y = {"a": 1}\n    if y:\n        y = {}\n    ```\n' in formatted
    assert sandbox.failures(formatted) == []


def test_what_was_saved_meanwhile_is_not_overwritten(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = PAGE + "\nOne more sentence.\n"
    path = sandbox.write(PAGE)
    original = module.run_pages

    def saving(project: Project, pages: list[Page], terms: Terms) -> Iterator[Outcome]:
        for outcome in original(project, pages, terms):
            path.write_text(saved)
            yield outcome

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "run_pages", saving)
        assert accept(sandbox.project, []) == 1
    assert path.read_text() == saved
    assert "docs/part/page.md:1: was saved while it ran" in capsys.readouterr().err
    assert accept(sandbox.project, []) == 0
    assert path.read_text() == ACCEPTED + "\nOne more sentence.\n"


def test_line_ends_stay_what_they_were(sandbox: Sandbox) -> None:
    path = sandbox.write("")
    path.write_bytes(PAGE.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert accept(sandbox.project, []) == 0
    assert path.read_bytes() == ACCEPTED.replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("'```'", "a fence inside a fence"),
        ("'a\\n```\\n\\n```text\\nb'", "a fence inside a fence"),
        (r"'\x1b[1m'", "U+001B"),
        (r"'a\x00b'", "U+0000"),
        (r"'a\rb'", "CR"),
        ("'======='", "a conflict marker"),
        ("'/home/me/x'", "a path of one machine"),
    ],
)
def test_an_output_that_no_page_can_show_is_refused(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], printed: str, reason: str
) -> None:
    code = f"print({printed})".replace("'", '"')
    text = f"# A\n\n```python\n{code}\n```\n\n```output\n1\n```\n"
    path = sandbox.write(text)
    assert accept(sandbox.project, []) == 1
    assert path.read_text() == text
    said = capsys.readouterr().err
    assert said.startswith("docs/part/page.md:8: what was printed cannot stand"), said
    assert reason in said
    assert [p.name for p in path.parent.iterdir()] == ["page.md"]


@pytest.mark.parametrize(
    "draw",
    [
        "import torch\n\nprint(torch.rand(1).item())",
        "import random\n\nprint(random.random())",
        "import numpy as np\n\nprint(np.random.rand())",
    ],
)
def test_no_two_runs_draw_alike_by_chance(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str], draw: str
) -> None:
    sandbox.write(f"# A\n\n```python\n{draw}\n```\n")
    assert accept(sandbox.project, []) == 1
    assert "docs/part/page.md:3: two runs differ here" in capsys.readouterr().err


def test_two_runs_that_differ_are_named(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "# A\n\n```python\nimport torch\n\nprint(torch.rand(1).item())\n```\n\n"
        "```python\nx = torch.rand(1).item()\n```\n\n1{= x }\n\n"
        + FIGURE.replace("[1, 2]", "[1, x]")
    )
    path = sandbox.write(text)
    assert accept(sandbox.project, []) == 1
    assert path.read_text() == text
    said = capsys.readouterr().err
    for line in (3, 15):
        assert f"docs/part/page.md:{line}: two runs differ here" in said
    text = text.replace("print(torch.rand(1).item())", "y = 2")
    sandbox.write(text.partition("```python\nimport m")[0])
    assert accept(sandbox.project, []) == 1
    assert "docs/part/page.md:13: two runs differ here" in capsys.readouterr().err


def test_what_is_tolerated_is_not_rewritten(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sandbox.write("# A\n\n0.49{= 0.5 } 0.49{= 0.6 }\n")
    monkeypatch.setattr(module, "announce", lambda _root: False)
    assert accept(sandbox.project, []) == 0
    assert path.read_text() == "# A\n\n0.49{= 0.5 } 0.6{= 0.6 }\n"


def test_what_the_first_look_finds_is_said_and_the_page_left(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.write("[x](no.md)\n", "other")
    path = sandbox.write(PAGE)
    assert accept(sandbox.project, [str(path)]) == 0
    text = f"{PAGE}\n[x](no.md)\n"
    path.write_text(text)
    assert accept(sandbox.project, [str(path)]) == 1
    assert path.read_text() == text
    assert capsys.readouterr().err.endswith("there is no such file: no.md\n")


def test_watching_accepts_again_what_was_saved(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sandbox.write(PAGE)
    other = sandbox.write("# B\n", "b")
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    accepted: list[list[str]] = []
    moves = [
        lambda: None,
        lambda: path.write_text(f"{PAGE}\n"),
        lambda: lesson.write_text(lesson.read_text() + "\n"),
        path.unlink,
    ]

    def pause(_seconds: float) -> None:
        if not moves:
            raise KeyboardInterrupt
        moves.pop(0)()

    monkeypatch.setattr(module.time, "sleep", pause)
    monkeypatch.setattr(module, "_accept", lambda _, names: accepted.append(names))
    with pytest.raises(KeyboardInterrupt):
        accept(sandbox.project, [str(path), str(other)], watch=True)
    both = [str(other), str(path)]
    assert accepted == [both, [str(path)], both]
