"""What a reader would find broken on the built site, and where in the pages it is."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from lessons.pages.project import Project
from lessons.pages.steps import Page

_REFERENCES = ("href", "src", "poster", "data")


def broken(site: Path, pages: list[Page], project: Project) -> Iterator[str]:
    """Yield a message for each dead link, dead anchor and missing asset.

    Every `*.html` of the site is read, so it does not matter what wrote it.
    """
    prefix = urlsplit(project.config.get("site_url") or "").path.rstrip("/")
    sources = {target(page.path, project): page for page in pages}
    for path in sorted(site.rglob("*.html")):
        page = sources.get(path.relative_to(site).as_posix())
        for element, attribute, link, _ in _tree(path).iterlinks():
            if attribute not in _REFERENCES or element.tag == "form":
                continue
            reason = _reason(site, path, link.removeprefix(prefix) or ".")
            if reason:
                yield f"{_place(page, path, site, link)}: {reason}: {link}"


def foreign_code(site: Path, pages: list[Page], project: Project) -> Iterator[str]:
    """Yield a message for each page whose Python on the site is not what is run."""
    for page in pages:
        path = site / target(page.path, project)
        found = [
            code.text_content().rstrip("\n")
            for code in _tree(path).xpath(
                "//div[contains(@class, 'language-python')]//code"
            )
        ]
        sources = [block.source.text.rstrip("\n") for block in page.blocks]
        if found != sources:
            counts = f"{len(found)} blocks on the site, {len(sources)} in the page"
            yield f"{page.name}:1: the site shows other code than was run ({counts})"


def target(path: Path, project: Project) -> str:
    """Return the file of the site that a page becomes."""
    path = path.relative_to(project.docs).with_suffix("")
    folder = path.parent if path.name == "index" else path
    return (folder / "index.html").as_posix()


@cache
def _tree(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes())


@cache
def _anchors(path: Path) -> frozenset[str]:
    return frozenset(_tree(path).xpath("//@id|//a/@name"))


def _reason(site: Path, path: Path, link: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    file = path
    if parts.path:
        base = site if parts.path.startswith("/") else path.parent
        file = base / unquote(parts.path).lstrip("/")
        file = file / "index.html" if file.is_dir() else file
    if not file.is_file():
        return "there is no such file"
    fragment = unquote(parts.fragment)
    is_page = file.suffix == ".html" and fragment not in ("", "__search")
    if is_page and fragment not in _anchors(file):
        return "there is no such anchor"
    return None


def _place(page: Page | None, path: Path, site: Path, link: str) -> str:
    if page is None:
        return f"site/{path.relative_to(site).as_posix()}"
    parts = urlsplit(link)
    file = Path(parts.path.rstrip("/") or page.path.name)
    for same in (
        lambda name: name == file.name,
        lambda name: Path(name).stem == file.stem,
    ):
        for number, line in enumerate(page.text.split("\n"), 1):
            for written in re.findall(r'\]\(([^)\s]+)|(?:src|href)="([^"]+)"', line):
                name, _, fragment = "".join(written).partition("#")
                name = Path(name or page.path.name).name
                if fragment == parts.fragment and same(name):
                    return f"{page.name}:{number}"
    return f"{page.name}:1"
