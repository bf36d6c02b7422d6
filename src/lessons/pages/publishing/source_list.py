"""The entries of the course map as a list for readers, made when the site is built."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from lessons.pages.project import Project
from lessons.pages.reading.course import MAP
from lessons.pages.reading.headings import HEADING
from lessons.pages.reading.page import read_text
from lessons.pages.reading.steps import Page

MARKER = "<!-- the entries of the course map -->"
_KINDS = {"fig": "picture: ", "ex": "exercise: "}
Row = dict[str, Any]


def with_entries(text: str, project: Project, pages: Sequence[Page]) -> str:
    """Return the text of a page with the list in the place of its marker."""
    if MARKER not in text:
        return text
    rows: list[Row] = yaml.safe_load(read_text(project.root / MAP)) or []
    by_page: dict[str, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row["at"].partition("#")[0], []).append(row)
    known = {page.name.removeprefix("docs/"): page for page in pages}
    order = [name.removeprefix("docs/") for name in project.nav or ()]
    lines: list[str] = []
    part = ""
    for name in sorted(by_page, key=order.index):
        folder = name.partition("/")[0]
        if folder != part:
            part = folder
            title = folder.replace("-", " ").capitalize()
            lines += ["", f"## {title} {{ #in-{folder} }}"]
        lines += _page(known[name], by_page[name])
    return text.replace(MARKER, "\n".join(lines))


def _page(page: Page, rows: list[Row]) -> Iterator[str]:
    name = page.name.removeprefix("docs/")
    slug = name.removesuffix(".md").replace("/", "-")
    titles = {m["id"]: m["text"] for m in HEADING.finditer(page.prose)}
    yield from ("", f"### {page.title} {{ #in-{slug} }}", "")
    corrected = [row for row in rows if "corrects" in row]
    if corrected:
        yield from ("**Put right**, each with its run:", "")
        yield from (_item(row, row["corrects"], titles) for row in corrected)
    covered = [row for row in rows if "covers" in row]
    if covered:
        ideas = sum(len(row["covers"]) for row in covered)
        yield from ("", f'??? note "Taught as the source has it: {ideas}"', "")
        yield from ("    " + _item(row, row["covers"], titles) for row in covered)


def _item(row: Row, ideas: list[str], titles: dict[str, str]) -> str:
    page, _, anchor = row["at"].partition("#")
    file = re.sub(r"^(labs/.*)\.md$", r"\1.ipynb", page)
    title = titles.get(anchor, anchor.replace("-", " "))
    said = "; ".join(_words(idea) for idea in ideas)
    return f"- [{title}](../{file}#{anchor}): {said}. *{row['course']}*"


def _words(idea: str) -> str:
    """Return the last part of an idea's name as words."""
    first, *others = idea.rpartition(".")[2].split("-")
    return " ".join([_KINDS.get(first, f"{first} ").strip(), *others])
