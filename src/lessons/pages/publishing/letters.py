"""The letters of formulas: of the fonts that each of their pages fetches, what is used.

They have some hundred signs more than the formulas of a course.
"""

import functools
import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from lxml import html
from lxml.html import HtmlElement

FONTS = ("KaTeX_Main-Regular.woff2", "KaTeX_Math-Italic.woff2")
_FOLDER = "assets/katex/fonts"


def trim_fonts(site: Path) -> None:
    """Leave in these fonts of a built site what its formulas need."""
    signs: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        signs |= _signs(path.read_text(encoding="utf-8"))
    for font in (site / _FOLDER / name for name in FONTS):
        if signs and font.is_file():
            data = font.read_bytes()
            font.write_bytes(_trimmed(data, "".join(sorted(signs))))


def _signs(page: str) -> set[str]:
    if "katex-html" not in page:
        return set()
    tree: HtmlElement = html.document_fromstring(page)
    formulas = tree.xpath("//*[@class='katex-html']")
    return {sign for formula in formulas for sign in formula.text_content()}


@functools.cache
def _trimmed(data: bytes, signs: str) -> bytes:
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(text=signs)
    subsetter.subset(font)
    font.flavor = "woff2"
    trimmed = io.BytesIO()
    font.save(trimmed)
    return trimmed.getvalue()
