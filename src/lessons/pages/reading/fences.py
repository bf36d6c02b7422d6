"""The fences of a page: how they are found and the only forms they may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sybil import Document
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from lessons.pages.reading.kinds import KINDS, PLAIN

CLASSES = tuple(f".{kind}" for kind in KINDS if kind != PLAIN)
LANGUAGES = ("bash", "csv", "explore", "output", "python", "text", "toml", "yaml")
OPTIONS = ("figure", "hl_lines", "linenums", "needs", "title")

OPENING = re.compile(r"^[ \t>]*(?:[-*+] +|\d+[.)] +)?(?:`{3,}|~{3,})", re.MULTILINE)
NEEDS_ALL = re.compile(r' *\bneeds="all"')
_FIGURE = re.compile(r'\bfigure="(?P<name>[^"]*)"')
_LEXER = RawFencedCodeBlockLexer(re.compile(r"(?P<info>[^\n]*)\n"))
_OPTION = r'(?:\w+="[^"\n]*")'
_INFO = re.compile(
    rf"(?P<language>\w+)"
    rf"(?: (?P<options>{_OPTION}(?: {_OPTION})*)"
    rf"| \{{(?P<braced>[^{{}}\n]+)\}})?"
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a page, and in which of its lines."""

    line: int
    message: str


class Finding(NamedTuple):
    """What is wrong with a file of the project, and where."""

    name: str
    line: int
    message: str

    def __str__(self) -> str:
        """Return it as people read it."""
        return f"{self.name}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Fence:
    """A fenced block of a page.

    Attributes:
        start: Offset of the opening line; `end`: offset behind the closing line.
        body: Offsets of the lines between them.
        line: Number of the opening line.
        indent: White space before the fence.
        language: Its tag; `kind`: its class, or an empty string.
        text: Its lines, without `indent`.
        needs_all: Whether a copy of it brings all that is above it.
        figure: The script that moves it, of an explorable.
    """

    start: int
    end: int
    body: tuple[int, int]
    line: int
    indent: str
    language: str
    kind: str
    text: str
    needs_all: bool = False
    figure: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """From where to where it goes."""
        return self.start, self.end


def read_fences(document: Document) -> tuple[list[Fence], list[Problem]]:
    """Return the fences of a page in order, and what is wrong with their form."""
    fences: list[Fence] = []
    problems: list[Problem] = []
    text, seen = document.text, 0
    for region in sorted(_LEXER(document), key=lambda region: region.start):
        start, end = region.start, region.end
        line = text.count("\n", 0, start) + 1
        opening = text[start : text.find("\n", start)]
        if start < seen:
            problems.append(Problem(line, "a fence inside a fence"))
            continue
        seen = end
        body = start + region.lexemes["source"].offset, text.rfind("\n", 0, end) + 1
        if text[body[1] : end].strip() != "```":
            problems.append(Problem(line, "this fence is never closed with ```"))
        info = region.lexemes["info"].strip()
        problems += (Problem(line, message) for message in _lint(opening, info))
        language, classes, _ = _parse(info)
        indent = opening[: len(opening) - len(opening.lstrip())]
        rows = text[slice(*body)].split("\n")[:-1]
        code = "\n".join(
            row.removeprefix(indent) if row.strip() else "" for row in rows
        )
        kind = classes[0].removeprefix(".") if classes else ""
        needs = NEEDS_ALL.search(info) is not None
        named = _FIGURE.search(info)
        figure = named["name"] if named else ""
        fence = Fence(
            start, end, body, line, indent, language, kind, code, needs, figure
        )
        fences.append(fence)
    if len(OPENING.findall(text)) != 2 * len(fences) and not problems:
        problems.append(_stray(text, fences))
    return fences, problems


def _parse(info: str) -> tuple[str, list[str], list[str]]:
    """Return the tag, the classes and the options of a fence; no tag if it has none."""
    match = _INFO.fullmatch(info)
    if match is None:
        return "", [], []
    classes = re.sub(_OPTION, "", match["braced"] or "").split()
    options = re.findall(r'(\w+)="', match["options"] or match["braced"] or "")
    return match["language"], classes, options


def _lint(opening: str, info: str) -> Iterator[str]:
    language, classes, options = _parse(info)
    if re.match(r"[ \t]*```(?!`)", opening) is None:
        yield "a fence opens with three backticks on a line of its own"
        return
    if not language:
        yield f'write "```python {{.raises title=…}}", not "```{info}"'
        return
    if "\t" in opening:
        yield "indent a fence with spaces"
    if classes and (language != "python" or len(classes) > 1):
        yield f"one class at the most, and only on python: {' '.join(classes)}"
    for what, names, known in (
        ("tag", [language], LANGUAGES),
        ("class", classes, CLASSES),
        ("option", options, OPTIONS),
    ):
        for name in names:
            if name not in known:
                yield f'unknown {what} "{name}"; use one of {", ".join(known)}'


def _stray(text: str, fences: list[Fence]) -> Problem:
    """Return what is wrong at the first line of backticks that no fence has."""
    ends = {text.rfind("\n", 0, place) + 1 for f in fences for place in f.span}
    place = next(m.start() for m in OPENING.finditer(text) if m.start() not in ends)
    line = text.count("\n", 0, place) + 1
    for fence in fences:
        if fence.start < place < fence.end:
            message = f"this fence is not closed: line {line} opens another inside it"
            return Problem(fence.line, message)
    return Problem(line, "a plain search finds a fence here and the parser does not")
