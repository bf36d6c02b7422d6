import re

import pytest

from sandbox import EXERCISE, FIGURE, Sandbox

PRINTS = "```python\nprint(0.25)\n```\n\n```output\n0.25\n```\n"


def one(failures: list[str]) -> str:
    assert len(failures) == 1, failures
    return failures[0]


def test_a_page_passes(sandbox: Sandbox) -> None:
    outcome = sandbox.run(f"# A\n\n{PRINTS}\n{FIGURE}\n{EXERCISE}\n`25`{{= 5 * 5 }}\n")
    assert outcome.failures == []
    assert {result.status for result in outcome.results} == {"passed"}
    assert outcome.records[3].output == "0.25\n"
    assert list(outcome.records[11].figures) == ["page-line.svg"]


def test_blocks_share_a_namespace_that_is_main(sandbox: Sandbox) -> None:
    text = "```python\nx = __name__\n```\n\n```python\nassert x == '__main__'\n```\n"
    assert sandbox.failures(text) == []


def test_included_code_fails_at_its_true_line(sandbox: Sandbox) -> None:
    text = """\
```python
from torch import Tensor
```

```python
--8<-- "part/lesson.py:Line"
```

```python
Line().at(1.0)
```
"""
    message = one(sandbox.failures(text))
    assert message.startswith(
        "docs/part/page.md:10: the block raised ZeroDivisionError"
    )
    assert 'File "src/lessons/part/lesson.py", line 25, in at' in message
    assert "return x / 0" in message


def test_a_report_shows_the_page_and_not_the_machinery(sandbox: Sandbox) -> None:
    message = one(sandbox.failures("```python\ndef f():\n    1 / 0\n\nf()\n```\n"))
    _, _, report = message.partition("\n")
    files = re.findall(r'File "([^"]+)", line (\d+)', report)
    assert files == [("docs/part/page.md", "5"), ("docs/part/page.md", "3")]


def test_after_an_exception_nothing_more_is_run(sandbox: Sandbox) -> None:
    text = f"```python\n1 / 0\n```\n\n{PRINTS}"
    outcome = sandbox.run(text)
    assert [r.status for r in outcome.results] == ["passed", "failed", "not run"]


def test_after_a_wrong_output_the_rest_is_run_and_reported(sandbox: Sandbox) -> None:
    wrong = PRINTS.replace("0.25\n```\n", "0.26\n```\n")
    drawn = FIGURE.replace("plt.show()", "print(1)").split("![")[0]
    raises = "```python\n1 / 0\n```\n\n3{= 4 }\n"
    text = f"1{{= 2 }}\n\n{wrong}\n{drawn}\n{FIGURE}\n{raises}"
    found = [failure.split(": ")[0] for failure in sandbox.failures(text)]
    assert found == [f"docs/part/page.md:{line}" for line in (1, 8, 11, 33)]
    assert "draws 1" in sandbox.failures(text)[2]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (PRINTS.replace("0.25\n```\n", "0.26\n```\n"), 6, "the output differs"),
        ("```python\nprint(1)\n```\n", 1, "a missing output"),
        ("```python\nx = 1\n```\n\n```output\n1\n```\n", 5, "an output too many"),
        ("```python\nx = 1\n```\n\n```output\n```\n", 5, "an output too many"),
        (f"{PRINTS}\n```output\n0.25\n```\n", 9, "an output too many"),
        ("```output\n1\n```\n", 1, "an output too many"),
        ("```python\n\n1 / 0\n```\n", 3, "ZeroDivisionError"),
        ("```python {.raises}\nx = 1\n```\n\n```output\n```\n", 1, "raises nothing"),
        ("```python {.raises}\n1 / 0\n```\n", 1, "a missing output"),
        ("```python {.warns}\nx = 1\n```\n\n```output\n```\n", 1, "warns of nothing"),
        (
            "```python\nimport warnings\nwarnings.warn('w')\n```\n",
            1,
            "an unexpected warning: UserWarning: w",
        ),
        ("`1`{= 1 + 1 }\n", 1, "the page says 1, 1 + 1 is 2"),
        ("1{= nothing }\n", 1, "raises NameError"),
        ("1{=1+1}\n", 1, "not a computed number"),
        ("```python\nimport lessons\n```\n", 2, "never imports lessons"),
        ("```python\nx = 1  # (1)!\n```\n", 1, "annotation"),
        ('```python\n--8<-- "part/lesson.py:no"\n```\n', 2, "has no 'no'"),
        ('```python\n--8<-- "part/no.py:no"\n```\n', 2, "no src/lessons/part/no.py"),
        ('```python\nx = 1\n--8<-- "part/lesson.py:RATE"\n```\n', 1, "not both"),
        ("```python\nx = (\n```\n", 2, "not Python"),
        ("```python\nopen('/dev/null', 'w').close()\n```\n", 0, ""),
        (
            "```python\nimport socket\nsocket.create_connection(('127.0.0.1', 9))\n```",
            3,
            "no network",
        ),
        (
            "```python\ntry:\n    import socket\n"
            "    socket.create_connection(('127.0.0.1', 9))\n"
            "except OSError:\n    pass\n```\n",
            1,
            "no network",
        ),
        ("```python\nimport os\nos._exit(3)\n```\n", 1, "exit code 3"),
        ("<!--\n\n```python\nx = 1\n```\n\n-->\n", 3, "see this differently"),
        ("<!--\n\n" + FIGURE.split("```\n\n")[1] + "\n-->\n", 3, "above all code"),
        (
            FIGURE.replace("![", "<!-- ![").replace("svg)", "svg) -->"),
            10,
            "0 figures rendered, 1 run, and figure 1 is the first",
        ),
        (
            PRINTS.replace("```output", "<!--\n\n```output") + "\n-->\n",
            7,
            "0 outputs rendered, 1 run, and output 1 is the first",
        ),
        (
            PRINTS.replace("```output\n0.25\n```", "    ```output\n    0.25\n    ```"),
            5,
            "0 outputs rendered, 1 run",
        ),
        ("words\n\n    x = 1 / 0\n", 3, "code outside a fence: nobody runs"),
        ("<pre><code>x = 1</code></pre>\n", 1, "code outside a fence: nobody runs"),
        (
            "text\n        \n        x\n\n    ```python\n    x = 1\n    ```\n",
            5,
            "differ",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(
    sandbox: Sandbox, text: str, line: int, reason: str
) -> None:
    failures = sandbox.failures(text)
    if not reason:
        assert failures == []
        return
    message = failures[0]
    assert message.startswith(f"docs/part/page.md:{line}: "), message
    assert reason in message


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("plt.show()", "plt.figure()", "draws 2 and shows 1"),
        ("fig, ax = plt.subplots()", "fig, ax = None, None", "AttributeError"),
        ('xlabel="x", ', "", "has no label on its x axis"),
        ("[a line]", "[]", "has no alternative text"),
        (
            "page-line.svg)",
            "page-line.svg)\n![b](figures/page-line.svg)",
            "named twice",
        ),
        ("page-line.svg", "other-line.svg", "call it figures/page-NAME.svg"),
        ("[1, 2]", "[i * i % 977 for i in range(20000)]", "too heavy"),
    ],
)
def test_a_faulty_figure_is_refused(
    sandbox: Sandbox, old: str, new: str, reason: str
) -> None:
    failures = sandbox.failures(FIGURE.replace(old, new))
    assert failures
    assert reason in failures[0]
    assert re.match(r"docs/part/page\.md:\d+: ", failures[0])


def test_a_figure_that_is_not_drawn_is_refused(sandbox: Sandbox) -> None:
    text = "```python\nx = 1\n```\n\n![a](figures/page-a.svg)\n"
    message = one(sandbox.failures(text))
    assert message.startswith("docs/part/page.md:5: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("answer = ...", "answer = 4", 1, "passes on the .stub"),
        ("answer = ...", "1 / 0", 1, "the .stub itself raises"),
        ("answer = 5", "answer = 4", 9, "passes on the .wrong"),
        ("\nanswer = 4\n", "\nanswer = 6\n", 6, "AssertionError"),
        ('4, "two times two is four"', "4", 1, "without a message"),
        ("{.check}", "{.solution}", 5, "an exercise is"),
        ("assert answer == 4", "assert answer + 1 == 5", 1, "let it begin with"),
        ("answer = 5", "import os\n\nos._exit(0)\nanswer = 0", 9, "died (0)"),
        ("answer = 5", "result = 5", 9, "does not define answer, as the .stub does"),
        ('"two times two is four"', '" "', 1, "without a message"),
        ("{.wrong}", "{.solution}", 9, "here is .solution"),
        ("\n```python {.solution}\nanswer = 4\n```\n", "", 1, "here it ends"),
    ],
)
def test_a_faulty_exercise_is_refused(
    sandbox: Sandbox, old: str, new: str, line: int, reason: str
) -> None:
    message = sandbox.failures(EXERCISE.replace(old, new, 1))[0]
    assert message.startswith(f"docs/part/page.md:{line}: "), message
    assert reason in message


def test_several_slips_and_several_right_answers(sandbox: Sandbox) -> None:
    slip = "```python {.wrong}\nanswer = 3\n```\n"
    other = "```python {.solution}\nanswer = 2 + 2\n```\n"
    assert (
        sandbox.failures(f"{EXERCISE}\n{other}\n{EXERCISE}\n`4`{{= answer }}\n") == []
    )
    assert (
        sandbox.failures(
            EXERCISE.replace("```python {.sol", f"{slip}\n```python {{.sol")
        )
        == []
    )
    message = one(sandbox.failures(f"{EXERCISE}\n{other.replace('2 + 2', '2 + 3')}"))
    assert message.startswith("docs/part/page.md:17: the check refuses this .solution")


def test_a_slip_cannot_serve_the_solution(sandbox: Sandbox) -> None:
    helped = EXERCISE.replace(
        "answer = 5", "answer = 5\nopen('a', 'w').close()"
    ).replace("answer = 4", "open('a').close()\nanswer = 4")
    assert "FileNotFoundError" in sandbox.failures(helped)[0]


def test_an_unsolved_answer_leaves_no_trace(sandbox: Sandbox) -> None:
    text = "```python\nseen = []\n```\n\n" + EXERCISE.replace(
        "answer = 5", "answer = 5\nseen.append(1)"
    )
    assert sandbox.failures(f"{text}\n`[]`{{= seen }}\n") == []


def test_an_exception_and_a_warning_are_shown_in_full(sandbox: Sandbox) -> None:
    text = """\
```python {.raises}
print("before")
raise ValueError("two\\nlines")
```

```output
before
ValueError: two
lines
```

```python {.warns}
import warnings

warnings.warn("careful", RuntimeWarning)
```

```output
RuntimeWarning: careful
```
"""
    assert sandbox.failures(text) == []


@pytest.fixture
def listed(sandbox: Sandbox) -> Sandbox:
    """Return a project in which the page may have a block that is not run."""
    path = sandbox.project.docs / "reference" / "not-run.txt"
    path.parent.mkdir()
    path.write_text("docs/part/page.md\n")
    return sandbox


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import math\n\nmath.sqroot(2)", "math.sqroot"),
        ("import os\n\nos.path.jion('a')", "os.path.jion"),
        ("import torch.nowhere", "torch.nowhere"),
        ("from math import sqroot", "math"),
        ("download()", "download"),
        ("def f(x):\n    return x + y", "y"),
        ("[a for b in range(3)]", "a"),
    ],
)
def test_names_of_a_shown_block_must_resolve(
    listed: Sandbox, code: str, name: str
) -> None:
    message = one(listed.failures(f"```python {{.shown}}\n{code}\n```\n"))
    assert message == f"docs/part/page.md:1: nothing here is called {name}"


@pytest.mark.parametrize(
    "code",
    [
        "import math\n\nmath.sqrt(2)",
        "def f(x, *rest, key=None):\n    return g(x, key)\n\ndef g(*a):\n    pass",
        "double = lambda x: 2 * x\nprint(double(seen))",
        "try:\n    seen.load()\nexcept OSError as error:\n    print(error)",
        "class Net:\n    size = 3\n\n    def f(self):\n        return Net().f()",
        "print([row for row in seen if row])",
    ],
)
def test_a_shown_block_may_have_names_of_its_own(listed: Sandbox, code: str) -> None:
    before = "```python\nseen = [1]\n```\n\n"
    assert listed.failures(f"{before}```python {{.shown}}\n{code}\n```\n") == []


def test_a_page_may_not_write_into_the_project(sandbox: Sandbox) -> None:
    target = sandbox.project.docs / "new.txt"
    text = f"```python\nopen({str(target)!r}, 'w')\n```\n"
    assert "does not write outside its own folder" in one(sandbox.failures(text))
    assert not target.exists()


def test_a_page_has_a_folder_of_its_own(sandbox: Sandbox) -> None:
    code = "import os\n\nopen('a.txt', 'w').close()\nprint(os.listdir())"
    text = f"```python\n{code}\n```\n\n```output\n['a.txt']\n```\n"
    assert sandbox.failures(text) == []
