import contextlib
import io

import nbformat

from lessons.pages.publishing.notebook import to_notebook
from lessons.pages.publishing.program import shown_output, to_program
from lessons.pages.reading.code import is_indentable
from sandbox import EXERCISE, Sandbox

PAGE = """\
# A page

## Part { #part }

```python
print(1)
```

```output
1
```

```python {.raises}
print("before")
raise ValueError("x")
```

```output
before
ValueError: x
```

```python {.warns}
import warnings

warnings.warn("w", RuntimeWarning)
```

```output
RuntimeWarning: w
```

```python {.shown}
download()
```
"""


def test_the_program_prints_what_the_page_shows(sandbox: Sandbox) -> None:
    page = sandbox.read(PAGE)
    stdout = io.StringIO()
    with contextlib.redirect_stdout(stdout):
        exec(to_program(page, "From a test."), {"__name__": "__main__"})
    assert stdout.getvalue() == shown_output(page)
    assert stdout.getvalue() == "1\nbefore\nValueError: x\nRuntimeWarning: w\n"


def test_the_program_says_what_it_is(sandbox: Sandbox) -> None:
    program = to_program(sandbox.read(PAGE), "From a test.")
    assert program.startswith('"""A page.\n\nFrom a test.\n"""\n')
    assert program.count("# Part\n") == 1
    assert "download()" not in program


def test_a_text_over_several_lines_cannot_be_indented(sandbox: Sandbox) -> None:
    block = sandbox.read(PAGE).blocks[1]
    assert is_indentable(block)
    fence = '```python {.raises}\nx = """a\nb"""\nraise ValueError(x)\n```\n\n'
    text = fence + "```output\nValueError: a\nb\n```\n"
    assert not is_indentable(sandbox.read(text).blocks[0])
    assert "text over several lines" in sandbox.failures(text)[0]


def test_of_several_right_answers_the_program_has_the_first(sandbox: Sandbox) -> None:
    page = sandbox.read(EXERCISE + "\n```python {.solution}\nanswer = 2 + 2\n```\n")
    assert page.problems == []
    program = to_program(page, "From a test.")
    assert program.count("answer = 4\n") == 1
    assert program.count("assert answer == 4") == 1
    assert "2 + 2" not in program
    notebook = nbformat.reads(to_notebook(page, {}, sandbox.project), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code][3:] == ["answer = 4", "answer = 2 + 2"]
    hidden = [cell.metadata.get("jupyter") for cell in code]
    assert hidden == [None, None, *[{"source_hidden": True}] * 3]
