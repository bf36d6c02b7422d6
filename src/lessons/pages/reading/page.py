"""A page as it is written: its blocks, outputs, figures and numbers, nothing run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pymdownx.snippets import SnippetMissingError
from sybil import Document

from lessons.pages.project import Project
from lessons.pages.reading.boxes import read_boxes
from lessons.pages.reading.code import look_at
from lessons.pages.reading.exercises import group_exercises
from lessons.pages.reading.fences import Fence, read_fences
from lessons.pages.reading.markdown import INCLUDE, NUMBER, Includes
from lessons.pages.reading.objects import Source
from lessons.pages.reading.steps import Block, Explorable, Image, Number, Page

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
UNREADABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffd]"
)
_NAMES = {
    "\r": "CR; save the page with one kind of line end",
    "\ufeff": "a byte order mark; save the page without BOM",
    "\ufffd": "not UTF-8 text; save the page as UTF-8",
}
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7})(?: .*)?$", re.MULTILINE)
_SNIPPET = re.compile(r"-+8<-+")
_MACHINE = re.compile(r"(?<![\w./:])(?:/(?:home|root|tmp|Users|work|var)/|[A-Z]:\\)\w")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:[^\n]|\n(?!\n))+?(?<!`)\1(?!`)")
_IMAGE = re.compile(
    r"!\[(?P<alt>(?:\{= [^\n]+? \}|[^]])*)\]\((?P<target>[^)\s]+)[^)]*\)"
)
_EXPRESSION = (
    "not a computed number: write 0.5{= expression }, the number right before, a blank "
    "on both sides of the expression; not in the front matter and not in a code span"
)


def read_text(path: Path) -> str:
    """Return a file with plain line ends; what is no text becomes U+FFFD."""
    text = path.read_bytes().decode("utf-8", errors="replace")
    is_crlf = text.count("\r\n") == text.count("\n")
    return text.replace("\r\n", "\n") if is_crlf else text


def read_pages(project: Project, paths: Iterable[Path]) -> list[Page]:
    """Read pages with the includes that `mkdocs.yml` configures."""
    return parse_pages(project, {path: read_text(path) for path in paths})


def parse_pages(project: Project, texts: Mapping[Path, str]) -> list[Page]:
    """Return pages with the texts that they have or might have, their form checked."""
    includes = project.markdown().preprocessors["snippet"]
    assert isinstance(includes, Includes)
    return [_parse(path, text, project, includes) for path, text in texts.items()]


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with blanks for what matches, every offset and line unchanged."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def without_code(text: str) -> str:
    """Return prose with blanks for what stands in code spans."""
    return blank(_CODE, text)


def _parse(path: Path, text: str, project: Project, includes: Includes) -> Page:
    page = Page(path, project.name(path), text)
    if wrong := UNREADABLE.search(text):
        what = _NAMES.get(wrong[0], f"the character U+{ord(wrong[0]):04X}")
        page.report(page.line(wrong.start()), f"unreadable: {what}")
        return page
    fences, page.problems = read_fences(Document(text, str(path)))
    outside = _hide(text, (fence.span for fence in fences))
    page.prose = blank(FRONT_MATTER, outside)
    page.boxes = read_boxes(text, page.prose)
    block: Block | None = None
    images: list[Image] = []  # since the last block, which may be those of the next
    items: list[Fence | Image] = [*fences, *_read_images(page)]
    for item in sorted(items, key=lambda item: item.line):
        if isinstance(item, Image):
            images.append(item)
        elif item.language == "python":
            last, block = block, Block(item, _source(item, page, includes))
            _give(images, block if block.facts.draws else last, page)
            images = []
            page.steps.append(block)
        elif item.language == "explore":
            page.steps.append(_explorable(item, page))
        elif item.language == "output":
            if block is None or block.output:
                page.report(item.line, "an output too many: no block above it prints")
            else:
                block.output = item
    _give(images, block, page)
    page.steps += _read_numbers(page, outside)
    page.steps.sort(key=lambda step: step.line)
    for block in page.blocks:
        modules, problems = look_at(block)
        page.imports |= modules
        page.problems += problems
    page.exercises, problems = group_exercises(page.blocks)
    page.problems += problems
    _look_for_traces(page, fences)
    page.problems.sort(key=lambda problem: problem.line)
    return page


def _explorable(fence: Fence, page: Page) -> Explorable:
    """Return the figure to move that a fence stands for."""
    if not fence.figure or fence.indent:
        message = 'an explorable opens with ```explore figure="NAME", outside boxes'
        page.report(fence.line, message)
    return Explorable(fence, fence.figure, fence.text.strip())


def _give(images: list[Image], block: Block | None, page: Page) -> None:
    """Give a block the figures that it draws."""
    for image in images:
        if block is None:
            page.report(image.line, f"{image.name} is above all code")
        elif block.facts.draws and image.line > block.line:
            message = f"a .{block.kind} block is below its pictures, not above"
            page.report(image.line, message)
        else:
            block.images.append(image)


def _hide(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with blanks for some of its parts, every offset unchanged."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return text


def _read_images(page: Page) -> Iterator[Image]:
    seen: set[str] = set()
    for match in _IMAGE.finditer(without_code(page.prose)):
        line, target = page.line(match.start()), match["target"]
        alt = page.text[slice(*match.span("alt"))]
        if not target.startswith("figures/"):
            continue
        name = target.removeprefix("figures/")
        if not re.fullmatch(rf"{re.escape(page.path.stem)}-[a-z0-9-]+\.svg", name):
            page.report(line, f"call it figures/{page.path.stem}-NAME.svg: {target}")
        if name in seen:
            page.report(line, f"the figure {name} is named twice")
        if not NUMBER.sub("", alt).strip():
            page.report(line, f"the figure {name} has no alternative text")
        seen.add(name)
        yield Image(name, alt, line)


def _read_numbers(page: Page, outside: str) -> Iterator[Number]:
    """Yield the numbers of the prose; report expressions that are none.

    Args:
        page: Where they are; `outside`: its text with blanks for fences only.
    """
    known = set()
    for match in NUMBER.finditer(page.prose):
        group = "code" if match["code"] else "word"
        known.add(match.start("expression") - len("{= "))
        line, expression = page.line(match.start()), match["expression"]
        yield Number(match.span(group), line, match[group], group == "code", expression)
    marks = re.finditer(r"\{=", outside)
    _report_each(page, (m for m in marks if m.start() not in known), _EXPRESSION)


def _source(fence: Fence, page: Page, includes: Includes) -> Source:
    include = INCLUDE.fullmatch(fence.text.strip())
    if include:
        try:
            return includes.source(include["target"])
        except (SnippetMissingError, SyntaxError, ValueError) as error:
            page.report(fence.line + 1, f"cannot include: {error}")
            return Source("pass", page.name, (fence.line + 1,))
    elif _SNIPPET.search(fence.text):
        page.report(fence.line, "a fence holds one include or inline code, not both")
    lines = range(fence.line + 1, fence.line + 2 + fence.text.count("\n"))
    return Source(fence.text, page.name, tuple(lines))


def _look_for_traces(page: Page, fences: list[Fence]) -> None:
    """Report what was left behind and what no reader would see as it is meant."""
    not_python = _hide(page.text, (f.span for f in fences if f.language == "python"))
    message = "an include stands in a python fence of its own"
    _report_each(page, _SNIPPET.finditer(not_python), message)
    message = "a conflict marker: merge by hand"
    _report_each(page, _CONFLICT.finditer(page.text), message)
    message = "a path of one machine: print the name only"
    for fence in fences:
        if fence.language == "output":
            _report_each(page, _MACHINE.finditer(page.text, *fence.body), message)
    for block in page.blocks:
        for thing in (block.output, *block.images):
            if thing is not None and not block.facts.prints:
                message = f"a .{block.kind} block has no output and no figure"
                page.report(thing.line, message)


def _report_each(page: Page, found: Iterable[re.Match[str]], message: str) -> None:
    for match in found:
        page.report(page.line(match.start()), message)
