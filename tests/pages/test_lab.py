"""Cells as mkdocs-jupyter renders them become the blocks and boxes of a chapter."""

from lxml import html

from lessons.pages.publishing.lab import to_chapter

WORDS = """\
<div class="jp-Cell jp-MarkdownCell" id="{id}">
<div class="jp-MarkdownOutput">{text}</div></div>"""
CODE = """\
<div class="jp-Cell jp-CodeCell celltag_{kind}" id="{id}">
<div class="highlight-ipynb"><pre><span>{text}</span></pre></div></div>"""


def cells(*described: tuple[str, str]) -> html.HtmlElement:
    parts = [
        (CODE if kind else WORDS).format(kind=kind, text=text, id=f"lab-{number}")
        for number, (kind, text) in enumerate(described)
    ]
    return html.fragment_fromstring(to_chapter("".join(parts)))


def test_a_slip_and_a_solution_are_boxes_with_the_words_around_them() -> None:
    chapter = cells(
        ("", "<p>Try.</p><blockquote><p><strong>A slip</strong></p></blockquote>"),
        ("wrong", "x = 1"),
        (
            "",
            "<blockquote><p>Why.</p></blockquote>"
            "<blockquote><p><strong>Solution</strong></p><p>How.</p></blockquote>",
        ),
        ("solution", "x = 2"),
        ("", "<blockquote><p>So.</p></blockquote><p>Go on.</p>"),
    )
    assert [child.tag for child in chapter] == ["p", "details", "details", "p"]
    slip, solution = chapter.findall("details")
    assert slip.get("class") == "failure"
    assert [child.text_content() for child in slip] == ["A slip", "x = 1", "Why."]
    assert solution.get("class") == "success"
    words = [child.text_content() for child in solution]
    assert words == ["Solution", "How.", "x = 2", "So."]


def test_a_slip_without_words_gets_a_title() -> None:
    _, slip = cells(("", "<p>Try.</p>"), ("wrong", "x = 1"))
    assert slip.findtext("summary") == "Failure"


def test_a_quotation_that_is_no_part_of_a_box_stays_outside() -> None:
    chapter = cells(
        ("", "<p>Try.</p>"),
        ("solution", "x = 2"),
        ("", "<blockquote><p><strong>Note</strong></p><p>More.</p></blockquote>"),
        ("python", "x = 3"),
        ("", "<blockquote><p>Somebody <strong>said</strong>.</p></blockquote>"),
    )
    assert [child.tag for child in chapter] == [
        "p",
        "details",
        "blockquote",
        "div",
        "blockquote",
    ]
    assert chapter[3].get("class") == "language-python copy highlight"
