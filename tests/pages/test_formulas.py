"""Formulas, set when the site is built."""

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.publishing import formulas
from lessons.pages.publishing.faults import look
from lessons.pages.publishing.formulas import typeset
from lessons.pages.reading.page import read_pages
from sandbox import Sandbox

LONG = " + ".join("abcdef")


def rendered(sandbox: Sandbox, text: str) -> HtmlElement:
    """Return a text as the site has it."""
    return html.fragment_fromstring(
        typeset(sandbox.project.markdown().convert(text)), create_parent="div"
    )


@pytest.mark.parametrize("text", ["so $w_1 < 2$ holds", "$$\nw_1 < 2\n$$"])
def test_a_formula_is_for_eyes_and_for_screen_readers(
    sandbox: Sandbox, text: str
) -> None:
    tree = rendered(sandbox, text)
    (spoken,) = tree.xpath("//math")
    assert spoken.xpath(".//annotation/text()") == ["w_1 < 2"]
    (seen,) = tree.xpath("//*[@class='katex-html']")
    assert seen.get("aria-hidden") == "true"
    assert "\\(" not in tree.text_content()
    assert bool(tree.xpath("//*[@class='katex-display']")) == text.startswith("$$")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("($x$), then", "),"),
        ("is $x$.", "."),
        ("$x$ is", ""),
        (f"${LONG}$.", ""),
        ("$$\nx\n$$\n\n.", ""),
    ],
)
def test_a_short_formula_keeps_the_mark_behind_it(
    sandbox: Sandbox, text: str, kept: str
) -> None:
    together = rendered(sandbox, text).xpath("//*[@class='unbroken']")
    assert ["".join(span.xpath("text()")) for span in together] == [kept] * bool(kept)


def test_code_that_looks_like_a_formula_stays(sandbox: Sandbox) -> None:
    tree = rendered(sandbox, "`$x$`\n\n```text\n$x$ \\(x\\)\n```\n")
    assert tree.xpath("//math") == []


def test_a_formula_that_katex_refuses_is_a_fault_of_its_page(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    path = sandbox.write("# A\n\nWords and\nso $\\foo{w$.\n")
    body = typeset(sandbox.project.markdown().convert(path.read_text()))
    built = tmp_path / "site/part/page/index.html"
    built.parent.mkdir(parents=True)
    built.write_text(f"<html><body><article>{body}</article></body></html>")
    project = Project(sandbox.project.root)
    faults = look(tmp_path / "site", read_pages(project, project.pages()), project)
    message = "KaTeX parse error: Expected '}', got 'EOF' at end of input"
    (fault,) = faults
    assert fault.startswith(f"docs/part/page.md:4: {message}")


def test_nothing_is_started_for_a_page_without_a_new_formula(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = typeset(sandbox.project.markdown().convert("$x_{17}$"))

    def start() -> None:
        raise AssertionError("KaTeX is started")

    monkeypatch.setattr(formulas, "_katex", start)
    assert typeset("<p>Words.</p>") == "<p>Words.</p>"
    assert typeset(sandbox.project.markdown().convert("$x_{17}$")) == before
    with pytest.raises(AssertionError, match="started"):
        typeset(sandbox.project.markdown().convert("$x_{18}$"))
