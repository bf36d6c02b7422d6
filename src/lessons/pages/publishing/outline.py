"""The course as readers see it: numbered parts and chapters, with what they take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as Leaf

from lessons.pages.project import Project
from lessons.pages.reading.minutes import minutes, spoken
from lessons.pages.reading.steps import Page


@dataclass(frozen=True)
class Place:
    """Where a part, a chapter or a lab is in the course.

    Attributes:
        number: As "2" of a part and "2.3" of a chapter; a lab has none.
        minutes: What reading takes; `chapters`: how many there are in a part.
        part: The title of the part.
    """

    number: str
    minutes: int
    chapters: int = 0
    part: str = ""

    @property
    def time(self) -> str:
        """The minutes as people say them."""
        return spoken(self.minutes)


def number(nav: Navigation, pages: list[Page], project: Project) -> None:
    """Give each part, chapter and lab of a navigation its `place`, and home the whole.

    A part is a section with a page of its own.
    """
    sources = {page.path.relative_to(project.docs).as_posix(): page for page in pages}
    whole = [place for part in parts_of(nav) for place in part.numbered(sources)]
    if nav.homepage:
        _put(nav.homepage, _sum("", whole))


def parts_of(nav: Navigation) -> list["Part"]:
    """Return the parts of a navigation."""
    sections = [item for item in nav.items if _is_part(item)]
    return [Part(section, str(n)) for n, section in enumerate(sections, 1)]


def place_of(item: Any) -> Place | None:
    """Return the place of an item of the navigation, if it has one."""
    place: Place | None = getattr(item, "place", None)
    return place


class Part:
    """A section of the navigation that has a page of its own.

    Attributes:
        section: What it is for MkDocs; `number`: which part it is.
        page: Its own page; `leaves`: its chapters and labs.
    """

    def __init__(self, section: Any, number: str) -> None:
        """Tell the page of the part from its chapters and labs."""
        self.section: Section = section
        self.number = number
        self.page, *self.leaves = [leaf for leaf in section.children if leaf.is_page]

    def numbered(self, sources: Mapping[str, Page]) -> list[Place]:
        """Number the part, its chapters and its labs; return the places of these."""
        places: list[Place] = []
        for leaf in self.leaves:
            is_lab = leaf.file.src_uri.endswith(".ipynb")
            count = sum(place.chapters for place in places) + 1
            name = "" if is_lab else f"{self.number}.{count}"
            taken = minutes(sources[leaf.file.src_uri.replace(".ipynb", ".md")])
            place = Place(name, taken, int(not is_lab), self.section.title)
            places.append(place)
            _put(leaf, place)
        for item in (self.section, self.page):
            _put(item, _sum(self.number, places))
        return places


def _is_part(item: Any) -> bool:
    first = item.children[0] if item.is_section and item.children else None
    return isinstance(first, Leaf) and first.is_index


def _sum(number: str, places: list[Place]) -> Place:
    """Return the place of what consists of these."""
    taken = sum(place.minutes for place in places)
    return Place(number, taken, sum(place.chapters for place in places))


def _put(item: Any, place: Place) -> None:
    """Put it where templates find it: MkDocs' objects take what they are given."""
    item.place = place
