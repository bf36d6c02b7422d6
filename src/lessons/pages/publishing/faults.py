"""What a reader would find wrong on the built site, whatever has written it.

The first look at the pages has found most of it already, with its line; this one sees
what the theme, MkDocs and its plugins have made of them.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.project import Project
from lessons.pages.reading.parity import differences
from lessons.pages.reading.steps import Page

_FOLLOWED = ("alternate", "canonical", "license", "next", "prev")
_IN_CSS = re.compile(r"""(?:url\(\s*|@import\s+)['"]?([^'")\s]+)""")
_CONTENT = "//*[self::article or @role='main']"
_SCRIPTS = f"{_CONTENT}//script | {_CONTENT}//*[@*[starts-with(name(), 'on')]]"
_TEXT = (
    f"{_CONTENT}//text()[contains(., '][')][not(ancestor::code or ancestor::script "
    "or ancestor::*[contains(@class, 'arithmatex')])]"
)
_REFUSED = "//*[contains(@class, 'katex-error')]"
_REFERENCE = re.compile(r"\[[^][\n]+\]\[[^][\n]*\]")


def look(site: Path, pages: list[Page], project: Project) -> Iterator[str]:
    """Yield a message for each dead link, foreign request and code that was not run."""
    files = {path for path in site.rglob("*") if path.is_file()}
    trees = {
        path: html.document_fromstring(path.read_bytes())
        for path in sorted(files)
        if path.suffix == ".html"
    }
    links = _Links(site, files, trees, project)
    sources = {site / target(page.path, project): page for page in pages}
    for path, tree in trees.items():
        page, name = sources.get(path), f"site/{path.relative_to(site).as_posix()}"
        if page is None and name != "site/404.html":
            yield f"{name}: no page became this, so nobody has verified it"
        for what, reason in (*links.in_html(path, tree), *_written(tree)):
            place = page.at(_line(page, what), reason) if page else f"{name}: {reason}"
            yield f"{place}: {what}"
        if page:
            for problem in differences(page, tree):
                yield page.at(problem.line, problem.message)
    for path in sorted(path for path in files if path.suffix == ".css"):
        for what, reason in links.in_css(path):
            yield f"site/{path.relative_to(site).as_posix()}: {reason}: {what}"
    for path, page in sources.items():
        if path not in trees:
            yield page.at(1, "the site has no such page")


def target(path: Path, project: Project) -> str:
    """Return the file of the site that a page becomes."""
    path = path.relative_to(project.docs).with_suffix("")
    folder = path.parent if path.name == "index" else path
    return (folder / "index.html").as_posix()


def _written(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what should not stand in a page, and why."""
    for script in tree.xpath(_SCRIPTS):
        text = html.tostring(script, encoding="unicode", with_tail=False)
        yield text.split("\n")[0], "a script in a page; it belongs into docs/assets"
    for formula in tree.xpath(_REFUSED):
        reason = formula.get("title", "").removeprefix("ParseError: ")
        yield formula.text_content(), reason
    for name, count in Counter(tree.xpath("//@id")).items():
        if count > 1:
            yield f"#{name}", "this id is there twice"
    for text in tree.xpath(_TEXT):
        for reference in _REFERENCE.findall(text):
            yield reference, "nothing defines this link"
    for text in tree.xpath("//title/text() | //meta/@content"):
        if "{=" in text:
            yield text, "a computed number does not belong here"


class _Links:
    """Where links of the site lead."""

    def __init__(
        self,
        site: Path,
        files: set[Path],
        trees: dict[Path, HtmlElement],
        project: Project,
    ) -> None:
        self._site, self._files = site, files
        self._prefix = urlsplit(project.config.get("site_url") or "").path.rstrip("/")
        self._anchors = {
            path: set(tree.xpath("//@id|//a/@name")) for path, tree in trees.items()
        }

    def in_html(self, path: Path, tree: HtmlElement) -> Iterator[tuple[str, str]]:
        """Yield the links of a page that fail, and why."""
        for element, _, link, _ in tree.iterlinks():
            follows = element.tag == "a" or element.get("rel") in _FOLLOWED
            if element.tag != "form" and (reason := self._reason(path, link, follows)):
                yield link, reason

    def in_css(self, path: Path) -> Iterator[tuple[str, str]]:
        """Yield what a style sheet asks for in vain, and why."""
        for link in _IN_CSS.findall(path.read_text(encoding="utf-8")):
            if reason := self._reason(path, link, follows=False):
                yield link, reason

    def _reason(self, path: Path, link: str, follows: bool) -> str | None:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            alien = not follows and parts.scheme != "data"
            return "the site asks no other host" if alien else None
        base, name = path.parent, parts.path
        if name.startswith("/"):
            if path.name != "404.html":
                return "a link within the site is relative"
            base, name = self._site, name.removeprefix(self._prefix).lstrip("/")
        file = Path(os.path.normpath(base / unquote(name))) if parts.path else path
        file = file / "index.html" if file.is_dir() else file
        if file not in self._files:
            return "there is no such file"
        fragment = unquote(parts.fragment)
        is_place = file in self._anchors and fragment not in ("", "__search")
        if is_place and fragment not in self._anchors[file]:
            return "there is no such anchor"
        return None


def _line(page: Page, what: str) -> int:
    """Return the line in which a page says something, 1 if it is not found.

    MkDocs makes `../other/` of `other.md`: then the name decides.
    """
    source = f"{PurePosixPath(urlsplit(what).path).stem or what}.md"
    places = (page.text.find(needle) for needle in (what, source))
    return page.line(next((place for place in places if place >= 0), 0))
