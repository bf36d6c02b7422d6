import pytest
from sybil import Document

from lessons.pages.reading.fences import read_fences


def problems(text: str) -> list[tuple[int, str]]:
    _, found = read_fences(Document(text, "page.md"))
    return [(problem.line, problem.message) for problem in found]


@pytest.mark.parametrize(
    "info",
    [
        "python",
        " python",  # the same fence to every parser
        'python title="a.py"',
        'python title="a.py" hl_lines="1 2"',
        "python {.raises}",
        'python {.raises title="a.py"}',
        "output",
        'toml title="x"',
    ],
)
def test_the_allowed_forms(info: str) -> None:
    assert problems(f"```{info}\nx\n```\n") == []


@pytest.mark.parametrize(
    ("info", "reason"),
    [
        ("py", 'unknown tag "py"'),
        ("pycon", 'unknown tag "pycon"'),
        ("", "write"),
        ("{.python .raises}", "write"),
        ("python{.raises}", "write"),
        ("python {.raise}", 'unknown class ".raise"'),
        ("python {raises}", 'unknown class "raises"'),
        ("python {.raises .warns}", "one class at the most"),
        ("output {.raises}", "one class at the most"),
        ('python name="x"', 'unknown option "name"'),
        ("python title=x", "write"),
    ],
)
def test_every_other_form_is_refused(info: str, reason: str) -> None:
    found = problems(f"one\n\n```{info}\nx\n```\n")
    assert found
    assert found[0][0] == 3
    assert reason in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "~~~python\nx\n~~~\n",
        "````python\nx\n````\n",
        "> ```python\n> x\n> ```\n",
        "- ```python\n  x\n  ```\n",
        "```python\nx\n",
        "````text\n```python\nx\n```\n````\n",
        "\t```python\n\tx\n\t```\n",
    ],
)
def test_fences_that_parsers_disagree_on_are_refused(text: str) -> None:
    assert problems(text)


def test_an_indented_fence_loses_its_indent_and_nothing_else() -> None:
    text = '=== "a"\n\n    ```python\n    if x:\n\n        y\n    ```\n'
    (fence,), found = read_fences(Document(text, "page.md"))
    assert found == []
    assert fence.text == "if x:\n\n    y"
    assert (fence.line, fence.indent) == (3, "    ")
    assert text[slice(*fence.body)] == "    if x:\n\n        y\n"
