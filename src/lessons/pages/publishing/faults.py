"""What a reader would find wrong on the built site, and where in the pages it is."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.reading.parity import differences
from lessons.pages.reading.steps import Page

_REFERENCES = ("href", "src", "poster", "data")
_WRITTEN = re.compile(r'\]\(([^)\s]+)|(?:src|href)="([^"]+)"')


def look(site: Path, pages: list[Page], project: Project) -> Iterator[str]:
    """Yield a message for each dead link, missing asset and code that was not run.

    Every `*.html` of the site is read, so it does not matter what wrote it.
    """
    prefix = urlsplit(project.config.get("site_url") or "").path.rstrip("/")
    trees = {
        path: html.document_fromstring(path.read_bytes())
        for path in sorted(site.rglob("*.html"))
    }
    anchors = {path: _anchors(tree) for path, tree in trees.items()}
    sources = {site / target(page.path, project): page for page in pages}
    for path, tree in trees.items():
        page = sources.get(path)
        for link in _links(tree):
            if reason := _reason(site, path, link.removeprefix(prefix) or ".", anchors):
                place = f"site/{path.relative_to(site).as_posix()}"
                place = f"{page.name}:{_line(page, link)}" if page else place
                yield f"{place}: {reason}: {link}"
    for path, page in sources.items():
        if path not in trees:
            yield page.at(1, "the site has no such page")
            continue
        for problem in differences(page, trees[path]):
            yield page.at(problem.line, problem.message)


def target(path: Path, project: Project) -> str:
    """Return the file of the site that a page becomes."""
    path = path.relative_to(project.docs).with_suffix("")
    folder = path.parent if path.name == "index" else path
    return (folder / "index.html").as_posix()


def _links(tree: HtmlElement) -> Iterator[str]:
    for element, attribute, link, _ in tree.iterlinks():
        if attribute in _REFERENCES and element.tag != "form":
            yield link


def _anchors(tree: HtmlElement) -> set[str]:
    found: list[str] = tree.xpath("//@id|//a/@name")
    return set(found)


def _reason(
    site: Path, path: Path, link: str, anchors: dict[Path, set[str]]
) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    file = path
    if parts.path:
        base = site if parts.path.startswith("/") else path.parent
        file = Path(os.path.normpath(base / unquote(parts.path).lstrip("/")))
        file = file / "index.html" if file.is_dir() else file
    if not file.is_file() or not file.is_relative_to(site):
        return "there is no such file"
    fragment = unquote(parts.fragment)
    is_place = file in anchors and fragment not in ("", "__search")
    if is_place and fragment not in anchors[file]:
        return "there is no such anchor"
    return None


def _line(page: Page, link: str) -> int:
    """Return the line in which a page says what became a link, 1 if it is not found.

    MkDocs rewrites `other.md` to `../other/`: the file name decides, then the stem.
    """
    parts = urlsplit(link)
    wanted = Path(parts.path.rstrip("/") or page.path.name)
    alike: int | None = None
    for number, line in enumerate(page.text.split("\n"), 1):
        for match in _WRITTEN.finditer(line):
            name, _, fragment = (match[1] or match[2]).partition("#")
            file = Path(name or page.path.name)
            if fragment == parts.fragment and file.name == wanted.name:
                return number
            if fragment == parts.fragment and file.stem == wanted.stem:
                alike = alike or number
    return alike or 1
