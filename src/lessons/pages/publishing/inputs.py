"""What a build reads, and whether it is still what it was."""

import hashlib
import os
import platform
import re
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import lessons.pages
from lessons.pages.project import Project, ProjectError
from lessons.pages.running.compare import DECISIVE

_MACHINERY = Path(lessons.pages.__file__).parent
_ASKED = re.compile(r"!ENV\s*\[?\s*(\w+)")
_CONFIGURED = ("site_name", "site_url", "markdown_extensions")


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a digest that tells any two lists of texts apart."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8) + data)
    return sha.hexdigest()


def digests(paths: Iterable[Path]) -> dict[Path, str]:
    """Return a digest of each file."""
    return {path: digest([path.read_bytes()]) for path in sorted(paths)}


def _machinery() -> dict[Path, str]:
    files = (path for path in _MACHINERY.rglob("*") if path.is_file())
    return digests(path for path in files if path.suffix != ".pyc")


_IMPORTED = _machinery()


def machinery() -> str:
    """Return a digest of the code that runs."""
    return digest([*_IMPORTED.values(), platform.python_version()])


def confirm_machinery() -> None:
    """Raise `ProjectError` if the code that runs is not what lies on the disk."""
    if changed := _changed(_IMPORTED, _machinery()):
        name = changed.relative_to(_MACHINERY.parents[2])
        message = "changed since this command was started: start it again"
        raise ProjectError(f"{name} {message}")


class Inputs:
    """The files that decide what a build publishes, as they were at its start."""

    def __init__(self, project: Project) -> None:
        """Note what is there; the machinery must still be what was imported."""
        self._project = project
        confirm_machinery()
        self._files = self._read()

    def confirm(self) -> None:
        """Raise `ProjectError` if a file is no longer what it was."""
        confirm_machinery()
        if changed := _changed(self._files, self._read()):
            message = "changed while it was being built: build again"
            raise ProjectError(f"{self._project.name(changed)} {message}")

    def _read(self) -> dict[Path, str]:
        root = self._project.root
        lessons = (root / "src/lessons").rglob("*.py")
        return digests([*self._project.pages(), *lessons, root / "mkdocs.yml"])


def _changed(before: dict[Path, str], now: dict[Path, str]) -> Path | None:
    paths = sorted(before.keys() | now.keys())
    return next((path for path in paths if before.get(path) != now.get(path)), None)


def surroundings(project: Project, *, exact: bool) -> str:
    """Return a digest of all that decides what is made of a page, except the page."""
    versions = (metadata.version(name) for name in sorted({*DECISIVE, "pillow"}))
    settings = (repr(project.config.get(name)) for name in _CONFIGURED)
    return digest([machinery(), *versions, *settings, str(exact)])


def everything(project: Project) -> str:
    """Return a digest of all that decides what a site looks like."""
    root = project.root
    found = (
        path for folder in (project.docs, root / "src") for path in folder.rglob("*")
    )
    settings = root / "mkdocs.yml"
    paths = (*found, settings, root / "constraints.txt")
    files = digests(p for p in paths if p.is_file() and p.suffix != ".pyc")
    asked = sorted(set(_ASKED.findall(settings.read_text(encoding="utf-8"))))
    values = (repr(os.environ.get(name)) for name in (*asked, "SOURCE_DATE_EPOCH"))
    versions = {f"{each.name} {each.version}" for each in metadata.distributions()}
    parts = (*map(project.name, files), *files.values(), *values, *sorted(versions))
    return digest([machinery(), *parts])
