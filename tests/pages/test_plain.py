"""A page in plain Markdown."""

from textwrap import indent

import pytest

from lessons.pages.publishing.plain import plain
from sandbox import EXERCISE, Sandbox


def test_what_only_our_renderer_reads_is_put_into_words(sandbox: Sandbox) -> None:
    page = sandbox.read(
        "---\ntitle: A page\n---\n\n# A page { #page }\n\n"
        '<div class="home" markdown>\n\n'
        "The loss is 0.5{= 1 / 2 } for `(2, 1)`{= (2, 1) }.\n\n"
        "[On](other.md#there){ .way } to [the lab](../labs/lab.ipynb).\n\n</div>\n"
    )
    assert plain(page) == (
        "# A page\n\nThe loss is 0.5 for `(2, 1)`.\n\n"
        "[On](other.md#there) to [the lab](../labs/lab.md).\n"
    )


def test_an_include_is_shown_in_full(sandbox: Sandbox) -> None:
    text = '```python title="x"\n--8<-- "part/lesson.py:double"\n```\n'
    assert plain(sandbox.read(f"# A page\n\n{text}")) == (
        "# A page\n\n```python\ndef double(x: Tensor) -> Tensor:\n"
        '    """Return twice `x`."""\n    return 2 * x\n```\n'
    )


def test_a_box_is_its_title_and_what_is_in_it(sandbox: Sandbox) -> None:
    text = """\
# A page

??? question "Is it 2{= 1 + 1 }?"

    Yes.

    ```python {.raises}
    if True:


        1 / 0  # { .kept }
    ```

    ```output
    ZeroDivisionError: division by zero
    ```

    !!! tip "Inside"

        - a list
            - in a list

    Outside again.

After it.
"""
    assert (
        plain(sandbox.read(text))
        == """\
# A page

**Is it 2?**

Yes.

```python
if True:


    1 / 0  # { .kept }
```

```text
ZeroDivisionError: division by zero
```

**Inside**

- a list
    - in a list

Outside again.

After it.
"""
    )


def test_an_include_in_a_box_keeps_its_form(sandbox: Sandbox) -> None:
    text = (
        '??? note "N"\n\n    ```python\n    --8<-- "part/lesson.py:double"\n    ```\n'
    )
    assert plain(sandbox.read(text)).startswith("**N**\n\n```python\ndef double(")
    assert "\n    return 2 * x\n```\n" in plain(sandbox.read(text))


@pytest.mark.parametrize("mark", ["{.", "{=", "??? success", "--8<--"])
def test_no_mark_of_ours_is_left(sandbox: Sandbox, mark: str) -> None:
    box = indent(EXERCISE, "    ")
    text = f'# A page\n\n2{{= 2 }}\n\n??? success "Solution"\n\n{box}'
    assert mark not in plain(sandbox.read(text))
