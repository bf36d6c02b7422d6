"""The site's own style sheets in one file, and the theme's, as far as it is changed."""

import re
from pathlib import Path
from typing import Final

SHEET: Final = "assets/stylesheets/site.css"
PALETTE: Final = re.compile(r"assets/stylesheets/palette\.\w+\.min\.css")
_NAMES = ("site", "blocks", "preview", "explore", "orientation", "print", "search")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")
_SWITCHING = re.compile(r"\[data-md-color-switching\] \*[^{}]*\{[^{}]*\}")


def style_sheet(docs: Path) -> str:
    """Return all style sheets of the pages, in order: one request for a reader."""
    paths = [docs / f"assets/css/{name}.css" for name in _NAMES]
    texts = (path.read_text(encoding="utf-8") for path in paths if path.is_file())
    return "".join(map(trimmed, texts))


def trimmed(text: str) -> str:
    """Return a style sheet without comments, blank lines and indentation."""
    text = _LINES.sub("\n", _COMMENT.sub("", text)).strip()
    return f"{text}\n"


def without_switching(palette: str) -> str:
    """Return the theme's colours without the rule that stops every fade at a switch.

    The theme's script switches once on each page that loads. The rule is about each
    element, so browsers would style the whole page twice for it.
    """
    return _SWITCHING.sub("", palette)
