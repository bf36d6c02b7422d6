from pathlib import Path

import pytest

from counts import count
from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.error_list import (
    LIST,
    MARKER,
    Entry,
    collect,
    with_messages,
)
from lessons.pages.reading.page import read_pages
from sandbox import Sandbox

LISTED = """\
messages:
  - message: "AttributeError: {} has no attribute '{}'"
    cause: It has no such name.
    cure: Look at `dir(it)`.
course:
  - "ValueError: {} is too small"
"""
PAGE = """\
# A page

## Part { #part }

```python {.raises}
"".a
```

```output
AttributeError: 'str' object has no attribute 'a'
```

```python {.raises}
raise ValueError("3 is too small\\nby far")
```

```output
ValueError: 3 is too small
by far
```
"""


@pytest.fixture
def course(sandbox: Sandbox) -> Sandbox:
    """Return a project with a page in its navigation and a list of messages."""
    sandbox.write(PAGE)
    path = sandbox.project.root / LIST
    path.parent.mkdir(parents=True)
    path.write_text(LISTED, encoding="utf-8")
    with (sandbox.project.root / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nnav:\n  - part/page.md\n")
    return sandbox


def read(course: Sandbox) -> str:
    project = Project(course.project.root)
    return with_messages(f"{MARKER}\n", project, read_pages(project, project.pages()))


def test_the_list_says_what_a_message_means_and_where_it_comes_up(
    course: Sandbox,
) -> None:
    assert read(course).split("\n\n")[:-1] == [
        "## AttributeError { #attributeerror }",
        "### `… has no attribute '…'` { #attributeerror-has-no-attribute }",
        "It has no such name.",
        "**What to do.** Look at `dir(it)`.",
        "Run in [Part (A page)](../part/page.md#part).",
        "## ValueError { #valueerror }",
        "### `… is too small` { #valueerror-is-too-small }",
        "Run in [Part (A page)](../part/page.md#part).",
    ]


def test_a_message_that_the_list_lacks_is_named_with_its_place(course: Sandbox) -> None:
    path = course.project.root / LIST
    path.write_text(LISTED.replace("too small", "too large"), encoding="utf-8")
    with pytest.raises(ProjectError, match=r"page\.md:13: no entry .*3 is too small"):
        read(course)


def test_an_entry_that_nothing_needs_is_named(course: Sandbox) -> None:
    path = course.project.root / LIST
    path.write_text(f'{LISTED}  - "OSError: {{}}"\n', encoding="utf-8")
    with pytest.raises(ProjectError, match=r"errors\.yml: no page .* OSError: {}"):
        read(course)


@pytest.mark.parametrize(
    ("message", "said", "fits"),
    [
        ("a {} b", "ValueError: a 1 b, and more", True),
        ("a {} b", "ValueError: a \n b", True),
        ("a {} b", "TypeError: a 1 b", False),
        ("a (x)", "ValueError: a x", False),
        ("a", "the ValueError: a", False),
    ],
)
def test_an_entry_fits_whatever_varies(message: str, said: str, fits: bool) -> None:
    assert Entry("ValueError", message).fits(said) is fits


def test_every_message_of_the_course_has_its_cause(
    request: pytest.FixtureRequest,
) -> None:
    project = Project(Path(__file__).parents[2])
    entries = collect(project, read_pages(project, project.pages()))
    assert all(bool(entry.cause) == bool(entry.cure) for entry in entries)
    count(request.config, "error messages", len(entries))
