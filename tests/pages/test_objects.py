import ast
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.pages.reading.objects import Source, extract

MODULE = '''\
import functools

RATE = 0.1
NAMES: list[str] = ["a"]


@functools.cache
def area(side: float) -> float:
    """Return the area of a square.

    Args:
        side: its side.
    """
    def inner() -> float:
        """One line stays."""
        return side

    return inner() ** 2


class Line:
    r"""A line \\theta.

    Much more.
    """

    slope = 2

    def at(self, x: float) -> float:
        """Return its height.

        Long.
        """
        return self.slope * x / 0
'''


def test_a_docstring_keeps_its_first_line_only() -> None:
    text = extract(MODULE, "area", "m.py").text
    assert '"""Return the area of a square."""' in text
    assert "Args" not in text
    assert '"""One line stays."""' in text


def test_decorators_belong_to_the_object() -> None:
    assert extract(MODULE, "area", "m.py").text.startswith("@functools.cache\ndef")


def test_a_method_is_dedented() -> None:
    source = extract(MODULE, "Line.at", "m.py")
    assert source.text.startswith("def at(self, x: float)")
    ast.parse(source.text)


@pytest.mark.parametrize(
    ("name", "text"), [("RATE", "RATE = 0.1"), ("Line.slope", "slope = 2")]
)
def test_an_assignment_is_an_object(name: str, text: str) -> None:
    assert extract(MODULE, name, "m.py").text == text


def test_an_annotated_assignment_is_an_object() -> None:
    assert extract(MODULE, "NAMES", "m.py").text.startswith("NAMES: list[str]")


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(LookupError, match=r"m\.py has no 'volume'.*'Line', 'NAMES'"):
        extract(MODULE, "volume", "m.py")


def test_every_line_of_the_text_is_the_line_of_the_file_it_names() -> None:
    lines = MODULE.split("\n")
    for name in ("area", "Line", "Line.at"):
        source = extract(MODULE, name, "m.py")
        for text, number in zip(source.text.split("\n"), source.lines, strict=True):
            assert lines[number - 1].strip().startswith(text.strip().rstrip('"'))


def test_a_traceback_names_the_true_line() -> None:
    source = extract(MODULE, "Line", "m.py")
    namespace: dict[str, type] = {}
    exec(compile(source.tree(), source.filename, "exec"), namespace)
    with pytest.raises(ZeroDivisionError) as caught:
        namespace["Line"]().at(1.0)
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    expected = MODULE.splitlines().index("        return self.slope * x / 0") + 1
    assert (frame.filename, frame.lineno) == ("m.py", expected)


def test_a_syntax_error_names_the_true_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        Source("x = 1\ny = (", "docs/a.md", (12, 13)).tree()
    assert caught.value.lineno == 13


@given(st.lists(st.sampled_from(["x = 1", "y = 2", "", "z = [\n  3,\n]"]), min_size=1))
def test_renumbering_keeps_the_order_of_lines(parts: list[str]) -> None:
    text = "\n".join(parts)
    lines = tuple(range(7, 8 + text.count("\n")))
    tree = Source(text, "f.md", lines).tree()
    plain = ast.parse(text)
    for ours, theirs in zip(ast.walk(tree), ast.walk(plain), strict=True):
        if isinstance(theirs, ast.stmt):
            assert isinstance(ours, ast.stmt)
            assert ours.lineno == theirs.lineno + 6


@pytest.mark.parametrize("mark", ["\u2028", "\x0c", "\x1c", "\x85", "\x0b"])
def test_no_line_is_lost_where_only_text_breaks(mark: str) -> None:
    module = (
        f'TEXT = "a{mark}b"\n\n\ndef last(x: int) -> int:\n    y = x\n    return y\n'
    )
    source = extract(module, "last", "m.py")
    assert source.text == "def last(x: int) -> int:\n    y = x\n    return y"
    assert source.lines == (4, 5, 6)
