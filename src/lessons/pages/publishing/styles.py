"""The site's own style sheets, without what is written in them for people alone."""

import re
from pathlib import Path

_FOLDER = "assets/css"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINES = re.compile(r"\s*\n\s*")


def trim_styles(site: Path) -> None:
    """Leave out comments, blank lines and indentation."""
    for path in sorted((site / _FOLDER).glob("*.css")):
        text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
        text = _LINES.sub("\n", text).strip()
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
