"""Where the project lies, which pages it has, and how its Markdown is read."""

import contextlib
import fcntl
import functools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from mkdocs.utils.yaml import yaml_load

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

    @functools.cached_property
    def config(self) -> dict[str, Any]:
        """`mkdocs.yml` as a dictionary, its tags resolved."""
        with (self.root / "mkdocs.yml").open(encoding="utf-8") as stream:
            return dict(yaml_load(stream))

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from rewriting files of the same project meanwhile."""
        self.cache.mkdir(parents=True, exist_ok=True)
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
        inside = self.docs in path.parents and self.docs / "theme" not in path.parents
        return path.suffix == ".md" and inside

    def select(self, names: Iterable[str | Path]) -> list[Path]:
        """Return the pages that were named, or all pages when none was."""
        return [self._page(Path(name)) for name in names] or self.pages()

    def _page(self, path: Path) -> Path:
        path = path.resolve()
        if not path.is_file():
            raise ProjectError(f"{path}: there is no such page")
        if not self.is_page(path):
            raise ProjectError(f"{path}: not a page (a *.md below {self.docs})")
        return path

    def markdown(self) -> markdown.Markdown:
        """Return a Markdown converter with the extensions of `mkdocs.yml`."""
        options = dict(_extensions(self.config["markdown_extensions"]))
        options["lessons.pages.reading.markdown"]["base_path"] = str(
            self.root / "src/lessons"
        )
        return markdown.Markdown(extensions=list(options), extension_configs=options)


def _extensions(entries: list[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in entries:
        if isinstance(entry, str):
            yield entry, {}
        else:
            yield from ((name, settings or {}) for name, settings in entry.items())
