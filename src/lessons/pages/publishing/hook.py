"""The few things that MkDocs itself must do for the pages."""

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from lessons.pages.project import Project
from lessons.pages.publishing.build import build, verified_with
from lessons.pages.publishing.faults import faults
from lessons.pages.publishing.lab import to_chapter

_log = logging.getLogger("mkdocs.plugins.lessons")


def _project(config: MkDocsConfig) -> Project:
    return Project(Path(config.config_file_path).parent)


def on_pre_build(config: MkDocsConfig) -> None:
    """Bring the files that are made from the pages up to date."""
    if build(_project(config)):
        raise PluginError("a page does not run; see the messages above")


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Show a lab like a chapter."""
    return to_chapter(html) if page.file.src_path.endswith(".ipynb") else html


def on_page_context(context: Any, page: Page, config: MkDocsConfig, **_: Any) -> Any:
    """Tell the template which downloads a page has and with what it was verified."""
    file = Path(page.file.src_path)
    source = Path(config.docs_dir, file).with_suffix(".md")
    is_lab = file.suffix == ".ipynb"
    if is_lab:
        page.meta.update(_front_matter(source))
        page.edit_url = (page.edit_url or "").replace(".ipynb", ".md") or None
    if source.with_suffix(".py").is_file():
        notebook = file.with_suffix("") / file.name if is_lab else file
        page.meta["lesson"] = {
            "program": file.with_suffix(".py").as_posix(),
            "notebook": notebook.with_suffix(".ipynb").as_posix(),
            "verified": f"Verified with {verified_with()}.",
        }
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Let a folder be searched; report what is broken, strict makes an error of it."""
    index = Path(config.site_dir, "search/search_index.json")
    script = f"var __index = {index.read_text(encoding='utf-8')}"
    index.with_suffix(".js").write_text(script, encoding="utf-8")
    for fault in faults(Path(config.site_dir), _project(config)):
        _log.warning(fault)


def _front_matter(source: Path) -> dict[str, Any]:
    _, meta = get_data(source.read_text(encoding="utf-8"))
    return dict(meta)
