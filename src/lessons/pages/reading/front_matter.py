"""What the front matter of a page says of other pages: needed before, moved there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from lessons.pages.project import Project
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.page import FRONT_MATTER
from lessons.pages.reading.steps import Page


def unmet(page: Page, project: Project) -> Iterator[Problem]:
    """Yield what a page needs and nobody can have read before it."""
    nav = project.nav or []
    for name in _said(page, "needs", list):
        line = page.line(page.text.find(str(name)))
        if f"docs/{name}" not in nav:
            yield Problem(line, f"needs: there is no page {name} in nav")
        elif page.name in nav and nav.index(f"docs/{name}") >= nav.index(page.name):
            yield Problem(line, f"needs: {name} comes later in nav")


def misled(page: Page, docs: Path, anchors: dict[Path, set[str]]) -> Iterator[Problem]:
    """Yield the sections that have moved and whose old address leads nowhere."""
    for old, place in _said(page, "moved", dict).items():
        name, _, anchor = str(place).partition("#")
        if old in anchors[page.path]:
            message = f"moved: {old} is still on this page"
        elif docs / name not in anchors:
            message = f"moved: {old} leads to no page: {place}"
        elif anchor not in anchors[docs / name]:
            message = f"moved: {old} leads to no anchor: {place}"
        else:
            continue
        key = re.search(rf"^ +{re.escape(str(old))}:", page.text, re.MULTILINE)
        yield Problem(page.line(key.start() if key else 0), message)


def _said(page: Page, key: str, kind: type) -> Any:
    """Return what the front matter has under a key; a wrong kind is told elsewhere."""
    match = FRONT_MATTER.match(page.text)
    try:
        data = yaml.safe_load(match[0].strip("-\n")) if match else None
    except yaml.YAMLError:
        data = None
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, kind) else kind()
