"""What holds for every real page, beyond that it runs."""

import re

import course
from course import PROJECT
from lessons.pages.reading.course import MAP
from lessons.pages.reading.form import problems
from lessons.pages.reading.steps import module_of
from sandbox import ROOT

PAGES = list(course.PAGES.values())


def test_the_first_look_finds_nothing() -> None:
    assert [str(finding) for finding in problems(PROJECT, PAGES)] == []


def test_the_first_look_sees_the_whole_course() -> None:
    """Its rules for courses hold where there is one: chapters, navigation and map."""
    chapters = [page for page in PAGES if module_of(page.name)]
    assert len(chapters) >= 25
    assert {page.name for page in chapters} <= set(PROJECT.nav or [])
    assert (ROOT / MAP).is_file()


def test_every_included_object_is_public_or_shown_for_a_reason() -> None:
    """A page shows whole objects; a private one would need its caller too."""
    for page in PAGES:
        for target in re.findall(r'--8<-- "([^"]+)"', page.text):
            assert re.fullmatch(r"[\w/]+\.py:[A-Za-z][\w.]*", target), target
