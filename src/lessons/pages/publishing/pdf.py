"""The whole course as one PDF: its pages as Chromium prints them, in their order."""

import html
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.faults import target
from lessons.pages.publishing.pdf_links import Places, lead, places_of
from lessons.pages.reading.page import read_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
# Pictures wait until they are seen; on paper that is at once.
_LOADED = """() => Promise.all([...document.images].map((image) => {
    image.loading = "eager"
    return image.complete ||
        new Promise((done) => { image.onload = image.onerror = done })
}).concat(document.fonts.ready))"""
_SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{site}/assets/stylesheets/site.css">
<link rel="stylesheet" href="{site}/assets/css/pdf.css">
<body data-md-color-scheme="default">{body}"""


@dataclass(frozen=True)
class _Chapter:
    """A page of the site, and what Chromium has made of it."""

    title: str
    file: Path
    pdf: Path


def make_pdf(project: Project) -> int:
    """Write `course.pdf` from the site as it is; return the exit code."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 make site has none

    if not (project.root / "site/index.html").is_file():
        raise ProjectError("there is no site yet: make site")
    if not (chromium := find_chromium()):
        raise ProjectError("no Chromium found: install it, or set CHROMIUM to its path")
    path = project.root / "course.pdf"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        count = bind(project, project.nav or [], path, browser)
        browser.close()
    print(f"{path.name}: {count} pages")
    return 0


def find_chromium() -> str:
    """Return the Chromium of this machine, nothing if there is none."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES))
    return next(filter(None, found), "")


def bind(project: Project, names: Iterable[str], path: Path, browser: "Browser") -> int:
    """Write some pages of the site, a title and contents as one PDF.

    Returns:
        How many pages it has.
    """
    with TemporaryDirectory() as temporary:
        folder, tab = Path(temporary), browser.new_page(color_scheme="light")
        chapters = list(_chapters(project, names, folder))
        count = _Press(tab, project, folder).bind(chapters, path)
        tab.close()
    return count


def _chapters(
    project: Project, names: Iterable[str], folder: Path
) -> Iterator[_Chapter]:
    pages = read_pages(project, [project.root / name for name in names])
    for number, page in enumerate(pages):
        file = project.root / "site" / target(page.path, project)
        yield _Chapter(page.title, file, folder / f"{number}.pdf")


class _Press:
    """A tab of Chromium that prints."""

    def __init__(self, tab: "Page", project: Project, folder: Path) -> None:
        self._tab, self._project, self._folder = tab, project, folder
        self._site = (project.root / "site").resolve()

    def bind(self, chapters: list[_Chapter], path: Path) -> int:
        """Print the chapters, then what has their page numbers; put all together."""
        from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

        printed = [self._print(chapter.file, chapter.pdf) for chapter in chapters]
        readers = [PdfReader(pdf) for pdf in printed]
        lengths = [len(reader.pages) for reader in readers]
        # the contents are as long with the right numbers as with any
        length = len(PdfReader(self._front(chapters, [0] * len(chapters))).pages)
        starts = list(accumulate(lengths, initial=length))
        writer = PdfWriter(self._front(chapters, starts))
        for pdf in printed:
            writer.append(pdf, import_outline=False)
        footers = PdfReader(self._footers(chapters, lengths, length))
        for page, footer in zip(writer.pages[length:], footers.pages, strict=True):
            page.merge_page(footer)
        places: Places = {}
        for chapter, start, reader in zip(chapters, starts, readers, strict=False):
            writer.add_outline_item(title=chapter.title, page_number=start)
            places |= places_of(chapter.file, start, reader)
        files = [
            c.file for c, n in zip(chapters, lengths, strict=True) for _ in range(n)
        ]
        for page, file in zip(writer.pages, [*[Path()] * length, *files], strict=False):
            for note in page.get("/Annots", ()):
                lead(note.get_object(), file, places, writer)
        writer.add_metadata({"/Title": self._project.config["site_name"]})
        writer.write(path)
        return len(writer.pages)

    def _front(self, chapters: list[_Chapter], starts: list[int]) -> Path:
        config = self._project.config
        rows = (
            f'<li><a href="{c.file.as_uri()}">{html.escape(c.title)}</a>'
            f"<span>{start + 1}</span></li>"
            for c, start in zip(chapters, starts, strict=False)
        )
        body = (
            f"<header><h1>{config['site_name']}</h1><p>{config['site_description']}</p>"
            f"</header><h2>Contents</h2><ol>{''.join(rows)}</ol>"
        )
        return self._sheet("front", body)

    def _footers(
        self, chapters: list[_Chapter], lengths: list[int], first: int
    ) -> Path:
        titles = (
            html.escape(chapter.title)
            for chapter, length in zip(chapters, lengths, strict=True)
            for _ in range(length)
        )
        feet = (
            f"<footer><span>{title}</span><span>{number}</span></footer>"
            for number, title in enumerate(titles, first + 1)
        )
        return self._sheet("footers", "".join(feet))

    def _sheet(self, name: str, body: str) -> Path:
        file = self._folder / f"{name}.html"
        title = self._project.config["site_name"]
        text = _SHEET.format(title=title, site=self._site.as_uri(), body=body)
        file.write_text(text, encoding="utf-8")
        return self._print(file, file.with_suffix(".pdf"))

    def _print(self, file: Path, pdf: Path) -> Path:
        self._tab.goto(file.as_uri())
        self._tab.emulate_media(media="print")
        self._tab.evaluate(_LOADED)
        self._tab.pdf(path=pdf, format="A4", prefer_css_page_size=True)
        return pdf
