"""The first look: whatever can be seen of the pages without running anything."""

import functools
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify

from lessons.pages.project import Project
from lessons.pages.reading import course
from lessons.pages.reading.fences import Finding, Problem
from lessons.pages.reading.front_matter import misled
from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.page import blank, without_code
from lessons.pages.reading.steps import Page
from lessons.pages.reading.tidy import untidy

_NAME = re.compile(r"(?=.{1,50}$)[a-z0-9]+(?:-[a-z0-9]+)*")
_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
_SILENT = re.compile(r"<!--(?s:.*?)-->|\{= [^\n]+? \}|\$\$(?s:.*?)\$\$|\$[^$\n]+\$")
_LINK = re.compile(
    r"\]\(<?(?P<path>[^)\s>]*)|^ {0,3}\[[^]^][^]]*\]:\s*(?P<defined>\S+)"
    r'|\b(?:src|href)="(?P<url>[^"]*)"',
    re.MULTILINE,
)
_REFERENCE = re.compile(r"\[(?P<text>[^][\n]+)\]\[(?P<name>[^][\n]*)\]")
_DEFINED = re.compile(r"^ {0,3}\[([^]]+)\]:", re.MULTILINE)
_ID = re.compile(r'\{(?!=)[^}\n]*?#(?P<attr>[\w-]+)[^}\n]*\}|\bid="(?P<html>[^"]+)"')
_HEADING = re.compile(r"^#{1,6} +(?P<text>[^\n]+?) *(?:\{(?!=)[^}\n]*\})?$", re.M)


def problems(
    project: Project,
    pages: Sequence[Page],
    chosen: Collection[str] | None = None,
    tidy: Collection[str] = (),
) -> list[Finding]:
    """Return what is wrong, by file and line, with pages and what goes with them.

    Args:
        project: Where the pages are; `pages`: all, for they refer to each other.
        chosen: The names of those that are meant, by default all. What is wrong with
            other pages is left out; what is wrong with none, as in the navigation, not.
        tidy: The names of those whose blocks are known to be formatted.
    """
    names = {page.name for page in pages}
    wanted = [page for page in pages if chosen is None or page.name in chosen]
    anchors = {page.path: set(_ids(page).values()) for page in pages}
    found = set(_files(project)) | set(course.problems(project, pages, anchors))
    for page, problem in untidy([page for page in wanted if page.name not in tidy]):
        found.add(Finding(page.name, problem.line, problem.message))
    for page in wanted:
        links = *_links(page, anchors), *misled(page, project.docs, anchors)
        for problem in (*page.problems, *_own(page, project), *links):
            found.add(Finding(page.name, problem.line, problem.message))
    others = names.difference(page.name for page in wanted)
    return sorted(finding for finding in found if finding.name not in others)


def _own(page: Page, project: Project) -> Iterator[Problem]:
    """Yield what is wrong with the name, the ids and the references of a page."""
    for part in page.path.relative_to(project.docs).with_suffix("").parts:
        if not _NAME.fullmatch(part):
            message = (
                "use lower-case letters, digits and hyphens, at most 50 characters"
            )
            yield Problem(1, f'"{part}" cannot be an address: {message}')
    for each in page.explorables:
        script = f"assets/explorables/{each.figure}.js"
        if each.figure and not (project.docs / script).is_file():
            yield Problem(each.line, f"there is no docs/{script}")
    ids = _ids(page)
    for offset, name in ids.items():
        if name in [other for place, other in ids.items() if place < offset]:
            yield Problem(page.line(offset), f"the id {name} is there twice")
    text = plain(page.prose)
    defined = {name.casefold() for name in _DEFINED.findall(text)}
    for match in _REFERENCE.finditer(text):
        if (match["name"] or match["text"]).casefold() not in defined:
            message = f"nothing defines the link {match[0]}"
            yield Problem(page.line(match.start()), message)


@functools.lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Return prose with blanks for code, formulas, expressions and comments."""
    return blank(_SILENT, without_code(text))


def _ids(page: Page) -> dict[int, str]:
    """Return the anchors of a page by their places; a heading has one in any case."""
    found = _ID.finditer(plain(page.prose))
    ids = {m.start(): m["attr"] or m["html"] for m in found}
    for match in _HEADING.finditer(page.prose):
        if not any(match.start() <= place <= match.end() for place in ids):
            text = NUMBER.sub(lambda m: m["code"] or m["word"], match["text"])
            text = re.sub(r"\]\([^)]*\)|[][*`]", "", text)
            ids[match.start()] = slugify(text, "-")
    return ids


def _links(page: Page, anchors: dict[Path, set[str]]) -> Iterator[Problem]:
    """Yield the links within the site that lead nowhere."""
    for match in _LINK.finditer(plain(page.prose)):
        target = match["path"] or match["defined"] or match["url"] or ""
        parts = urlsplit(target)
        if parts.scheme or parts.netloc or target.startswith("figures/"):
            continue
        base = page.path.parent
        if match["url"] and page.path.stem != "index":
            base = page.path.with_suffix("")  # HTML goes from the address of the page
        path = Path(os.path.normpath(base / unquote(parts.path)))
        if not parts.path:
            path = page.path
        elif path not in anchors and path.with_suffix(".md") in anchors:
            path = path.with_suffix(".md")  # made from that page
        line = page.line(match.start())
        if path in anchors:
            if parts.fragment and unquote(parts.fragment) not in anchors[path]:
                yield Problem(line, f"there is no such anchor: {target}")
        elif parts.path.startswith("/"):
            yield Problem(line, f"a link within the site is relative: {target}")
        elif not path.is_file():
            yield Problem(line, f"there is no such file: {target}")


def _files(project: Project) -> Iterator[Finding]:
    """Yield the files that MkDocs would publish as pages and nobody would run."""
    for folder, folders, files in os.walk(project.docs):
        shown = [name for name in folders if not name.startswith(".")]
        folders[:] = [name for name in shown if Path(folder, name) != project.theme]
        for path in (Path(folder, name) for name in (*folders, *files)):
            name, suffix = project.name(path), path.suffix.lower()
            if path.is_symlink() and not path.name.startswith("."):
                yield Finding(name, 1, "a link to elsewhere; put the file itself here")
            elif suffix in _MARKDOWN and path.suffix != ".md" and path.is_file():
                yield Finding(name, 1, f"not a page; name it {path.stem}.md")
