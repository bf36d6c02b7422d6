"""The few things that MkDocs itself must do for the pages."""

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from lessons.pages.project import Project
from lessons.pages.publishing import cards
from lessons.pages.publishing.build import Build
from lessons.pages.publishing.copies import copy_name, write_copies
from lessons.pages.publishing.copying import Copies, with_buttons
from lessons.pages.publishing.error_list import with_messages
from lessons.pages.publishing.faults import look
from lessons.pages.publishing.formulas import typeset
from lessons.pages.publishing.lab import with_cells
from lessons.pages.publishing.lesson import facts, moved
from lessons.pages.publishing.letters import trim_fonts
from lessons.pages.publishing.outline import number
from lessons.pages.publishing.policy import with_policy
from lessons.pages.publishing.search import INDEX, index_script, synonyms
from lessons.pages.publishing.source_list import with_entries
from lessons.pages.publishing.styles import (
    PALETTE,
    SHEET,
    style_sheet,
    without_switching,
)
from lessons.pages.publishing.terms import (
    GLOSSARY,
    definitions,
    with_letters,
    with_previews,
)
from lessons.pages.publishing.tokens import counted, fewer

_log = logging.getLogger("mkdocs.plugins.lessons")

_builds: list[Build] = []  # the one that is under way
_copies: list[Copies] = []  # and what readers copy
_terms: dict[str, str] = {}  # what each means, by its anchor in the glossary
_navs: list[Navigation] = []  # its navigation


def _project(config: MkDocsConfig) -> Project:
    return Project(Path(config.config_file_path).parent)


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring the files that are made from the pages up to date."""
    _builds[:] = [Build(_project(config))]
    _copies[:] = [Copies(_project(config))]
    if failures := _builds[0].run():
        raise PluginError("\n".join(failures))


@event_priority(100)  # the notebooks of labs have to be there for mkdocs-jupyter
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files that are made from the pages."""
    made = _project(config).made
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        name = path.relative_to(made).as_posix()
        file = File(name, str(made), config.site_dir, config.use_directory_urls)
        files.append(file)
    sheet = style_sheet(Path(config.docs_dir))
    files.append(File.generated(config, SHEET, content=sheet))
    for file in files:
        if PALETTE.fullmatch(file.src_uri):
            file.content_string = without_switching(file.content_string)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, **_: Any) -> Navigation:
    """Number parts and chapters, and say how long they take."""
    number(nav, _builds[0].pages, _project(config))
    _navs[:] = [nav]
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Give a lab the words of its page, and the list of entries its place."""
    if not _is_lab(page):
        build = _builds[0]
        text = with_letters(with_entries(markdown, build.project, build.pages))
        return with_messages(text, build.project, build.pages)
    source = Path(config.docs_dir, page.file.src_uri).with_suffix(".md")
    text, page.meta = get_data(source.read_text(encoding="utf-8"))
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set a lab like a chapter, around the cells that mkdocs-jupyter has rendered."""
    if not _is_lab(page):
        return html
    Page.render(page, config, files)  # mkdocs-jupyter has put its own into the object
    return with_cells(page.content or "", html)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Read all pages, which are rendered by now, for the glossary and the search."""
    glossary = files.get_file_from_path(GLOSSARY)
    page = glossary.page if glossary else None
    _terms.clear()
    _terms.update(definitions((page.content if page else None) or ""))
    pages = [file.page for file in files.documentation_pages() if file.page]
    script = index_script(pages, synonyms(Path(config.docs_dir)))
    files.append(File.generated(config, INDEX, content=script))
    return env


def on_page_context(
    context: Any, page: Page, config: MkDocsConfig, nav: Navigation
) -> Any:
    """Tell the template which downloads a page has and with what it was verified."""
    page.meta["copy"] = copy_name(page)
    page.meta["card"] = cards.url(page, config)
    page.meta["moved"] = moved(page, nav)
    if _is_lab(page):
        page.edit_url = (page.edit_url or "").replace(".ipynb", ".md") or None
    path = Path(config.docs_dir, page.file.src_uri).with_suffix(".md")
    for source in _builds[0].pages:
        if source.path == path:
            page.content = with_buttons(page.content or "", source, _copies[0])
        if source.path == path and source.blocks:
            page.meta["lesson"] = facts(page, source, nav, config)
    return context


@event_priority(-100)  # whatever else is written into a page is there by then
def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Add the terms of a page, set its formulas, name the scripts that it may run."""
    if page.file.src_uri != GLOSSARY:
        output = with_previews(output, _terms)
    return with_policy(typeset(counted(fewer(output))))


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Do the same for pages that are made from a template alone."""
    is_page = template_name.endswith(".html")
    return with_policy(output_content) if is_page else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Report what is broken; strict makes an error of it."""
    trim_fonts(Path(config.site_dir))
    build = _builds.pop()
    nav = _navs.pop()
    write_copies(nav, build.pages, build.project, config)
    cards.write_cards(nav, build.project, config)
    for fault in look(Path(config.site_dir), build.pages, build.project):
        _log.warning(fault)
    _copies.pop().keep()
    build.confirm()


def _is_lab(page: Page) -> bool:
    return page.file.src_uri.endswith(".ipynb")
