"""A notebook that mkdocs-jupyter has rendered, brought into the form of a chapter."""

import re
from base64 import b64decode
from collections.abc import Iterator
from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, CODE, DETAILS, DIV, PRE

from lessons.pages.publishing.notebook import BOXED
from lessons.pages.reading.kinds import KINDS

_PICTURE = re.compile(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]+)"[^>]*>')
_BOXED = f"celltag_{BOXED}"


def to_chapter(rendered: str) -> str:
    """Return the cells as the blocks that a chapter has, without the inlined style.

    Pictures become part of the page, so that they follow its light and dark.
    """
    tree = html.fragment_fromstring(rendered, create_parent="div")
    chapter = DIV(CLASS("jupyter-wrapper"))
    was_boxed = False
    for cell in tree.xpath("//div[contains(@class, 'jp-Cell') and @id]"):
        is_boxed = _BOXED in cell.get("class")
        elements = _prose(cell) or list(_code(cell))
        if is_boxed:
            chapter[-1].extend(elements)
        else:
            if was_boxed and elements[0].tag == "blockquote":
                chapter[-1].extend(elements.pop(0))  # the words behind the code
            chapter.extend(elements)
        was_boxed = is_boxed
    text = html.tostring(chapter, encoding="unicode")
    return _PICTURE.sub(lambda match: b64decode(match[1]).decode(), text)


def _prose(cell: HtmlElement) -> list[HtmlElement]:
    elements = cell.xpath(".//div[contains(@class, 'jp-MarkdownOutput')]/*")
    for link in (
        link for e in elements for link in e.xpath(".//a[@class='anchor-link']")
    ):
        link.set("class", "headerlink")
        link.set("title", "Permanent link")
    return [
        _box(element) if element.xpath("self::blockquote/comment()") else element
        for element in elements
        if not _is_doubled_anchor(element)
    ]


def _box(words: HtmlElement) -> HtmlElement:
    """Return a box that was carried through the notebook as a quotation."""
    mark, kind = words.xpath("comment()")[0].text.split()
    title, *rest = words.xpath("*")
    head = deepcopy(title.find("strong"))
    if mark == "!!!":
        head.tag, head.attrib["class"] = "p", "admonition-title"
        return DIV(CLASS(f"admonition {kind}"), head, *rest)
    head.tag = "summary"
    box = DETAILS(CLASS(kind), head, *rest)
    if mark == "???+":
        box.set("open", "")
    return box


def _is_doubled_anchor(element: HtmlElement) -> bool:
    following = element.getnext()
    anchors = element.xpath("self::p/a[@id and not(text())]/@id")
    return following is not None and anchors == [following.get("id")]


def _code(cell: HtmlElement) -> Iterator[HtmlElement]:
    tags = re.findall(r"celltag_([\w-]+)", cell.get("class"))
    kind = next((tag for tag in tags if tag in KINDS), "")
    source = cell.xpath(".//div[contains(@class, 'highlight-ipynb')]/pre")[0]
    yield _block(f"language-python copy {kind} highlight", source)
    for output in cell.xpath(".//div[contains(@class, 'jp-RenderedText')]/pre"):
        yield _block("language-output highlight", output)
    yield from cell.xpath(".//div[contains(@class, 'jp-RenderedSVG')]")


def _block(classes: str, source: HtmlElement) -> HtmlElement:
    code = CODE()
    code.text = source.text
    code.extend(deepcopy(list(source)))
    return DIV(CLASS(" ".join(classes.split())), PRE(code))
