"""The site's own style sheets: one file, without what is written for people alone."""

import re
from pathlib import Path
from typing import Final

SHEET: Final = "assets/stylesheets/site.css"
_NAMES = ("site", "blocks", "preview", "orientation", "print", "search")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")


def style_sheet(docs: Path) -> str:
    """Return all style sheets of the pages, in order: one request for a reader."""
    paths = [docs / f"assets/css/{name}.css" for name in _NAMES]
    texts = (path.read_text(encoding="utf-8") for path in paths if path.is_file())
    return "".join(map(trimmed, texts))


def trimmed(text: str) -> str:
    """Return a style sheet without comments, blank lines and indentation."""
    text = _LINES.sub("\n", _COMMENT.sub("", text)).strip()
    return f"{text}\n"
