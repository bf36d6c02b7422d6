"""The course as a whole: navigation, order of chapters, glossary, course map, lists."""

import ast
import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from lessons.pages.project import Project
from lessons.pages.reading.chapters import contradictions
from lessons.pages.reading.fences import Finding
from lessons.pages.reading.objects import parse
from lessons.pages.reading.page import FRONT_MATTER, read_text
from lessons.pages.reading.steps import Page, module_of

NOT_RUN = "docs/reference/not-run.txt"
MAP = "docs/reference/course-map.yml"
_NAV = "mkdocs.yml"
_NOT_RUN_LIMIT = 5
_SCHEMAS = yaml.safe_load(Path(__file__).with_name("schemas.yml").read_bytes())
_TERM = re.compile(r"^### +(.+?) *(?:\{.*\})?$", re.MULTILINE)


def problems(
    project: Project, pages: Sequence[Page], anchors: dict[Path, set[str]]
) -> Iterator[Finding]:
    """Yield what is wrong with the course; a project without one has no rules here.

    Args:
        project: Where it is; `pages`: all of them.
        anchors: The ids of each page, by its path.
    """
    yield from _not_run(project, pages)
    if project.nav is None:
        if (project.root / MAP).is_file():
            yield Finding(_NAV, 1, "a course needs its pages in nav")
        return
    yield from _navigation(project, pages)
    yield from _order(project, pages)
    yield from _course_map(project, anchors)
    yield from contradictions(project, pages)
    for page in pages:
        if page.prose or not page.text:  # else unreadable, which is said already
            yield from _front_matter(page)
        if page.name == "docs/reference/glossary.md":
            yield from _glossary(page)


def _navigation(project: Project, pages: Sequence[Page]) -> Iterator[Finding]:
    nav, names = project.nav or [], {page.name for page in pages}
    rows = read_text(project.root / _NAV).split("\n")
    for entry, count in Counter(nav).items():
        stem = entry.removeprefix("docs/").removesuffix(".md")
        ends = tuple(f"{stem}{suffix}" for suffix in (".md", ".ipynb"))
        lines = [
            n for n, row in enumerate(rows, 1) if row.rstrip("'\" ").endswith(ends)
        ]
        if entry not in names:
            yield Finding(_NAV, min(lines, default=1), f"there is no page {entry}")
        elif count > 1:
            yield Finding(_NAV, max(lines, default=1), f"{entry} is in nav twice")
    for page in pages:
        if page.name not in nav:
            message = f"not in nav of {_NAV}: add {page.name.removeprefix('docs/')}"
            yield Finding(page.name, 1, message)


def _order(project: Project, pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield where a chapter has no module or tests, or builds on a later chapter."""
    nav = [page.name for page in pages if page.name not in (project.nav or [])]
    nav = [*(project.nav or []), *nav]
    places = {m: place for place, name in enumerate(nav) if (m := module_of(name))}
    for page in pages:
        module, place = module_of(page.name), nav.index(page.name)
        if module:
            part, name = Path(module).parts[2:]
            for file in (module, f"tests/{part}/test_{name}"):
                if not (project.root / file).is_file():
                    yield Finding(page.name, 1, f"a chapter has its {file}")
        for block in page.blocks:
            later = block.is_included and places.get(block.source.filename, -1) > place
            if later and page.name != "docs/index.md":
                message = f"{block.source.filename} belongs to a later chapter"
                yield Finding(page.name, block.line + 1, message)
    for module, place in places.items():
        for line, imported in _imports(project.root / module, module):
            if places.get(imported, -1) > place:
                yield Finding(module, line, f"{imported} belongs to a later chapter")


def _imports(path: Path, module: str) -> Iterator[tuple[int, str]]:
    with contextlib.suppress(OSError, SyntaxError, ValueError):  # others say so
        for node in ast.walk(parse(read_text(path), module)):
            if isinstance(node, ast.ImportFrom):
                start = "lessons." if node.level == 2 else ""
                start = f"lessons.{path.parent.name}." if node.level == 1 else start
                origin = f"{start}{node.module or ''}".rstrip(".")
                names = [origin, *(f"{origin}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                yield node.lineno, f"src/{name.replace('.', '/')}.py"


def _front_matter(page: Page) -> Iterator[Finding]:
    match = FRONT_MATTER.match(page.text)
    if match is None:
        message = "a page begins with ---, its title, its description and --- again"
        yield Finding(page.name, 1, message)
        return
    _, found = _load(match[0][:-4], "front matter")
    for line, place, message in found:
        key = place and re.search(rf"^{place[0]}:", match[0], re.MULTILINE)
        number = page.line(key.start()) if key else line
        yield Finding(page.name, number, f"front matter: {message}")
    titles = [m.start() for m in re.finditer(r"^# ", page.prose, re.MULTILINE)]
    if len(titles) != 1:
        line = page.line(titles[1]) if titles else 1
        yield Finding(
            page.name, line, f"a page has one heading with #, not {len(titles)}"
        )


def _load(text: str, schema: str) -> tuple[Any, list[tuple[int, list[Any], str]]]:
    """Return what YAML says, and what is wrong with it: line, place and reason."""
    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "a character that YAML forbids"
        return None, [(mark.line + 1 if mark else 1, [], f"not YAML: {reason}")]
    errors = Draft202012Validator(_SCHEMAS[schema]).iter_errors(data)
    return data, [(1, list(error.path), error.message) for error in errors]


def _glossary(page: Page) -> Iterator[Finding]:
    for one, two in pairwise(_TERM.finditer(page.prose)):
        first, second = one[1].casefold(), two[1].casefold()
        if first >= second:
            reason = "is there twice" if first == second else f"comes before {one[1]}"
            yield Finding(page.name, page.line(two.start()), f"{two[1]} {reason}")


def _course_map(project: Project, anchors: dict[Path, set[str]]) -> Iterator[Finding]:
    text = read_text(project.root / MAP) if (project.root / MAP).is_file() else ""
    rows, found = _load(text or "[]", "course map")
    lines = [n for n, row in enumerate(text.split("\n"), 1) if row.startswith("- ")]
    for line, place, message in found:
        yield Finding(MAP, lines[place[0]] if place else line, message)
    for line, row in zip(lines, [] if found else rows, strict=False):
        page, _, anchor = row["at"].partition("#")
        if anchor not in anchors.get(project.docs / page, set()):
            yield Finding(MAP, line, f"there is no section {row['at']}")


def _not_run(project: Project, pages: Sequence[Page]) -> Iterator[Finding]:
    path = project.root / NOT_RUN
    rows = read_text(path).split("\n")[:-1] if path.is_file() else []
    shown = [
        (page.name, b.line) for page in pages for b in page.blocks if not b.facts.runs
    ]
    there, listed = Counter(name for name, _ in shown), Counter(rows)
    for line, name in enumerate(rows, 1):
        if listed[name] > there[name]:
            yield Finding(NOT_RUN, line, f"not so many blocks are .shown: {name}")
        if line > _NOT_RUN_LIMIT:
            yield Finding(NOT_RUN, line, f"at most {_NOT_RUN_LIMIT} blocks are not run")
    if rows != sorted(rows):
        yield Finding(NOT_RUN, 1, "keep these lines sorted")
    for name, line in shown:
        if listed[name] < there[name]:
            message = f"a block that is not run must be listed in {NOT_RUN}: add {name}"
            yield Finding(name, line, message)
