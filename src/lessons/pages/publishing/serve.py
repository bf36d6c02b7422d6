"""The site while it is written: the last good one, and what is wrong with the next."""

import contextlib
import html
import logging
import os
import re
import shutil
import sys
import time
from logging.handlers import BufferingHandler
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.inputs import confirm_machinery
from lessons.pages.publishing.policy import POLICY
from lessons.pages.publishing.site import render, set_up

_PASSING = re.compile(r"[.#]|.*[~#]$|4913$|.*___jb_\w+___$|.*\.(?:pyc|tmp)$")
_PAUSE = 0.2  # seconds between two looks; an editor that saves is done by then
_EMPTY = b"<!doctype html><html lang=en><title>No site yet</title><body></body></html>"
_BANNER = """\
<div role="alert" tabindex="0" style="position: fixed; inset: auto 0 0; z-index: 99;
 max-height: 50vh; overflow: auto; padding: 1rem; border-top: 4px solid #b3261e;
 background: #fff; color: #1c1b1a; font: 16px/1.4 sans-serif">
<strong>{}</strong><pre style="margin: 0; white-space: pre-wrap">{}</pre></div>"""


def serve(project: Project, port: int) -> int:
    """Serve the site on this machine and rebuild what changes, until interrupted."""
    set_up(project)
    server = _Server(project, port)
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        message = f"port {port}: {error.strerror}; choose another: make serve PORT="
        raise ProjectError(f"{message}{port + 1}") from error
    except KeyboardInterrupt:
        print()
    finally:
        server.shutdown()
        shutil.rmtree(server.folder, ignore_errors=True)
    return 0


class _Server(LiveReloadServer):
    """MkDocs' server; a build that fails changes nothing but the banner it shows.

    Attributes:
        folder: Where the sites are, a number each; `trouble`: what to show above them.
    """

    def __init__(self, project: Project, port: int) -> None:
        self.folder = project.cache / f"serve-{port}"
        shutil.rmtree(self.folder, ignore_errors=True)  # of one that was killed
        super().__init__(self._rebuild, "127.0.0.1", port, str(self.folder / "0"))
        self.trouble = ("The first build is under way", "")
        self.error_handler = self._not_found
        self._project = project
        self._watched_paths = {str(project.docs): 1}  # so that pages ask for news

    def _build_loop(self) -> None:
        print(f"serving on {self.url}; end with Ctrl-C", flush=True)
        built: dict[str, int] = {}
        while True:
            found = self._files()
            time.sleep(_PAUSE)
            if found not in (built, {}) and found == self._files():
                built = found
                self._rebuild()
                with self._epoch_cond:
                    self._visible_epoch = self._wanted_epoch = int(1000 * time.time())
                    self._epoch_cond.notify_all()

    def _files(self) -> dict[str, int]:
        """Return when each file that decides what the site is was last changed."""
        root = self._project.root
        found = [str(root / name) for name in ("mkdocs.yml", "constraints.txt")]
        for top in (self._project.docs, root / "src/lessons"):
            for folder, folders, files in os.walk(top):
                folders[:] = [n for n in folders if n[0] != "." and n != "__pycache__"]
                found += [f"{folder}/{n}" for n in files if not _PASSING.match(n)]
        times: dict[str, int] = {}
        for path in found:
            with contextlib.suppress(OSError):
                times[path] = os.stat(path).st_mtime_ns  # noqa: PTH116 it is quicker
        return times

    def _rebuild(self) -> None:
        started = time.monotonic()
        folder = self.folder / str(int(Path(self.root).name) + 1)
        told = BufferingHandler(10_000)
        told.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(told)
        try:
            confirm_machinery()
            project = Project(self._project.root)
            with project.locked():
                render(project, folder, site_url=self.url)
        except Exception as error:  # whatever it is, the next edit may mend it
            print(f"error: {error}", file=sys.stderr)
            said = (record.getMessage() for record in told.buffer)
            text = "\n".join((*said, str(error)))
            self.trouble = ("Not built; what is here is from before", text)
        else:
            self.trouble = ("", "")
            old, self.root = self.root, str(folder)
            shutil.rmtree(old, ignore_errors=True)
            print(f"built in {time.monotonic() - started:.1f} s", flush=True)
        finally:
            logging.getLogger("mkdocs").removeHandler(told)

    def _not_found(self, code: int) -> bytes:
        page = Path(self.root, "404.html")
        content = page.read_bytes() if page.is_file() else _EMPTY
        return self._inject_js_into_html(content, self._visible_epoch)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        if any(self.trouble):
            banner = _BANNER.format(*map(html.escape, self.trouble)).encode()
            content = re.sub(
                rb"<body\b[^>]*>", lambda m: m[0] + banner, content, count=1
            )
        content = POLICY.sub(b"", content)  # the script that asks for news is inline
        page = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        return bytes(page)
