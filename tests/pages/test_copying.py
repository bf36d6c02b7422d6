"""The buttons that copy code."""

import pytest
from lxml import html as lxml

from lessons.pages.publishing import copying
from lessons.pages.publishing.copying import Copies, with_buttons
from sandbox import EXERCISE, Sandbox


def bars(sandbox: Sandbox, text: str) -> list[tuple[str, list[str], list[str]]]:
    """Return of each row of buttons: its block, its words, the numbers of its copy."""
    page = sandbox.read(text)
    copies = Copies(sandbox.project)
    html = with_buttons(str(sandbox.project.markdown().convert(text)), page, copies)
    tree = lxml.fragment_fromstring(html, create_parent="div")
    return [
        (
            bar.getnext().text_content().strip(),
            [part.text_content() for part in bar],
            bar.xpath("button/@data-blocks"),
        )
        for bar in tree.xpath("//div[contains(@class, 'highlight')]/div")
    ]


def test_python_and_shell_get_a_copy_button_and_outputs_do_not(
    sandbox: Sandbox,
) -> None:
    text = "```python\nprint(1)\n```\n\n```output\n1\n```\n\n```bash\nls\n```\n"
    assert bars(sandbox, text) == [("print(1)", ["Copy"], []), ("ls", ["Copy"], [])]


def test_what_a_block_needs_is_named_beside_its_button(sandbox: Sandbox) -> None:
    blocks = ("import math", "x = math.pi", "y = 2", "print(x, y, math.e)")
    text = "\n".join(f"```python\n{code}\n```\n" for code in blocks)
    first, second, third, last = bars(sandbox, text)
    assert (first[2], third[2]) == ([], [])
    assert second[1:] == (["Copy", "Copy with what it needs", "imports"], ["0 1"])
    whole = ["Copy", "Copy with what it needs", "imports, x, y"]
    assert last[1:] == (whole, ["0 1 2 3"])


def test_of_many_names_some_are_counted(sandbox: Sandbox) -> None:
    text = "```python\na, b, c, d, e, f, g, h = range(8)\n```\n\n"
    *_, (_, words, _) = bars(
        sandbox, f"{text}```python\n[a, b, c, d, e, f, g, h]\n```\n"
    )
    assert words[-1] == "a, b, c, d, e, f and 2 more"


def test_an_answer_is_copied_with_its_check(sandbox: Sandbox) -> None:
    found = bars(sandbox, EXERCISE)
    assert [numbers for *_, numbers in found] == [["0 1"], ["0 1"], ["2 1"], ["3 1"]]
    assert [words[-1] for _, words, _ in found] == [
        "the check",
        "the stub",
        "the check",
        "the check",
    ]


def test_what_a_copy_needs_is_looked_for_once(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.project.cache.mkdir(parents=True)
    page, other = sandbox.read("```python\nx = 1\n```\n"), sandbox.read(EXERCISE)
    first = Copies(sandbox.project)
    found = [first.bars(page), first.bars(other)]
    first.keep()
    monkeypatch.setattr(copying, "slices", None)  # so that nothing can be looked for
    second = Copies(sandbox.project)
    assert [second.bars(page), second.bars(other)] == found
    changed = sandbox.read("```python\nx = 2\n```\n")
    with pytest.raises(TypeError):
        second.bars(changed)


def test_what_no_page_has_any_more_is_forgotten(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.project.cache.mkdir(parents=True)
    page = sandbox.read(EXERCISE)
    first = Copies(sandbox.project)
    first.bars(page)
    first.keep()
    Copies(sandbox.project).keep()
    monkeypatch.setattr(copying, "slices", None)
    with pytest.raises(TypeError):
        Copies(sandbox.project).bars(page)
