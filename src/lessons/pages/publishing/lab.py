"""A notebook that mkdocs-jupyter has rendered, brought into the form of a chapter."""

import re
from base64 import b64decode
from collections.abc import Iterator
from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, CODE, DETAILS, DIV, PRE, SUMMARY

from lessons.pages.reading.fences import KINDS

_PICTURE = re.compile(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
_FOLDED = {"wrong": "failure", "solution": "success"}


def to_chapter(rendered: str) -> str:
    """Return the cells as the blocks that a chapter has, without the inlined style.

    Pictures become part of the page, so that they follow its light and dark.
    """
    tree = html.fragment_fromstring(rendered, create_parent="div")
    chapter = DIV(CLASS("jupyter-wrapper"))
    for cell in tree.xpath("//div[contains(@class, 'jp-Cell') and @id]"):
        chapter.extend(_prose(cell, chapter) or _code(cell, chapter))
    text = html.tostring(chapter, encoding="unicode")
    return _PICTURE.sub(lambda match: b64decode(match[1]).decode(), text)


def _prose(cell: HtmlElement, chapter: HtmlElement) -> list[HtmlElement]:
    elements = cell.xpath(".//div[contains(@class, 'jp-MarkdownOutput')]/*")
    for link in (
        link for e in elements for link in e.xpath(".//a[@class='anchor-link']")
    ):
        link.set("class", "headerlink")
        link.set("title", "Permanent link")
    if elements and _goes_on(elements[0], chapter):
        chapter[-1].extend(elements.pop(0))
    return [element for element in elements if not _is_doubled_anchor(element)]


def _goes_on(words: HtmlElement, chapter: HtmlElement) -> bool:
    """Whether words belong to the box that was opened above them."""
    is_open = len(chapter) > 0 and chapter[-1].tag == "details"
    return is_open and words.tag == "blockquote" and _title(words) is None


def _title(words: HtmlElement) -> HtmlElement | None:
    found = words.xpath("self::blockquote/p[1]/strong[not(preceding-sibling::node())]")
    return found[0] if found and not found[0].tail else None


def _is_doubled_anchor(element: HtmlElement) -> bool:
    following = element.getnext()
    anchors = element.xpath("self::p/a[@id and not(text())]/@id")
    return following is not None and anchors == [following.get("id")]


def _code(cell: HtmlElement, chapter: HtmlElement) -> Iterator[HtmlElement]:
    tags = re.findall(r"celltag_([\w-]+)", cell.get("class"))
    kind = next((tag for tag in tags if tag in KINDS), "")
    source = cell.xpath(".//div[contains(@class, 'highlight-ipynb')]/pre")[0]
    block = _block(f"language-python copy {kind} highlight", source)
    if kind in _FOLDED:
        yield _folded(_FOLDED[kind], chapter, block)
    else:
        yield block
    for output in cell.xpath(".//div[contains(@class, 'jp-RenderedText')]/pre"):
        yield _block("language-output highlight", output)
    yield from cell.xpath(".//div[contains(@class, 'jp-RenderedSVG')]")


def _folded(name: str, chapter: HtmlElement, block: HtmlElement) -> HtmlElement:
    """Return a block in a box that opens, with the words that stand before it."""
    words = chapter[-1]
    title = _title(words)
    if title is None:
        return DETAILS(CLASS(name), SUMMARY(name.capitalize()), block)
    chapter.remove(words)
    summary = SUMMARY(title.text_content())
    return DETAILS(CLASS(name), summary, *words[1:], block)


def _block(classes: str, source: HtmlElement) -> HtmlElement:
    code = CODE()
    code.text = source.text
    code.extend(deepcopy(list(source)))
    return DIV(CLASS(" ".join(classes.split())), PRE(code))
