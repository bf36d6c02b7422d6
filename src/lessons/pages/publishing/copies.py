"""A copy of each page in plain Markdown, and `llms.txt`, which lists them.

The copy of `tensors/vectors.md` is published under that very name, so that links from
page to page and to figures lead, as they are written, from copy to copy.
"""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Leaf

from lessons.pages.project import Project
from lessons.pages.publishing.outline import parts_of, place_of
from lessons.pages.publishing.plain import plain
from lessons.pages.reading.page import parse_pages
from lessons.pages.reading.steps import Page


def copy_name(leaf: Leaf) -> str:
    """Return the name of the copy of a page, from the top of the site."""
    return Path(leaf.file.src_uri).with_suffix(".md").as_posix()


def write_copies(
    nav: Navigation, pages: list[Page], project: Project, config: MkDocsConfig
) -> None:
    """Write the copies of all pages of the navigation and `llms.txt` into the site."""
    site, docs = Path(config.site_dir), Path(config.docs_dir)
    sources = {page.path.relative_to(docs).as_posix(): page for page in pages}
    for leaf in nav.pages:
        page = sources[copy_name(leaf)]
        if not page.blocks:  # what a marker in it stood for is known by now
            (page,) = parse_pages(project, {page.path: leaf.markdown or ""})
        text = plain(page).replace("<!-- chapters -->", _chapters(leaf))
        if place := place_of(leaf):
            text = text.replace("<!-- time -->", place.time)
        path = site / copy_name(leaf)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    listing = "\n".join(_listing(nav, config))
    (site / "llms.txt").write_text(f"{listing}\n", encoding="utf-8", newline="\n")


def _chapters(leaf: Leaf) -> str:
    """Return the list of the chapters, if a page is that of a part."""
    folder = posixpath.dirname(copy_name(leaf))
    rows = []
    for child in leaf.parent.children if leaf.parent else ():
        if isinstance(child, Leaf) and child is not leaf and (place := place_of(child)):
            url = posixpath.relpath(copy_name(child), folder)
            title = f"{place.number} {child.title}".strip()
            what = child.meta.get("description", "")
            rows.append(f"- [{title}]({url}), {place.time}: {what}")
    return "\n".join(rows)


def _listing(nav: Navigation, config: MkDocsConfig) -> Iterator[str]:
    """Yield the lines of `llms.txt`, in the form of llmstxt.org."""
    yield from (f"# {config.site_name}", "", f"> {config.site_description or ''}", "")
    yield "Every page is here as Markdown; code and outputs are those of a run."
    listed: list[Leaf] = []
    for part in parts_of(nav):
        yield from ("", f"## Part {part.number}: {part.section.title}", "")
        for leaf in (part.page, *part.leaves):
            listed.append(leaf)
            yield _entry(leaf, config)
    yield from ("", "## Optional", "")
    yield from (_entry(leaf, config) for leaf in nav.pages if leaf not in listed)


def _entry(leaf: Leaf, config: MkDocsConfig) -> str:
    url = urljoin(config.site_url or "", copy_name(leaf))
    what = " ".join(leaf.meta.get("description", "").split())
    return f"- [{leaf.title}]({url}): {what}".removesuffix(": ")
