"""The form of a chapter, rule by rule: kept, and seen where it is not kept."""

import pytest

from lessons.pages.project import Project
from lessons.pages.reading.form import problems
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.predictions import read_predictions
from sandbox import EXERCISE, Sandbox

FRONT = f"""\
---
title: A page
description: {"x" * 60}
needs:
  - index.md
---
"""
EARLIER = """\
??? note "From earlier chapters"

    ```python
    --8<-- "part/lesson.py:RATE"
    ```
"""
INCLUDE = '```python\n--8<-- "part/page.py:RATE"\n```\n'
DRAW = """\
```python
import matplotlib.pyplot as plt
```

![a line](figures/page-line.svg)

??? example "Draw it"

    ```python {.draw}
    fig, ax = plt.subplots()
    ax.plot([1, 2], color="C1")
    ax.set(xlabel="x", ylabel="y")
    plt.show()
    ```
"""
PREDICT = """\
??? predict "How much is two times three?"

    6{= 2 * 3 }

    Because three and three are six.

??? predict "Which shape?"

    `(2, 3)`{= (2, 3) }

    - `(3, 2)`: rows come first,
      columns after them.

    - `(6,)`: nothing was flattened.

    So much for shapes.
"""
TASKS = f"""\
## Exercises {{ #exercises }}

### 1. By hand {{ #exercise-1 }}

Two times two?

{EXERCISE}
"""
SOURCE = """\
## Compared with the source { #source }

??? note "Module 1: a slip of the pen"

    The notes have 5 here.
"""
SHORT = "\n## In short { #in-short }\n\nThat is all, of course.\n"
PAGE = "\n".join(
    [FRONT, "# A page { #page }\n", EARLIER, INCLUDE, DRAW, PREDICT, TASKS, SOURCE]
)
PAGE += SHORT
LONG = "x = [\n" + "    1,\n" * 9 + "]\n"


def look(course: Sandbox, text: str) -> list[str]:
    course.write(text)
    project = Project(course.project.root)  # reads mkdocs.yml again
    pages = read_pages(project, project.pages())
    return [str(finding) for finding in problems(project, pages)]


@pytest.fixture
def course(sandbox: Sandbox) -> Sandbox:
    """Return a course of one chapter, `part/page`, that keeps the form."""
    root = sandbox.project.root
    nav = (
        "nav:\n  - Home: index.md\n  - Lesson: part/lesson.md\n  - Page: part/page.md\n"
    )
    with (root / "mkdocs.yml").open("a") as config:
        config.write(nav)
    front = FRONT.replace("needs:\n  - index.md\n", "")
    (root / "docs/index.md").write_text(f"{front}\n# A\n")
    sandbox.write(f"{front}\n# A\n", "lesson")
    (root / "src/lessons/part/page.py").write_text("RATE = 0.5\n")
    (root / "tests/part").mkdir(parents=True)
    for name in ("lesson", "page"):
        (root / f"tests/part/test_{name}.py").touch()
    assert look(sandbox, PAGE) == []
    return sandbox


@pytest.mark.parametrize(
    ("old", "new", "mark", "reason"),
    [
        # what one should know
        ("- index.md", "- part/no.md", "  - part/no.md", "no page part/no.md in nav"),
        ("- index.md", "- part/page.md", "  - part/page", "part/page.md comes later"),
        ("- index.md", "- Index", "needs:", "does not match"),
        # definitions
        (INCLUDE, "```python\ndef f():\n    pass\n```\n", "def f", "f is defined on"),
        (INCLUDE, "```python\nclass F:\n    pass\n```\n", "class F", "show it with an"),
        ("From earlier chapters", "Before", "    ```python\n", 'in the box "From'),
        (INCLUDE, EARLIER, '??? note "From', "one box"),
        # drawings
        (
            "![a line](figures/page-line.svg)\n\n",
            "",
            "    ```python {.draw",
            "below its",
        ),
        (
            '??? example "Draw',
            '!!! example "Draw',
            "    ```python {.draw",
            "folded box",
        ),
        # exercises
        (
            "### 1. By hand { #exercise-1 }",
            "**1. By hand.**",
            "```python {.stub",
            "###",
        ),
        ("### 1. By", "### 2. By", "```python {.stub", "### 1. Title { #exercise-1 }"),
        ("#exercise-1", "#exercise-2", "```python {.stub", "needs a heading"),
        ("### 1. By", "#### 1. By", "```python {.stub", "needs a heading"),
        ("{ #exercises }", "{ #tasks }", "```python {.stub", "## Exercises { #exer"),
        # the source
        ("Two times two?", "The course says five.", "The course", '"The course"'),
        ("That is all", "The notes are wrong", "The notes are", "have never seen"),
        ("Compared with the source {", "Compared {", "## Compared {", "is called"),
        ('??? note "Module', '!!! note "Module', "## Compared", "a folded box"),
        (TASKS, "", "## Compared", ""),
        # predictions
        ("6{= 2 * 3 }\n", "6\n", "    6\n", "one computed value"),
        ("6{= 2 * 3 }\n", "About 6{= 2 * 3 }\n", "    About", "one computed value"),
        ("6{= 2 * 3 }\n", "six{= 'six' }\n", "    six", "six is no number"),
        ("- `(3, 2)`:", "- A swap:", "    - A swap", "begins with `code`"),
        ("- `(3, 2)`:", "- `(2, 3)`:", "    - `(2, 3)`", "is there already"),
        ("- `(6,)`:", "- `(3, 2)`:", "    - `(3, 2)`: not", "is there already"),
        ("??? predict", "!!! predict", "!!! predict", "open a prediction with"),
    ],
)
def test_what_does_not_keep_the_form(
    course: Sandbox, old: str, new: str, mark: str, reason: str
) -> None:
    assert old in PAGE
    text = PAGE.replace(old, new, 1)
    if not reason:  # a page without exercises has the section as well
        assert look(course, text) == []
        return
    line = text.count("\n", 0, text.rindex(mark)) + 1
    found = look(course, text)
    assert any(
        m.startswith(f"docs/part/page.md:{line}: ") and reason in m for m in found
    ), found


def test_the_source_is_after_the_exercises_and_before_the_end(course: Sandbox) -> None:
    for moved in (
        PAGE.replace(SOURCE, "").replace(TASKS, SOURCE + TASKS),
        PAGE.replace(SOURCE, "").replace(SHORT, SHORT + SOURCE),
    ):
        (found,) = look(course, moved)
        assert "after the exercises, before In short" in found


def test_much_drawing_is_folded_below_its_picture(course: Sandbox) -> None:
    picture = "\n![more](figures/page-more.svg)\n"
    drawing = f"```python\n{LONG}```\n{picture}"
    (found,) = look(course, PAGE.replace(INCLUDE, INCLUDE + drawing))
    assert "11 lines that draw: first the picture" in found
    short = f"```python\nx = [1]\n```\n{picture}"
    assert look(course, PAGE.replace(INCLUDE, INCLUDE + short)) == []
    above = f'??? note "Code"\n\n    ```python\n    x = [1]\n    ```\n{picture}'
    (found,) = look(course, PAGE.replace(INCLUDE, INCLUDE + above))
    assert "1 lines that draw: first the picture" in found
    answer = '??? note "So?"\n\n' + "".join(
        f"    {row}".rstrip() + "\n" for row in drawing.split("\n")
    )
    assert look(course, PAGE.replace(INCLUDE, INCLUDE + answer)) == []


def test_a_picture_belongs_to_the_drawing_below_it(course: Sandbox) -> None:
    course.write(PAGE)
    (page,) = read_pages(course.project, [course.project.docs / "part/page.md"])
    drawn = [(b.kind, [i.name for i in b.images]) for b in page.blocks if b.images]
    assert drawn == [("draw", ["page-line.svg"])]
    below = PAGE.replace("## Exercises", "![b](figures/page-b.svg)\n\n## Exercises")
    (found,) = look(course, below)
    assert "a .draw block is below its pictures, not above" in found


def test_predictions_are_read_with_their_options(course: Sandbox) -> None:
    course.write(PAGE)
    (page,) = read_pages(course.project, [course.project.docs / "part/page.md"])
    predictions, found = read_predictions(page)
    assert found == []
    assert [(p.question, p.answer.value, p.options) for p in predictions] == [
        ("How much is two times three?", "6", ()),
        ("Which shape?", "(2, 3)", ("(3, 2)", "(6,)")),
    ]
