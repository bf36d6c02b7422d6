"""Figures that readers move: what a page says of them, and what is published."""

import json

import pytest

from lessons.pages.publishing.build import artefacts
from lessons.pages.publishing.plain import plain
from lessons.pages.reading.form import problems
from sandbox import Sandbox

OPENING = '```explore figure="valley"'
TEXT = f"""\
# A

```python
import torch

x = torch.tensor([2.0, 0.5])
```

{OPENING}
{{"x": x, "rate": 0.1, "name": "spring"}}
```

The end.
"""


def test_what_a_figure_starts_from_comes_from_the_run(sandbox: Sandbox) -> None:
    outcome = sandbox.run(TEXT)
    assert outcome.failures == []
    files = dict(artefacts(outcome, sandbox.project))
    script = files["part/page/explore.js"]
    assert script.startswith("explorables.give({\n")
    assert script.endswith("\n})\n")
    state = json.loads(script.removeprefix("explorables.give(").removesuffix(")\n"))
    assert state == {"valley": {"x": [2.0, 0.5], "rate": 0.1, "name": "spring"}}
    for name in ("part/page.py", "part/page.ipynb"):
        assert "spring" not in files[name]
        assert "figure=" not in files[name]
    assert "The end." in files["part/page.ipynb"]


def test_a_page_keeps_a_place_and_its_copy_does_not(sandbox: Sandbox) -> None:
    page = sandbox.read(TEXT)
    html = sandbox.project.markdown().convert(page.text)
    assert '<div class="explore" data-figure="valley" data-search-exclude>' in html
    assert "spring" not in html
    copy = plain(page)
    assert "explore" not in copy
    assert "spring" not in copy
    assert copy.endswith("The end.\n")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("[1, 2]", "valley: a dictionary is wanted, not list"),
        ('{"x": x / 0}', "valley: Out of range float values are not JSON compliant"),
        ('{"x": torch}', "valley: a tensor, number or text is wanted, not module"),
        ('{"x": unknown}', "the start of valley raises NameError"),
        ('{"x": print(1)}', "the start of valley prints, draws or assigns"),
        ('{"x": (y := 1)}', "the start of valley prints, draws or assigns"),
        ('{"x": 1', "the start of valley raises SyntaxError"),
    ],
)
def test_a_wrong_start_is_named_at_its_line(
    sandbox: Sandbox, start: str, said: str
) -> None:
    text = TEXT.replace('{"x": x, "rate": 0.1, "name": "spring"}', start)
    (message,) = sandbox.failures(text)
    assert message.startswith(f"docs/part/page.md:9: {said}")


@pytest.mark.parametrize("opening", ["```explore", "    ```explore figure='valley'"])
def test_a_wrong_opening_is_named(sandbox: Sandbox, opening: str) -> None:
    page = sandbox.read(TEXT.replace(OPENING, opening))
    assert any(problem.line == 9 for problem in page.problems)


def test_a_script_that_is_not_there_is_named(sandbox: Sandbox) -> None:
    page = sandbox.read(TEXT)
    message = "there is no docs/assets/explorables/valley.js"
    assert message in [found.message for found in problems(sandbox.project, [page])]


def test_an_explorable_hides_no_code_outside_a_fence(sandbox: Sandbox) -> None:
    found = sandbox.failures(TEXT.replace("The end.", "    print(1)\n"))
    assert any("code outside a fence" in message for message in found)
