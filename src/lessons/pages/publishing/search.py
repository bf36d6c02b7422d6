"""What the search of the site looks through: its pages, section by section.

The index is a script, so that a site opened from a folder can be searched as well.
The browser asks for it when somebody searches for the first time.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import html
from lxml.html import HtmlElement
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load

from lessons.pages.publishing.formula_words import in_words

INDEX: Final = "assets/javascripts/search/index.js"
_SYNONYMS = "reference/synonyms.yml"
_HEADINGS = ("h1", "h2", "h3", "h4")
_INLINE = {"a", "abbr", "b", "code", "em", "i", "kbd", "mark", "span", "strong"}
_LEFT_OUT = ("button", "figure", "nav", "script", "style", "svg")
_TERMS = ".//strong | descendant-or-self::table//td[1]/code"
_FORMULA = re.compile(r"^\\[(\[](.*)\\[)\]]$", re.DOTALL)
_BLANKS = re.compile(r"\s+")
# Sections that repeat, name or list what others teach come after them.
_WEIGHTS = {
    "chapters": 0.4,
    "exercises": 0.6,
    "in-short": 0.6,
    "source": 0.5,
    "where-next": 0.25,
}
_PAGES = {"reference/source.md": 0.15}
_REFERENCE = 0.4


@dataclass
class Section:
    """A heading and what is under it.

    Attributes:
        anchor: The id of the heading, empty at the top of a page.
        weight: How much a hit here counts.
        terms: What it explains: what is in bold, and what a table has in code at
            the beginning of its lines.
        text: Its words, a paragraph an entry; `code` and `output`: a line an entry.
    """

    anchor: str
    title: str
    weight: float
    terms: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)


def synonyms(docs: Path) -> dict[str, list[str]]:
    """Return other names of terms, by the words that the site uses."""
    path = docs / _SYNONYMS
    return dict(yaml_load(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def index_script(pages: Iterable[Page], others: dict[str, list[str]]) -> str:
    """Return the script with all that is searched, the same for the same pages."""
    rows: list[list[str]] = []
    sections: list[list[object]] = []
    for page in pages:
        part = page.parent.title if page.parent else ""
        rows.append([page.url, str(page.title), part])
        name = page.file.src_uri
        weight = _PAGES.get(name, _REFERENCE if name.startswith("reference/") else 1)
        for each in read(page.content or "", str(page.title)):
            fields = (each.terms, each.text, each.code, each.output)
            texts = ("\n".join(lines) for lines in fields)
            worth = weight * each.weight
            sections.append([len(rows) - 1, each.anchor, each.title, worth, *texts])
    data = {"pages": rows, "sections": sections, "synonyms": others}
    return f"searchIndex={json.dumps(data, ensure_ascii=False, separators=(',', ':'))}"


def read(content: str, title: str) -> list[Section]:
    """Return the sections of a page from its HTML; empty ones are left out."""
    root = html.fragment_fromstring(content, create_parent="div")
    sections, weight = [Section("", title, 1)], 1.0
    for element in _blocks(root):
        if element.tag in _HEADINGS:
            if element.tag == "h1":
                continue
            anchor = element.get("id", "")
            if element.tag == "h2":
                weight = _WEIGHTS.get(anchor, 1)
            sections.append(Section(anchor, _title(element), weight))
        else:
            _add(element, sections[-1])
    return [each for each in sections if each.text or each.code or each.output]


def _blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield headings, code and the elements around them whose words are to be read."""
    for child in element.iterchildren("*"):
        if child.tag in _HEADINGS or _is_code(child):
            yield child
        elif any(each in _HEADINGS or each == "pre" for each in _tags(child)):
            yield from _blocks(child)
        else:
            yield child


def _tags(element: HtmlElement) -> Iterator[str]:
    return (str(each.tag) for each in element.iterdescendants("*"))


def _is_code(element: HtmlElement) -> bool:
    return element.tag == "pre" or "highlight" in element.get("class", "").split()


def _add(element: HtmlElement, section: Section) -> None:
    if not _is_code(element):
        lines = "".join(_words(element)).split("\n")
        section.terms += map(_title, element.xpath(_TERMS))
        section.text += filter(None, (" ".join(line.split()) for line in lines))
        return
    kind = section.code
    if "language-output" in element.get("class", ""):
        kind = section.output
    for code in element.xpath("descendant-or-self::pre//code"):
        kind += filter(None, (line.strip() for line in code.text_content().split("\n")))


def _title(heading: HtmlElement) -> str:
    return " ".join("".join(_words(heading)).split())


def _words(element: HtmlElement) -> Iterator[str]:
    """Yield the words of an element, with line breaks around its blocks."""
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT:
        return  # a comment has no name
    classes = element.get("class", "").split()
    if "headerlink" in classes:
        return
    if "arithmatex" in classes:
        yield _formula(element)
        return
    edge = "" if element.tag in _INLINE else "\n"
    yield edge + _flat(element.text)
    for child in element:
        yield from _words(child)
        yield _flat(child.tail)
    yield edge


def _flat(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")


def _formula(element: HtmlElement) -> str:
    """Return a formula in a sentence as plain text; one that stands alone is left out.

    It may be set already, or still be as it was written.
    """
    if element.tag == "div":
        return "\n"
    written = element.xpath("string(.//*[local-name() = 'annotation'])")
    match = _FORMULA.match(element.text_content().strip())
    return in_words(written or (match[1] if match else ""))
