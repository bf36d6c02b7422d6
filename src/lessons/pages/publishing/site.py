"""The site as a whole: built in a folder aside, checked, and only then published."""

import logging
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from lessons.pages.project import Project, ProjectError

_ENVIRONMENT = {"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}


def make_site(project: Project) -> int:
    """Build `site/`, strict; a site with any fault leaves the old one as it was."""
    _set_up(project, logging.WARNING)
    target = project.root / "site"
    project.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=project.cache) as folder:
        draft = Path(folder, "site")
        config = load_config(str(project.root / "mkdocs.yml"), site_dir=str(draft))
        try:
            mkdocs_build.build(config)  # the hook runs the pages
        except (Abort, MkDocsException) as error:
            print(f"error: {error}", file=sys.stderr)
            return 1
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    print(f"site/: {len(list(target.rglob('*.html')))} pages")
    return 0


def serve(project: Project, port: int) -> int:
    """Serve the site on this machine and rebuild what changes, until interrupted."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ProjectError(
                f"port {port} is in use; choose another: make serve PORT={port + 1}"
            ) from error
    _set_up(project, logging.INFO)
    path = str(project.root / "mkdocs.yml")
    mkdocs_serve.serve(path, dev_addr=f"127.0.0.1:{port}")
    return 0


def _set_up(project: Project, level: int) -> None:
    """Give MkDocs a folder where its paths start, a clock that stands still, a log."""
    project.pages()  # none is an error, and said before the theme is missed
    os.chdir(project.root)
    os.environ.update({k: v for k, v in _ENVIRONMENT.items() if k not in os.environ})
    logging.basicConfig(level=level, format="%(levelname)s: %(message)s")
    # It misses the text that pictures of labs have inside; the tests look for it.
    logging.getLogger("traitlets").setLevel(logging.ERROR)
