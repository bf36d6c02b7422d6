import pytest

from lessons.pages.verifying.accept import accept
from sandbox import Sandbox

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
