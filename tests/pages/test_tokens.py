"""Highlighted code keeps its text and its colours with fewer elements."""

from lxml import html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lessons.pages.publishing.tokens import counted, fewer

CODE = """\
for x, y in zip(rows[1:], f(b)[0]):  # <pairs>
    print(f"{x @ y:.2f} & {-x}", not (x <= y))
"""
SAME = {"n": "", "w": "", "o": "sign", "p": "sign"}  # classes of one colour


def coloured(code: str) -> list[tuple[str, str]]:
    """Return each character but blanks, with what decides its colour."""
    found: list[tuple[str, str]] = []
    root = html.fragment_fromstring(code, create_parent="div")
    for element in root.iter():
        kind = element.get("class", "")
        look = SAME.get(kind, kind)
        found += [(each, look) for each in element.text or ""]
        if element is not root:
            parent = element.getparent().get("class", "")
            found += [(each, SAME.get(parent, parent)) for each in element.tail or ""]
    return [pair for pair in found if not pair[0].isspace()]


def test_code_keeps_its_text_and_its_colours() -> None:
    code = highlight(CODE, PythonLexer(), HtmlFormatter(nowrap=True))
    less = fewer(code)
    assert coloured(less) == coloured(code)
    assert html.fromstring(less).text_content() == html.fromstring(code).text_content()
    assert less.count("<span") < 0.8 * code.count("<span")
    assert fewer(less) == less


def test_what_is_no_code_stays_as_it_is() -> None:
    page = '<p>a <span class="note">b</span><span class="p q">c</span></p>'
    assert fewer(page) == page


def test_a_listing_says_how_many_lines_it_has() -> None:
    page = '<p><code>a</code></p><pre id="b"><span></span><code>{}</code></pre>'
    for code, lines in (
        ("x\n", 1),
        ("x", 1),
        ("x\n\n<b>y</b>\n\n", 3),
        (" \n\nx\n", 3),
    ):
        found = counted(page.format(code))
        assert f'<code style="--lines:{lines}">{code}</code>' in found
        assert html.fromstring(found).xpath("//p/code/@style") == []
        assert counted(found) == found
