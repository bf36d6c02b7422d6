"""A page as it is written: its blocks, outputs, figures and numbers, nothing run."""

import ast
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from pymdownx.snippets import SnippetMissingError
from sybil import Document

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.exercises import group_exercises
from lessons.pages.reading.fences import Fence, Problem, read_fences
from lessons.pages.reading.markdown import INCLUDE, NUMBER, Includes
from lessons.pages.reading.objects import Source
from lessons.pages.reading.steps import Block, Image, Number, Page

_IMAGE = re.compile(
    r"!\[(?P<alt>(?:\{= [^\n]+? \}|[^]])*)\]\((?P<target>[^)\s]+)[^)]*\)"
)
_ANNOTATION = re.compile(r"#\s*\(\d+\)!?\s*$", re.MULTILINE)


def read_pages(project: Project, paths: Iterable[Path]) -> list[Page]:
    """Read pages with the includes that `mkdocs.yml` configures."""
    includes = project.markdown().preprocessors["snippet"]
    assert isinstance(includes, Includes)
    return [read_page(path, project, includes) for path in paths]


def read_page(path: Path, project: Project, includes: Includes) -> Page:
    """Read a page and check its form.

    Raises:
        ProjectError: If it is not UTF-8 text.
    """
    name = project.name(path)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ProjectError(f"{name}: not UTF-8 text ({error})") from error
    page = Page(path, name, text)
    fences, page.problems = read_fences(Document(text, str(path)))
    images = _read_images(page, fences)
    block: Block | None = None
    items: list[Fence | Image] = [*fences, *images]
    for item in sorted(items, key=lambda item: item.line):
        if isinstance(item, Image):
            if block is None:
                _report(page, item.line, f"{item.name} is above all code")
            else:
                block.images.append(item)
        elif item.language == "python":
            block = Block(item, _source(item, page, includes))
            page.steps.append(block)
        elif item.language == "output":
            if block is None or block.output:
                _report(page, item.line, "an output too many: no block above it prints")
            else:
                block.output = item
    page.steps += _read_numbers(page, fences)
    page.steps.sort(key=lambda step: step.line)
    page.problems += [p for block in page.blocks for p in _lint(block, page)]
    page.exercises, problems = group_exercises(page.blocks)
    page.problems += problems
    page.problems.sort(key=lambda problem: problem.line)
    return page


def _report(page: Page, line: int, message: str) -> None:
    page.problems.append(Problem(line, message))


def _outside(text: str, fences: list[Fence]) -> str:
    """Return the text with all fences blanked, offsets unchanged."""
    for fence in fences:
        blank = re.sub(r"[^\n]", " ", text[fence.start : fence.end])
        text = text[: fence.start] + blank + text[fence.end :]
    return text


def _read_images(page: Page, fences: list[Fence]) -> Iterator[Image]:
    seen: set[str] = set()
    for match in _IMAGE.finditer(_outside(page.text, fences)):
        line = page.text.count("\n", 0, match.start()) + 1
        target, alt = match["target"], NUMBER.sub("", match["alt"]).strip()
        if not target.startswith("figures/"):
            continue
        name = target.removeprefix("figures/")
        if not re.fullmatch(rf"{re.escape(page.path.stem)}-[a-z0-9-]+\.svg", name):
            _report(page, line, f"call it figures/{page.path.stem}-NAME.svg: {target}")
        if name in seen:
            _report(page, line, f"the figure {name} is named twice")
        if not alt:
            _report(page, line, f"the figure {name} has no alternative text")
        seen.add(name)
        yield Image(name, match["alt"], line)


def _read_numbers(page: Page, fences: list[Fence]) -> Iterator[Number]:
    outside = _outside(page.text, fences)
    known = set()
    for match in NUMBER.finditer(outside):
        group = "code" if match["code"] else "word"
        line = outside.count("\n", 0, match.start()) + 1
        known.add(outside.index("{=", match.end(group)))
        yield Number(match.span(group), line, match[group], match["expression"])
    for match in re.finditer(r"\{=", outside):
        if match.start() not in known:
            line = outside.count("\n", 0, match.start()) + 1
            _report(page, line, "not a computed number: write 0.5{= expression }")


def _source(fence: Fence, page: Page, includes: Includes) -> Source:
    include = INCLUDE.fullmatch(fence.text.strip())
    if include:
        try:
            return includes.source(include["target"])
        except (SnippetMissingError, SyntaxError) as error:
            _report(page, fence.line + 1, f"cannot include: {error}")
    elif "--8<--" in fence.text:
        _report(page, fence.line, "a fence holds one include or inline code, not both")
    lines = range(fence.line + 1, fence.line + 2 + fence.text.count("\n"))
    return Source(fence.text, page.name, tuple(lines))


def _lint(block: Block, page: Page) -> Iterator[Problem]:
    if _ANNOTATION.search(block.source.text):
        yield Problem(block.line, "a raw code annotation would be copied; remove it")
    if block.output is None and block.facts.prints == "must":
        yield Problem(block.line, f"a .{block.kind} block needs an output fence")
    if block.facts.prints == "never":
        for thing in (block.output, *block.images):
            if thing is not None:
                message = f"a .{block.kind} block has no output and no figure"
                yield Problem(thing.line, message)
    try:
        tree = block.source.tree()
    except SyntaxError as error:
        yield Problem(error.lineno or block.line, f"not Python: {error.msg}")
        return
    if block.facts.expects and not is_indentable(block):
        message = "a text over several lines would change when the program catches it"
        yield Problem(block.line, message)
    modules = set(_imports(tree))
    page.imports |= modules
    if any(module.split(".")[0] == "lessons" for module in modules):
        message = "a page never imports lessons: show the object with an include"
        yield Problem(block.line, message)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def is_indentable(block: Block) -> bool:
    """Whether a block means the same when it is indented under `try` or `with`."""
    body = textwrap.indent(block.source.text, "    ")
    inner = ast.parse(f"if True:\n{body}").body[0]
    assert isinstance(inner, ast.If)
    plain = ast.parse(block.source.text)
    return ast.dump(ast.Module(inner.body, [])) == ast.dump(plain)
