"""Faults that people make, as data: what is planted, where and why it goes red.

To add a fault that verifying a page notices, add a line to `ON_A_SHORT_PAGE`: what to
plant, the beginning of the line that is at fault, and words that the message must have.
A fault that only the whole site shows goes into `ON_THE_SITE`. In all texts `STEM` is
the name of the page without its suffix, and `ROOT` the folder of the project.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox import EXERCISE, FIGURE

CHAPTER = "docs/tensors/one-dimensional.md"
LAB = "docs/labs/first-tensors.md"
SHORT = "docs/reference/short.md"
SHORT_LAB = "docs/labs/short.md"
REAL = (CHAPTER, LAB)

SHORT_PAGE = f"""\
---
title: A short page
description: A page with one thing of each kind, green as it is, to plant a fault in.
---

# A short page {{ #short }}

Two times two is `4`{{= 2 * 2 }}.

## Blocks {{ #blocks }}

```python
half = 1 / 2
print(half)
```

```output
0.5
```

{FIGURE.replace("page-line", "short-line")}
??? predict "What is twice one half?"

    1.0{{= half * 2 }}

    Because two halves are one.

## Exercises {{ #exercises }}

### 1. An exercise {{ #exercise-1 }}

{EXERCISE}"""

Plant = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Fault:
    """A fault and how it must go red.

    Attributes:
        name: What it is.
        plant: Returns a page with the fault, and how the line that is at fault begins.
        reason: Words of the message.
        on: The pages in which it is planted, each time in a copy of its own.
        seconds: The time limit of the pages; those that run out of it want a short one.
        files: Other files that it needs, by their place in the project.
    """

    name: str
    plant: Plant
    reason: str
    on: tuple[str, ...] = (SHORT,)
    seconds: int = 60
    files: Mapping[str, str] = field(default_factory=dict)


def append(text: str, mark: str) -> Plant:
    """Plant `text` at the end; the fault is in the line that `mark` begins."""
    return lambda page: (f"{page}\n{text}", mark)


def exercise(text: str, mark: str) -> Plant:
    """Plant an exercise of these blocks at the end, below a heading of its own."""

    def plant(page: str) -> tuple[str, str]:
        number = page.count("{.stub}") + 1
        heading = f"### {number}. Planted {{ #exercise-{number} }}"
        return f"{page}\n{heading}\n\n{text}", mark

    return plant


def block(code: str, mark: str = "", kind: str = "") -> Plant:
    """Plant a block at the end; the fault is in the line that `mark` begins.

    By default that is the line of the opening fence.
    """
    opening = f"```python {{.{kind}}}" if kind else "```python"
    text = f"{opening}\n{code}\n```\n"
    return append(text, mark or text)


def in_box(opening: str) -> Plant:
    """Plant a block that raises inside a box of the page."""
    text = "    ```python\n    planted = 1 / 0\n    ```\n"
    return append(f"{opening}\n\n{text}", "    planted = 1 / 0")


def change(pattern: str, replacement: str, mark: str = "") -> Plant:
    """Replace the first match of `pattern`; the fault is in the changed line."""

    def plant(page: str) -> tuple[str, str]:
        match = re.search(pattern, page, re.MULTILINE)
        assert match, f"{pattern} does not occur"
        new = match.expand(replacement)
        changed = page[: match.start()] + new + page[match.end() :]
        line = changed.count("\n", 0, match.start() + len(new) - 1)
        return changed, mark or changed.split("\n")[line]

    return plant


_DRAWING = FIGURE.replace("page-line", "STEM-planted")
_TASK = EXERCISE.replace("answer", "planted")

ON_REAL_PAGES = (
    Fault(
        "a changed digit in an output",
        change(r"(?<=```output\n)(.*?)\d", r"\g<1>987"),
        "the output differs from the run",
        REAL,
    ),
    Fault(
        "a changed digit in a computed number",
        change(r"\d(?=`?\{= )", "987"),
        "the page says",
        REAL,
    ),
    Fault("a missing output", block("print(1)"), "a missing output", REAL),
    Fault(
        "an output too many",
        append("```output\n1\n```\n", "```output"),
        "an output too many",
        REAL,
    ),
    Fault(
        "a block that raises",
        block("half = 2\nplanted = 1 / 0", "planted = 1"),
        "ZeroDivisionError: division by zero",
        REAL,
    ),
    Fault(
        "a raises block that does not",
        append(
            "```python {.raises}\nplanted = 1\n```\n\n```output\nx\n```\n",
            "```python {.raises}\nplanted = 1",
        ),
        "is marked .raises and raises nothing",
        REAL,
    ),
    Fault(
        "a raises block with another message",
        append(
            "```python {.raises}\n1 / 0\n```\n\n```output\nValueError: x\n```\n",
            "ValueError: x",
        ),
        "+ZeroDivisionError: division by zero",
        REAL,
    ),
    Fault(
        "an unexpected warning",
        block('import warnings\n\nwarnings.warn("w")'),
        "an unexpected warning: UserWarning: w",
        REAL,
    ),
    Fault(
        "a fault in a block with a title",
        append('```python title="x"\nplanted = 1 / 0\n```\n', "planted"),
        "ZeroDivisionError",
        REAL,
    ),
    Fault("a fault in a tab", in_box('=== "Tab"'), "ZeroDivisionError", REAL),
    Fault("a fault in a list", in_box("- an item"), "ZeroDivisionError", REAL),
    Fault(
        "a fault in a collapsed box",
        in_box('??? note "Box"'),
        "ZeroDivisionError",
        REAL,
    ),
    Fault(
        "a wrong tag",
        append("```py\nx = 1\n```\n", "```py\n"),
        'unknown tag "py"',
        REAL,
    ),
    Fault(
        "a brace-first form",
        append("```{.python}\nx = 1\n```\n", "```{"),
        'not "```{.python}"',
        REAL,
    ),
    Fault("a misspelt class", block("x = 1", kind="rises"), 'class ".rises"', REAL),
    Fault(
        "a fence that the renderer does not see",
        append(
            "<!--\n\n```python\nx = 1\n```\n\n-->\n", "```python\nx = 1\n```\n\n-->"
        ),
        "renderer and runner see this differently",
        REAL,
    ),
    Fault(
        "a fence with four backticks",
        append("````python\nx = 1\n````\n", "````python"),
        "a fence opens with three backticks",
        REAL,
    ),
    Fault(
        "an include of nothing",
        block('--8<-- "tensors/sharing.py:nothing"', "--8<--"),
        "tensors/sharing.py has no 'nothing'",
        REAL,
    ),
    Fault(
        "an include beside code",
        block('x = 1\n--8<-- "tensors/sharing.py:x"'),
        "one include or inline code, not both",
        REAL,
    ),
    Fault(
        "a figure drawn and not shown",
        append(_DRAWING.split("![", maxsplit=1)[0], "```python\nimport matplotlib"),
        "draws 1 and shows 0",
        REAL,
    ),
    Fault(
        "a figure shown and not drawn",
        append("```python\nx = 1\n```\n\n![a](figures/STEM-planted.svg)\n", "![a]"),
        "draws 0 and shows 1",
        REAL,
    ),
    Fault(
        "a figure named twice",
        append(f"{_DRAWING}\n{_DRAWING.replace('![a', '![b')}", "![b"),
        "is named twice",
        REAL,
    ),
    Fault(
        "a figure too heavy",
        append(
            _DRAWING.replace("[1, 2]", "[i * i % 977 for i in range(20000)]"), "![a"
        ),
        "is too heavy",
        REAL,
    ),
    Fault(
        "a figure without alternative text",
        append(_DRAWING.replace("![a line]", "![]"), "![]"),
        "has no alternative text",
        REAL,
    ),
    Fault(
        "an axis without a label",
        append(_DRAWING.replace('xlabel="x", ', ""), "![a"),
        "has no label on its x axis",
        REAL,
    ),
    Fault(
        "an exercise whose check passes on the stub",
        exercise(_TASK.replace("planted = ...", "planted = 4"), "```python {.stub}"),
        "the check passes on the .stub",
        REAL,
    ),
    Fault(
        "an exercise whose check passes on the common slip",
        exercise(_TASK.replace("planted = 5", "planted = 4"), "```python {.wrong}"),
        "the check passes on the .wrong",
        REAL,
    ),
    Fault(
        "an exercise whose check fails on the solution",
        exercise(_TASK.replace("planted = 4", "planted = 6"), "assert planted"),
        "AssertionError: two times two is four",
        REAL,
    ),
    Fault(
        "an expression that raises",
        append("It is 1{= nothing_of_this_name }.\n", "It is"),
        "raises NameError",
        REAL,
    ),
    Fault("a raw code annotation", block("x = 1  # (1)!"), "annotation", REAL),
    Fault(
        "a page that opens a connection",
        block(
            'import socket\n\nplanted = socket.create_connection(("192.0.2.1", 9))',
            "planted = socket",
        ),
        "a page has no network",
        REAL,
    ),
    Fault(
        "a page that writes into the project",
        block('planted = open("ROOT/docs/x.txt", "w")', "planted ="),
        "does not write outside its own folder",
        REAL,
    ),
    Fault(
        "a page that imports the lessons",
        block("from lessons.tensors import sharing", "from lessons"),
        "never imports lessons",
        REAL,
    ),
    Fault(
        "a block that is not run and not listed",
        block("x = 1", kind="shown"),
        "must be listed",
        REAL,
    ),
)

ON_A_SHORT_PAGE = (
    Fault(
        "a byte that no one sees",
        append("one\n\nt\x00wo\n", "t\x00wo"),
        "unreadable: the character U+0000",
    ),
    # what a block does besides printing
    Fault(
        "a word on the standard error",
        block('import sys\n\nprint("x", file=sys.stderr)'),
        "the standard error:",
    ),
    Fault(
        "an output that Python does not know of",
        block('import os\n\nos.write(1, b"x")'),
        "a missing output",
    ),
    Fault(
        "an exception in a thread",
        block(
            "import threading\n\nthread = threading.Thread(target=lambda: 1 / 0)\n"
            "thread.start()\nthread.join()"
        ),
        "ZeroDivisionError: division by zero",
    ),
    Fault(
        "words after the end",
        block('import atexit\n\natexit.register(print, "late")', "```\n"),
        "after its last block the page still says",
    ),
    Fault(
        "a file written by C++",
        block('import torch\n\ntorch.save(1, "ROOT/x.pt")', "torch.save"),
        "RuntimeError",
    ),
    Fault(
        "a module of the lessons by its name",
        block(
            'import importlib\n\nimportlib.import_module("lessons.tensors.sharing")',
            "importlib.import_module",
        ),
        "never imports lessons",
    ),
    Fault(
        "a stub that swallows what was refused",
        exercise(
            _TASK.replace(
                "planted = ...",
                'import os\n\ntry:\n    os.system("true")\nexcept OSError:\n'
                "    planted = ...",
            ),
            "```python {.stub}",
        ),
        "starts no other program",
    ),
    Fault(
        "a slip that dies",
        exercise(
            _TASK.replace("planted = 5", "import os\n\nos._exit(0)\nplanted = 5"),
            "```python {.wrong}",
        ),
        "the process of the .wrong died",
    ),
    Fault(
        "a slip that never ends",
        exercise(
            _TASK.replace("planted = 5", "while True:\n    planted = 5"),
            "```python {.wrong}",
        ),
        "the .wrong never ends",
    ),
    Fault(
        "an answer of another name",
        exercise(_TASK.replace("planted = 4", "other = 4"), "```python {.solution}"),
        "does not define planted, as the .stub does",
    ),
    Fault("an expression that prints", append("`1`{= print(1) }\n", "`1`"), "prints"),
    Fault(
        "a drawing into a figure that was shown", block("ax.plot([1, 2])"), "has shown"
    ),
    Fault(
        "a prediction without its value",
        append('??? predict "So?"\n\n    Planted words.\n', "    Planted words"),
        "a prediction opens with a paragraph that is one computed value",
    ),
    Fault(
        "a prediction with the answer among its options",
        append(
            '??? predict "So?"\n\n    `4`{= 2 * 2 }\n\n    - `4`: planted.\n',
            "    - `4`: planted",
        ),
        "the option 4 is there already",
    ),
    Fault(
        "a function defined on the page",
        block("def planted() -> int:\n    return 1", "def planted"),
        "planted is defined on the page, where no test holds it",
    ),
    # what the words and the code of a page may not say
    Fault("marks of a conflict", append("<<<<<<< HEAD\n", "<<<<<<<"), "conflict"),
    Fault("an id twice", append("## X {#short}\n", "## X"), "is there twice"),
    Fault("a link by no name", append("See [x][nowhere].\n", "See"), "defines"),
    Fault(
        "an include outside a fence",
        append('--8<-- "tensors/sharing.py:x"\n', "--8<--"),
        "include",
    ),
    Fault(
        "an expression in the title",
        change("title: A short page", "title: Page 2{= 1 + 1 }"),
        "{=",
    ),
    Fault("a figure saved by hand", block('fig.savefig("x.png")', "fig."), "savefig"),
    Fault(
        "a colour by name",
        block('import numpy\n\nplt.plot([1, 2], color="red")', "plt."),
        'a colour by name, "red"',
    ),
    Fault(
        "an import that readers do not have",
        block("import pytest", "import pytest"),
        "pytest is not among what a reader has",
    ),
    Fault(
        "an output in a comment",
        append(
            "```python\nprint(1)\n```\n\n<!--\n\n```output\n1\n```\n\n-->\n",
            "```output",
        ),
        "",
    ),
    Fault(
        "an endless loop",
        block("any(False for _ in iter(int, 1))", "any"),
        "over the time limit of 6 s",
        seconds=6,
    ),
)

ON_THE_SITE = (
    Fault(
        "a dead link",
        append("[x](nowhere.md)\n", "[x]"),
        "no such file",
        on=(SHORT, SHORT_LAB),
    ),
    Fault(
        "a dead anchor",
        append("[x](../reference/short.md#nowhere)\n", "[x]"),
        "no such anchor",
        on=(SHORT, SHORT_LAB),
    ),
    Fault(
        "a dead anchor in the same page",
        append("[x](#nowhere)\n", "[x]"),
        "no such anchor",
    ),
    Fault(
        "a missing picture",
        append('<img src="../nowhere.png" alt="x">\n', "<img"),
        "no such file",
    ),
)
