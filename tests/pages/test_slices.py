"""What a block needs of the blocks above it."""

import contextlib
import io
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.pages.publishing.copying import to_copy
from lessons.pages.reading.fences import Fence
from lessons.pages.reading.objects import Source
from lessons.pages.reading.slices import Slice, slices
from lessons.pages.reading.steps import Block, Page
from sandbox import Sandbox


def block(code: str, line: int, kind: str = "", *, needs_all: bool = False) -> Block:
    fence = Fence(0, 0, (0, 0), line, "", "python", kind, code, needs_all)
    return Block(fence, Source(code, "page", tuple(range(1, code.count("\n") + 2))))


def page(*codes: str) -> Page:
    """Return a page with one block for each code, at the lines 0, 1, 2 and so on."""
    steps: list[Any] = [block(code, line) for line, code in enumerate(codes)]
    return Page(Path("page.md"), "page", "", steps=steps)


def last(*codes: str) -> Slice:
    return list(slices(page(*codes)))[-1]


def needs(*codes: str) -> list[int]:
    """Return the numbers of the blocks that the last one needs."""
    return [needed.line for needed in last(*codes).needs]


DEFINED = "def grow(xs):\n    xs.append(1)"
CASES: dict[str, tuple[tuple[str, ...], list[int]]] = {
    "a name": (("a = 1", "b = 2", "print(a)"), [0]),
    "the last value of a name": (("a = 1", "a = 2", "print(a)"), [1]),
    "a value that may stay": (("a = 1", "if b:\n    a = 2", "print(a)"), [0, 1]),
    "what a value is made of": (("a = 1", "b = a", "a = 3", "print(b)"), [0, 1]),
    "an import": (("import math", "import json", "math.pi"), [0]),
    "an import of a part": (
        ("import numpy as np, os.path", "x = 1", "os.getcwd()"),
        [0],
    ),
    "a subscript": (("a = [1]", "a[0] = 2", "print(a)"), [0, 1]),
    "an attribute": (("a = make()", "a.x = 2", "print(a)"), [0, 1]),
    "an augmented name": (("a = 1", "a += 1", "print(a)"), [0, 1]),
    "a method in place": (("a = t()", "a.add_(1)", "print(a)"), [0, 1]),
    "a method that changes nothing": (("a = t()", "a.add(1).x", "print(a)"), [0, 1]),
    "a method that reads": (("a = t()", "a.sum()", "print(a)"), [0]),
    "another name of an object": (("a = [1]", "b = a", "b.append(2)", "a"), [0, 1, 2]),
    "an object in a list": (
        ("a, xs = [1], []", "xs.append(a)", "xs[0].append(2)", "a"),
        [0, 1, 2],
    ),
    "a name that has left an object": (
        ("a = [1]", "b = a", "b = [2]", "b.append(3)", "a"),
        [0],
    ),
    "a view": (("a = t()", "b = a.view(2)", "b[0] = 2", "a"), [0, 1, 2]),
    "a function that changes": ((DEFINED, "a = [1]", "grow(a)", "a"), [0, 1, 2]),
    "a function that does not": (("def f(x): return x", "a = 1", "f(a)", "a"), [1]),
    "a function that changes one of two": (
        (
            "def f(x, y): y.append(x)",
            "a, b = 1, []",
            "c = []",
            "f(a, b)",
            "f(b, y=c)",
            "a, b",
        ),
        [0, 1, 3],
    ),
    "what a function looks up": (
        ("rate = 2", "def f(x): return rate * x", "print(f(1))"),
        [0, 1],
    ),
    "what it looks up later": (
        ("def f(x): return rate * x", "rate = 2", "print(f(1))"),
        [0, 1],
    ),
    "what a function calls": (
        ("def g(): return 1", "def f(): return g()", "x = 3", "f()"),
        [0, 1],
    ),
    "what a class looks up": (
        ("import math", "class A:\n    x = math.pi", "A()"),
        [0, 1],
    ),
    "a comprehension": (("n = 3", "m = 1", "[n * k for k in range(3)]"), [0]),
    "a lambda": (("n = 3", "f = lambda x: n * x", "f(2)"), [0, 1]),
    "an annotation": (("from torch import Tensor", "def f(x: Tensor): ..."), [0]),
    "a seed and what draws since": (
        ("torch.manual_seed(0)", "a = torch.rand(1)", "b = 1", "torch.rand(1)"),
        [0, 1],
    ),
    "the last seed": (
        (
            "import torch",
            "torch.manual_seed(0)",
            "torch.rand(1)",
            "torch.manual_seed(1)",
            "torch.rand(1)",
        ),
        [0, 3],
    ),
    "no seed where nothing is drawn": (("torch.manual_seed(0)", "a = 1", "a"), [1]),
    "a generator of its own": (
        (
            "import torch\n\ng = torch.Generator()",
            "torch.rand(1)",
            "torch.rand(1, generator=g)",
            "torch.rand(2, generator=g)",
        ),
        [0, 2],
    ),
    "a function that draws": (
        (
            "torch.manual_seed(0)",
            "def f(): return torch.rand(1)",
            "f()",
            "print(f())",
        ),
        [0, 1, 2],
    ),
    "gradients": (
        ("w = t()", "y = 2 * w", "y.backward()", "print(w.grad)"),
        [0, 1, 2],
    ),
    "gradients of its own": (
        ("w, v = t(), t()", "(2 * v).backward()", "(3 * w).backward()", "w.grad"),
        [0, 2],
    ),
    "gradients that a function leaves": (
        ("w = t()", "def train(): (2 * w).backward()", "train()", "w.grad"),
        [0, 1, 2],
    ),
    "a step": (
        ("w = t()", "o = SGD([w])", "w.sum().backward()", "o.step()", "print(w)"),
        [0, 1, 2, 3],
    ),
    "nothing": (("a = 1", "print(2)"), []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_block_needs(name: str) -> None:
    codes, expected = CASES[name]
    assert needs(*codes) == expected


def test_what_is_needed_is_named() -> None:
    found = last(
        "import torch\ntorch.manual_seed(0)",
        "b = torch.rand(1)",
        "print(b, torch.rand(1))",
    )
    assert found.names == ("imports", "the random seed", "`b`")


def test_a_block_may_need_all() -> None:
    codes = page("a = 1", "b = 2", "print(b)")
    codes.steps[-1] = block("print(b)", 2, needs_all=True)
    assert [needed.line for needed in list(slices(codes))[-1].needs] == [0, 1]


def test_all_is_said_in_the_fence_and_not_rendered(sandbox: Sandbox) -> None:
    fence = "```python {}\n1 / 0\n```\n"
    text = "\n".join(map(fence.format, ['needs="all"', '{.raises needs="all"}']))
    read = sandbox.read(text)
    assert read.problems == []
    assert [each.fence.needs_all for each in read.blocks] == [True, True]
    html = sandbox.project.markdown().convert(text)
    assert 'class="language-python highlight"' in html
    assert 'class="language-python raises highlight"' in html
    assert "needs" not in html


RAISES = "```python\na = 1\n```\n\n```python {.raises}\nb = 2\nc = 1 / 0\n```\n\n"


def test_what_a_block_does_before_it_raises_is_needed_and_caught(
    sandbox: Sandbox,
) -> None:
    read = sandbox.read(RAISES + "```python\nprint(a, b)\n```\n")
    *_, raising, using = slices(read)
    assert to_copy(raising) == "b = 2\nc = 1 / 0\n"
    assert [needed.line for needed in using.needs] == [1, 5]
    copied = to_copy(using)
    assert "try:\n    b = 2\n    c = 1 / 0\nexcept Exception as error:\n" in copied
    assert printed(copied) == "division by zero\n1 2\n"


EXERCISE = """\
```python
three = 3
```

```python {.stub}
answer = ...
```

```python {.check}
assert answer == 2 * three, "no"
```

```python {.wrong}
answer = 5
```

```python {.solution}
answer = three + three
```
"""


def test_an_exercise_is_one_piece(sandbox: Sandbox) -> None:
    _, stub, check, wrong, solution = slices(sandbox.read(EXERCISE))
    head, tail = "three = 3\n\n", '\n\nassert answer == 2 * three, "no"\n'
    assert to_copy(stub) == f"{head}answer = ...{tail}"
    assert to_copy(check) == to_copy(stub)
    assert to_copy(wrong) == f"{head}answer = 5{tail}"
    assert to_copy(solution) == f"{head}answer = three + three{tail}"


# ---- small programs ------------------------------------------------------------------

NAMES = st.sampled_from("abc")
FORMS: tuple[str, ...] = (
    "{x} = [{n}]",
    "{x} = {y}",
    "{x} = {y} + {z}",
    "{x} = [{y}, {z}]",
    "{x} += [{n}]",
    "{x}.append({n})",
    "{x}[0] = {n}",
    "{x}.clear()\n{x}.append({n})",
    "{x} = list({y})",
    "if len({y}) > {n}:\n    {x} = [{n}]",
    "for {x} in ({y}, {z}):\n    pass",
    "random.seed({n})",
    "{x} = [random.randint(0, 99)]",
    "{x}.append(random.randint(0, 99))",
    "grow({x})",
    "{x} = drawn()",
    "{x} = twice({y})",
    "def twice(xs):\n    return xs + {z}",
    "print({x}, {y})",
)
HEAD = (
    "import random",
    "random.seed(0)",
    DEFINED,
    "def drawn():\n    return [random.randint(0, 99)]",
    "def twice(xs):\n    return xs + xs",
    "a, b, c = [1], [2], [3]",
)


@st.composite
def statement(draw: Callable[..., Any]) -> str:
    form: str = draw(st.sampled_from(FORMS))
    return form.format(
        x=draw(NAMES), y=draw(NAMES), z=draw(NAMES), n=draw(st.integers(0, 3))
    )


def printed(code: str, names: dict[str, Any] | None = None) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<test>", "exec"), {} if names is None else names)
    return out.getvalue()


def run(codes: Iterable[str]) -> list[str]:
    """Return what each of some blocks prints, one after the other."""
    names: dict[str, Any] = {}
    return [printed(code, names) for code in codes]


@settings(max_examples=300)
@given(st.lists(st.lists(statement(), min_size=1, max_size=2), max_size=7))
def test_a_copy_prints_what_the_program_prints(parts: list[list[str]]) -> None:
    codes = [*HEAD, *("\n".join(part) for part in parts), "print(a, b, c)"]
    shown = run(codes)
    for number, each in enumerate(slices(page(*codes))):
        random.seed()
        needed = [one.source.text for one in (*each.needs, *each.piece)]
        assert run(needed)[-1] == shown[number], needed
