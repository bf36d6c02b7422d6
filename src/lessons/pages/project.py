"""Where the project lies, which pages it has, and how its Markdown is read."""

import contextlib
import fcntl
import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

_OWN = "lessons.pages.reading.markdown"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


class ProjectError(Exception):
    """A command cannot do what was asked; the message is for the person who asked."""


@dataclass(frozen=True)
class Project:
    """A folder with `mkdocs.yml` and `docs/`.

    Attributes:
        root: The folder, absolute.
    """

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """Return the project that holds `start` (by default the current folder)."""
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "mkdocs.yml").is_file():
                return cls(folder)
        raise ProjectError(f"{here}: no mkdocs.yml here or in a folder above")

    @property
    def docs(self) -> Path:
        """The folder of the pages."""
        return self.root / "docs"

    @property
    def cache(self) -> Path:
        """The folder for what a rebuild can reuse; safe to delete."""
        return self.root / ".cache" / "pages"

    @property
    def made(self) -> Path:
        """The folder of what the build makes from the pages, laid out as `docs/`."""
        return self.cache / "made"

    @property
    def theme(self) -> Path:
        """The folder of the site's own templates."""
        return self.docs / "theme"

    @functools.cached_property
    def config(self) -> dict[str, Any]:
        """`mkdocs.yml` as a dictionary, its tags resolved.

        Raises:
            ProjectError: If it cannot be read.
        """
        try:
            with (self.root / "mkdocs.yml").open(encoding="utf-8") as stream:
                return dict(yaml_load(stream))
        except (MkDocsException, TypeError, ValueError) as error:
            mark = getattr(error.__context__, "problem_mark", None)
            reason = getattr(error.__context__, "problem", None) or error
            line = mark.line + 1 if mark else 1
            raise ProjectError(f"mkdocs.yml:{line}: not YAML: {reason}") from error

    @functools.cached_property
    def nav(self) -> list[str] | None:
        """The names of the pages in the navigation, in order; `None` if there is none.

        A lab is there as the notebook that is made of it.
        """
        found = list(_leaves(self.config["nav"])) if "nav" in self.config else None
        return found and [f"docs/{re.sub(r'.ipynb$', '.md', name)}" for name in found]

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from rewriting files of the same project meanwhile."""
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{self.cache}: {error.strerror}; what is built lies there"
            raise ProjectError(message) from error
        with (self.cache / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                message = f"another build is running in {self.root}"
                raise ProjectError(message) from error
            yield

    def name(self, path: Path) -> str:
        """Return `path` as people know it: relative to the project, with slashes."""
        return path.relative_to(self.root).as_posix()

    def pages(self) -> list[Path]:
        """Return all pages in a stable order; an empty site is an error."""
        found = [path for path in self.docs.rglob("*.md") if self.is_page(path)]
        if not found:
            raise ProjectError(f"{self.docs}: no pages (*.md) here")
        return sorted(found)

    def is_page(self, path: Path) -> bool:
        """Whether a file is a page: Markdown below `docs/`, outside the theme."""
        if path.suffix != ".md" or not path.is_relative_to(self.docs):
            return False
        hidden = any(part.startswith(".") for part in path.relative_to(self.docs).parts)
        return not hidden and self.theme not in path.parents

    def select(self, names: Iterable[str | Path]) -> list[Path]:
        """Return the pages that were named, or all pages when none was."""
        return [self._page(Path(name)) for name in names] or self.pages()

    def _page(self, path: Path) -> Path:
        path = Path(os.path.abspath(path))  # noqa: PTH100 a linked docs/ stays docs/
        if not path.is_file():
            raise ProjectError(f"{path}: there is no such page")
        if not self.is_page(path):
            raise ProjectError(f"{path}: not a page (a *.md below {self.docs})")
        return path

    def markdown(self) -> markdown.Markdown:
        """Return a Markdown converter with the extensions of `mkdocs.yml`."""
        options = dict(_extensions(self.config.get("markdown_extensions") or []))
        if _OWN not in options:
            raise ProjectError(f"mkdocs.yml:1: markdown_extensions needs {_OWN}")
        options[_OWN] = options[_OWN] | {"base_path": str(self.root / "src/lessons")}
        return markdown.Markdown(extensions=list(options), extension_configs=options)


def _leaves(nav: Any) -> Iterator[str]:
    """Yield the pages of a navigation, links to other sites left out."""
    if isinstance(nav, str):
        yield from () if "://" in nav else (nav,)
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav or ():
            yield from _leaves(entry)


def _extensions(entries: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry, {}
        else:
            yield from ((name, settings or {}) for name, settings in entry.items())
