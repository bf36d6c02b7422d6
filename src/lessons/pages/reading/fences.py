"""The fences of a page: how they are found and the only forms they may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sybil import Document
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from lessons.pages.reading.kinds import KINDS, PLAIN

CLASSES = tuple(kind for kind in KINDS if kind != PLAIN)
LANGUAGES = ("bash", "csv", "output", "python", "text", "toml", "yaml")
OPTIONS = ("hl_lines", "linenums", "title")

OPENING = re.compile(r"^[ \t>]*(?:[-*+] +|\d+[.)] +)?(?:`{3,}|~{3,})", re.MULTILINE)
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
    """

    start: int
    end: int
    body: tuple[int, int]
    line: int
    indent: str
    language: str
    kind: str
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """From where to where it goes."""
        return self.start, self.end


def read_fences(document: Document) -> tuple[list[Fence], list[Problem]]:
    """Return the fences of a page in order, and what is wrong with their form."""
    fences: list[Fence] = []
    problems: list[Problem] = []
    seen = 0
    for region in sorted(_LEXER(document), key=lambda region: region.start):
        start = region.start
        line = document.text.count("\n", 0, start) + 1
        opening = document.text[start : document.text.find("\n", start)]
        if start < seen:
            problems.append(Problem(line, "a fence inside a fence"))
            continue
        seen = region.end
        body = start + region.lexemes["source"].offset
        closing = document.text.rfind("\n", 0, region.end) + 1
        info = region.lexemes["info"].strip()
        if document.text[closing : region.end].strip() != "```":
            problems.append(Problem(line, "this fence is never closed with ```"))
        problems += (Problem(line, message) for message in _lint(opening, info))
        match = _INFO.fullmatch(info)
        language, kind = (match["language"], _kind(match)) if match else ("", "")
        indent = opening[: len(opening) - len(opening.lstrip())]
        text = "\n".join(
            row.removeprefix(indent).rstrip("\n") if row.strip() else ""
            for row in document.text[body:closing].split("\n")[:-1]
        )
        fence = Fence(
            start, region.end, (body, closing), line, indent, language, kind, text
        )
        fences.append(fence)
    if len(OPENING.findall(document.text)) != 2 * len(fences) and not problems:
        problems.append(_stray(document.text, fences))
    return fences, problems


def _kind(info: re.Match[str]) -> str:
    classes = re.findall(r"\.([\w-]+)", re.sub(_OPTION, "", info["braced"] or ""))
    return classes[0] if classes else ""


def _lint(opening: str, info: str) -> Iterator[str]:
    if re.match(r"[ \t]*```(?!`)", opening) is None:
        yield "a fence opens with three backticks on a line of its own"
        return
    match = _INFO.fullmatch(info)
    if match is None:
        yield f'write "```python {{.raises title=…}}", not "```{info}"'
        return
    if match["language"] not in LANGUAGES:
        yield f'unknown tag "{match["language"]}"; use one of {", ".join(LANGUAGES)}'
    if "\t" in opening:
        yield "indent a fence with spaces"
    rest = re.sub(_OPTION, "", match["braced"] or "").split()
    kinds = [name.removeprefix(".") for name in rest]
    if kinds and (match["language"] != "python" or len(kinds) > 1):
        yield f"one class at the most, and only on python: {' '.join(rest)}"
    for name, kind in zip(rest, kinds, strict=True):
        if not name.startswith(".") or kind not in CLASSES:
            yield f'unknown class "{name}"; use one of .{", .".join(CLASSES)}'
    for option in re.findall(r'(\w+)="', match["options"] or match["braced"] or ""):
        if option not in OPTIONS:
            yield f'unknown option "{option}"; use one of {", ".join(OPTIONS)}'


def _stray(text: str, fences: list[Fence]) -> Problem:
    """Return what is wrong at the first line of backticks that no fence has."""
    known = {
        text.rfind("\n", 0, place) + 1 for f in fences for place in (f.start, f.end)
    }
    place = next(m.start() for m in OPENING.finditer(text) if m.start() not in known)
    line = text.count("\n", 0, place) + 1
    for fence in fences:
        if fence.start < place < fence.end:
            message = f"this fence is not closed: line {line} opens another inside it"
            return Problem(fence.line, message)
    return Problem(line, "a plain search finds a fence here and the parser does not")
