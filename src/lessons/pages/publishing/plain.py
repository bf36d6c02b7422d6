"""A page in plain Markdown: what only our own renderer reads is put into words."""

import re
from collections.abc import Iterator

from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.page import FRONT_MATTER
from lessons.pages.reading.steps import Block, Explorable, Page

_BOX = re.compile(
    r'(?P<indent> *)(?:[?]{3}\+?|!!!|===[+!]?) *[\w -]*(?:"(?P<title>[^"]*)")? *'
)
_FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,})(?P<language>\w*).*")
_ATTRIBUTES = re.compile(r" ?\{:?(?: *[#.][\w-]+| *[\w-]+=\"[^\"]*\")+ *\}")
_HTML = re.compile(r" *</?(?:div|section|span)\b[^>]*>\n?")
_NOTEBOOK = re.compile(r"(\]\([^)\s]+)\.ipynb")


def plain(page: Page) -> str:
    """Return a page in plain Markdown: includes expanded, numbers and boxes as text."""
    text = page.text
    for step in reversed(page.steps):
        if isinstance(step, Explorable):
            start, end = step.span
            text = text[:start] + text[end:]
        if not isinstance(step, Block):
            continue
        block = step
        start, end = block.fence.body
        rows = block.source.text.strip("\n").split("\n")
        code = "".join(f"{block.fence.indent}{row}".rstrip() + "\n" for row in rows)
        text = text[:start] + code + text[end:]
    lines = FRONT_MATTER.sub("", text).strip("\n").split("\n")
    return "\n".join(_unfolded(lines)).strip("\n") + "\n"


def _unfolded(lines: list[str]) -> Iterator[str]:
    """Yield the lines; what is in a box is moved out, under its title in bold."""
    boxes: list[int] = []  # how far the boxes around a line are indented
    fence = ""
    is_blank = False  # what was left out leaves no gap
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        while boxes and line.strip() and not fence and indent <= boxes[-1]:
            boxes.pop()
        outer = line.removeprefix(" " * 4 * len(boxes))
        opening = _FENCE.fullmatch(line)
        if fence or opening:
            yield _fenced(outer, opening if not fence else None)
            fence = _open(fence, line, opening)
            is_blank = False
            continue
        if (box := _BOX.fullmatch(line)) and box["title"] is not None:
            boxes.append(len(box["indent"]))
            outer = f"**{box['title']}**\n"
        shown = _prose(outer)
        if shown.strip() or not is_blank:
            yield shown
        is_blank = not shown.strip() or shown.endswith("\n")


def _open(fence: str, line: str, opening: re.Match[str] | None) -> str:
    """Return the ticks that will close the fence that the next line is in, if any."""
    if not fence:
        return opening["ticks"] if opening else ""
    return "" if line.strip() == fence else fence


def _fenced(line: str, opening: re.Match[str] | None) -> str:
    """Return a line of a fence; its opening without what only our renderer reads."""
    if opening is None:
        return line
    shown = "text" if opening["language"] == "output" else opening["language"]
    return f"{line[: len(line) - len(line.lstrip())]}{opening['ticks']}{shown}"


def _prose(line: str) -> str:
    """Return a line of prose without what only our renderer reads."""
    line = NUMBER.sub(lambda n: f"`{n['code']}`" if n["code"] else n["word"], line)
    return _NOTEBOOK.sub(r"\1.md", _HTML.sub("", _ATTRIBUTES.sub("", line)))
