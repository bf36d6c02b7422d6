"""What a chapter says of itself below its title and at its foot."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from lessons.pages.publishing.build import OPEN, verified_with
from lessons.pages.reading.minutes import minutes
from lessons.pages.reading.steps import Page, module_of


def facts(
    page: SitePage, source: Page, nav: Navigation, config: MkDocsConfig
) -> dict[str, Any]:
    """Return what the templates say of a page with blocks.

    Args:
        page: The page as MkDocs knows it; `source`: as it was read.
        nav: Where it stands; `config`: how the site is configured.
    """
    file = Path(page.file.src_path)
    is_lab = file.suffix == ".ipynb"
    notebook = file.with_suffix("") / file.name if is_lab else file
    found: dict[str, Any] = {
        "program": quote(file.with_suffix(".py").as_posix()),
        "notebook": quote(notebook.with_suffix(".ipynb").as_posix()),
        "open": source.exercises and quote(f"{file.with_suffix('').as_posix()}{OPEN}"),
        "verified": f"Verified with {verified_with()}.",
        "minutes": minutes(source),
        "is_chapter": is_lab or module_of(source.name) is not None,
        "needs": [
            {"title": other.title, "url": other.url}
            for name in page.meta.get("needs") or ()
            for other in _named(name, nav)
        ],
    }
    if prefix := (config.extra.get("colab") or "").rstrip("/"):
        found["colab"] = f"{prefix}/{found['open'] or found['notebook']}"
    return found | _place(page)


def moved(page: SitePage, nav: Navigation) -> dict[str, str]:
    """Return where the sections are that have left a page, by their old anchors."""
    places = {
        old: place.partition("#") for old, place in page.meta.get("moved", {}).items()
    }
    return {
        old: f"{other.file.url}#{anchor}"
        for old, (name, _, anchor) in places.items()
        for other in _named(name, nav)
    }


def _named(name: str, nav: Navigation) -> list[SitePage]:
    """Return the pages that are made from the file of that name: one."""
    names = name, name.removesuffix(".md") + ".ipynb"
    return [page for page in nav.pages if page.file.src_uri in names]


def _place(page: SitePage) -> dict[str, Any]:
    """Return the part of a page, and which of its chapters the page is."""
    if page.parent is None:
        return {}
    pages = [each for each in page.parent.children if isinstance(each, SitePage)]
    title, url = page.parent.title, next((p.url for p in pages if p.is_index), None)
    found: dict[str, Any] = {"part": {"title": title, "url": url}}
    chapters = [each for each in pages if module_of(f"docs/{each.file.src_uri}")]
    if page in chapters:
        found |= {"number": chapters.index(page) + 1, "chapters": len(chapters)}
    return found
