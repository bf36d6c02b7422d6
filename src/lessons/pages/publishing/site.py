"""The site as a whole: built in a folder aside, checked, and only then published."""

import contextlib
import logging
import os
import shutil
import sys
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.inputs import digests, everything

HOOK = "src/lessons/pages/publishing/hook.py"
_ENVIRONMENT = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}


def make_site(project: Project) -> int:
    """Build `site/`, strict; a site with any fault leaves the old one as it was.

    If nothing at all has changed since it was built, it stays.
    """
    set_up(project)
    with project.locked():
        target = Published(project)
        target.confirm()
        state = everything(project)
        if target.is_made_of(state):
            print("site/: nothing has changed")
            return 0
        draft = project.cache / "draft"
        try:
            render(project, draft)
        except (Abort, MkDocsException, TemplateError) as error:
            print(f"error: {error}", file=sys.stderr)
            return 1
        target.replace(draft, state)
    print(f"site/: {len(list(target.path.rglob('*.html')))} pages")
    return 0


def render(project: Project, folder: Path, **settings: str) -> None:
    """Build the site into a folder of its own; the hook runs the pages.

    Raises:
        Abort, MkDocsException: If anything is wrong; it has been logged.
        ProjectError: If the build cannot vouch for what it would publish.
    """
    shutil.rmtree(folder, ignore_errors=True)  # a build may have been killed
    project.markdown()  # what is wrong with mkdocs.yml is said in one line
    path = str(project.root / "mkdocs.yml")
    config = load_config(path, site_dir=str(folder), strict=True, **settings)
    if HOOK not in map(str, config.hooks):
        raise ProjectError(f"mkdocs.yml: hooks: must name {HOOK}, which runs the pages")
    mkdocs_build.build(config)


class Published:
    """The folder `site/`, of which only what we made is ever replaced."""

    def __init__(self, project: Project) -> None:
        """Look up what we made."""
        self.path = project.root / "site"
        self._record = project.cache / "site.txt"
        self._draft = self._record.with_suffix(".draft")
        self._draft.unlink(missing_ok=True)  # of a build that was killed
        self._ours: set[str] = set()
        with contextlib.suppress(FileNotFoundError):
            self._ours = set(self._record.read_text(encoding="utf-8").split("\n"))

    def confirm(self) -> None:
        """Raise `ProjectError` if anything is there that we did not make."""
        if self.path.is_symlink():
            raise ProjectError(
                f"site is a link to {self.path.readlink()}; remove the link: the build "
                "replaces the whole folder"
            )
        if foreign := sorted(_listed(self.path) - self._ours):
            name = foreign[0].partition("  ")[2]
            raise ProjectError(
                f"site/{name}: the build did not make this, or it has changed since "
                f"({len(foreign)} such files); move it away, the build replaces the "
                "whole folder"
            )

    def is_made_of(self, state: str) -> bool:
        """Whether it is what we made, whole, when all was as it is now."""
        return _listed(self.path) | {f"{state}  "} == self._ours

    def replace(self, draft: Path, state: str) -> None:
        """Put a new site in the place of the old one.

        Args:
            draft: The new one; `state`: the digest of what it was built from.
        """
        self.confirm()
        made = _listed(draft) | {f"{state}  "}
        self._note(self._ours | made)  # whichever a killed build may leave
        shutil.rmtree(self.path, ignore_errors=True)
        draft.rename(self.path)
        self._note(made)

    def _note(self, files: set[str]) -> None:
        self._draft.write_text("\n".join(sorted(files)), encoding="utf-8")
        self._draft.replace(self._record)


def _listed(folder: Path) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        f"{value}  {path.relative_to(folder).as_posix()}"
        for path, value in digests(files).items()
    }


def set_up(project: Project) -> None:
    """Give MkDocs a folder where its paths start, a clock that stands still, a log."""
    project.pages()  # none is an error, and said before the theme is missed
    os.chdir(project.root)
    os.environ.update({k: v for k, v in _ENVIRONMENT.items() if k not in os.environ})
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    # It misses the text that pictures of labs have inside; the tests look for it.
    for name in ("traitlets", "mkdocs.livereload"):
        logging.getLogger(name).setLevel(logging.ERROR)
