"""Cells as mkdocs-jupyter renders them become the blocks and boxes of a chapter."""

import pytest
from lxml import html

from lessons.pages.publishing.lab import to_chapter

WORDS = """\
<div class="jp-Cell jp-MarkdownCell" id="{id}">
<div class="jp-MarkdownOutput">{text}</div></div>"""
CODE = """\
<div class="jp-Cell jp-CodeCell {tags}" id="{id}">
<div class="highlight-ipynb"><pre><span>{text}</span></pre></div></div>"""
OPENING = "<blockquote><!-- {} --><p><strong>{}</strong></p>{}</blockquote>"


def cells(*described: tuple[str, str]) -> html.HtmlElement:
    """Render cells, each given by its tags, none for words, and its content."""
    parts = []
    for number, (tags, text) in enumerate(described):
        classes = " ".join(f"celltag_{tag}" for tag in tags.split())
        form = CODE if tags else WORDS
        parts.append(form.format(tags=classes, text=text, id=f"lab-{number}"))
    return html.fragment_fromstring(to_chapter("".join(parts)))


def test_boxes_hold_their_code_and_the_words_around_it() -> None:
    solution = OPENING.format("??? success", "Solution", "<p>How.</p>")
    chapter = cells(
        ("", "<p>Try.</p>" + OPENING.format("??? failure", "A <em>slip</em>", "")),
        ("wrong boxed", "x = 1"),
        ("", f"<blockquote><p>Why.</p></blockquote>{solution}"),
        ("solution boxed", "x = 2"),
        ("", "<blockquote><p>So.</p></blockquote><p>Go on.</p>"),
    )
    assert [child.tag for child in chapter] == ["p", "details", "details", "p"]
    slip, solution = chapter.findall("details")
    assert slip.get("class") == "failure"
    assert [child.text_content() for child in slip] == ["A slip", "x = 1", "Why."]
    assert slip.find("summary/em") is not None
    assert slip.find("div").get("class") == "language-python copy wrong highlight"
    words = [child.text_content() for child in solution]
    assert words == ["Solution", "How.", "x = 2", "So."]


@pytest.mark.parametrize(
    ("mark", "tag", "attributes", "title"),
    [
        ("!!! warning", "div", {"class": "admonition warning"}, "p"),
        ("??? question", "details", {"class": "question"}, "summary"),
        ("???+ tip", "details", {"class": "tip", "open": ""}, "summary"),
    ],
)
def test_a_box_has_the_form_of_its_mark(
    mark: str, tag: str, attributes: dict[str, str], title: str
) -> None:
    (box,) = cells(("", OPENING.format(mark, "Title", "<p>Words.</p>")))
    assert (box.tag, dict(box.attrib)) == (tag, attributes)
    assert [child.tag for child in box] == [title, "p"]
    assert box[0].text == "Title"


def test_a_quotation_that_is_no_part_of_a_box_stays_outside() -> None:
    quotation = "<blockquote><p><strong>Somebody</strong> said.</p></blockquote>"
    chapter = cells(
        ("", quotation),
        ("python", "x = 3"),
        ("", quotation),
    )
    assert [child.tag for child in chapter] == ["blockquote", "div", "blockquote"]
    assert chapter[1].get("class") == "language-python copy highlight"
