"""What one should know before a page: the earlier pages that its front matter names."""

from collections.abc import Iterator
from typing import Any

import yaml

from lessons.pages.project import Project
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.page import FRONT_MATTER
from lessons.pages.reading.steps import Page


def unmet(page: Page, project: Project) -> Iterator[Problem]:
    """Yield what a page needs and nobody can have read before it."""
    match = FRONT_MATTER.match(page.text)
    nav = project.nav or []
    for name in _needs(match[0]) if match else ():
        line = page.line(page.text.find(str(name)))
        if f"docs/{name}" not in nav:
            yield Problem(line, f"needs: there is no page {name} in nav")
        elif page.name in nav and nav.index(f"docs/{name}") >= nav.index(page.name):
            yield Problem(line, f"needs: {name} comes later in nav")


def _needs(front_matter: str) -> list[Any]:
    """Return the pages that one should know; what is no list is reported elsewhere."""
    try:
        data = yaml.safe_load(front_matter.strip("-\n"))
    except yaml.YAMLError:
        return []
    found = data.get("needs") if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
