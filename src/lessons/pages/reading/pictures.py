"""Figures on a page: a light and a dark twin, both perhaps with a narrow form."""

import posixpath
import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

FIGURE = re.compile(r"(?:.*/)?figures/[\w-]+\.svg")
_ENLARGED = 1.26  # 6.4 inches are as wide as the code
_NARROW = "(max-width: 35em)"
_SIZE = re.compile(r' (width|height)="([\d.]+)pt"')


class FigurePairs(Treeprocessor):
    """Shows each figure as its light and its dark twin, with its size.

    Both may have a form for narrow screens. Around them is a link to the file, which a
    script opens on the page. A figure without a narrow form scrolls there.
    """

    def run(self, root: Element) -> None:
        """Replace every image of a figure by the pair."""
        for parent in root.iter():
            for index, image in enumerate(parent):
                source = image.get("src", "")
                if image.tag == "img" and FIGURE.fullmatch(source):
                    parent[index] = self._pair(image, source)

    def _pair(self, image: Element, source: str) -> Element:
        link = Element("a", {"class": "figure", "href": source})
        link.tail, image.tail = image.tail, None
        wide, narrow = self._file(source), self._file(narrow_name(source))
        for scheme, twin in (("light", str), ("dark", twin_name)):
            picture = SubElement(link, "picture")
            if narrow:
                address = twin(narrow.url_relative_to(self._relpath.file))
                where = {"media": _NARROW, "srcset": address}
                SubElement(picture, "source", where | _size(narrow, 1.0))
            shown = SubElement(picture, "img", image.attrib)
            shown.set("src", f"{twin(source)}#only-{scheme}")
            if wide:
                shown.attrib |= {**_size(wide, _ENLARGED), "loading": "lazy"}
        if wide and not narrow:
            link.set("class", "figure figure--wide")
        return link

    @property
    def _relpath(self) -> Any:
        """What MkDocs knows of the page, `None` if it is not MkDocs that renders."""
        known, name = self.md.treeprocessors, "relpath"
        return known[name] if name in known else None  # noqa: SIM401 it has no `get`

    def _file(self, source: str) -> Any:
        """Return the file of a figure, `None` if there is none."""
        if not self._relpath:
            return None
        folder = posixpath.dirname(self._relpath.file.src_uri)
        return self._relpath.files.get_file_from_path(posixpath.join(folder, source))


def _size(figure: Any, scale: float) -> dict[str, str]:
    """Return the attributes that say how large a figure is shown."""
    head = figure.content_string.partition("<svg")[2].partition(">")[0]
    sizes = {name: float(points) * 4 / 3 for name, points in _SIZE.findall(head)}
    return {name: f"{scale * pixels:.0f}" for name, pixels in sizes.items()}


def narrow_name(figure: str) -> str:
    """Return the name of `figure` as narrow screens show it."""
    return f"{figure.removesuffix('.svg')}.narrow.svg"


def twin_name(figure: str) -> str:
    """Return the name of the dark twin of `figure`."""
    return f"{figure.removesuffix('.svg')}.dark.svg"
