"""The glossary's letters, and its definitions beside the pages that link to them."""

import re
from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

from lessons.pages.reading.headings import HEADING

GLOSSARY = "reference/glossary.md"
MARKER = "<!-- letters -->"
_LINK = re.compile(r'href="[^"]*/glossary/#([\w-]+)"')
_TRAILING = re.compile(r"(?:,?\s*<a\b[^>]*>[^<]*</a>)+\s*$")
_ANCHOR = re.compile(r"</?a\b[^>]*>")


def with_letters(text: str) -> str:
    """Return the glossary under its letters, with links to them at the marker.

    A letter is a heading: those of the terms are a level below.
    """
    letters: list[str] = []

    def headed(match: re.Match[str]) -> str:
        letter = match["text"][0].upper()
        if match["marks"] != "###" or letter in letters:
            return match[0]
        letters.append(letter)
        return f"## {letter} {{ #letter-{letter.lower()} }}\n\n{match[0]}"

    text, _, terms = text.partition(MARKER)
    if not terms:
        return text
    terms = HEADING.sub(headed, terms)
    links = " ".join(f"[{each}](#letter-{each.lower()})" for each in letters)
    return f"{text}{links}\n{{ .letters }}{terms}"


def definitions(content: str) -> dict[str, str]:
    """Return what each term means, in HTML without links, by the term's anchor."""
    found: dict[str, str] = {}
    if not content:
        return found
    for heading in html.fragment_fromstring(content, create_parent="div").iter("h3"):
        texts = (_without_links(part) for part in _paragraphs(heading))
        found[heading.get("id", "")] = "".join(f"<p>{text}</p>" for text in texts)
    return found


def _paragraphs(heading: HtmlElement) -> Iterator[HtmlElement]:
    for element in heading.itersiblings():
        if element.tag != "p":
            return
        yield element


def _without_links(paragraph: HtmlElement) -> str:
    """Return the HTML inside; links behind the text say where the term is taught."""
    whole = html.tostring(paragraph, encoding="unicode", with_tail=False)
    inner = whole[whole.index(">") + 1 : whole.rindex("</p>")]
    return _ANCHOR.sub("", _TRAILING.sub("", inner)).strip()


def with_previews(output: str, known: dict[str, str]) -> str:
    """Return a page with the definitions of the terms that it links to, at its end."""
    article = output.partition("<article")[2].partition("</article>")[0]
    linked = sorted(set(_LINK.findall(article)) & known.keys())
    if not linked:
        return output
    terms = "".join(f'<div data-term="{term}">{known[term]}</div>' for term in linked)
    return output.replace("</body>", f'<template id="terms">{terms}</template></body>')
