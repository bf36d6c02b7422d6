"""Chromium, and a host of the built site for it."""

import contextlib
import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ahead import done
from lessons.pages.publishing.pdf import FLAGS

COMPRESSED = (".html", ".css", ".js", ".json", ".svg")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def built_site(session: pytest.Session) -> Path:
    """Return the folder of the site that the tests look at, once it is built."""
    given: Path | None = session.config.getoption("--site")
    return given.resolve() if given else done(session, "cold_build").root / "site"


@contextlib.contextmanager
def started(chromium: str) -> Iterator[Browser]:
    """Start the browser whose program is given."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(
            executable_path=chromium, args=[*FLAGS, *QUIET]
        )
        yield instance
        instance.close()


@contextlib.contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    handler = functools.partial(_Host, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@functools.cache
def packed(path: Path) -> bytes:
    """Return a file as it goes over the wire."""
    return gzip.compress(path.read_bytes())


class _Host(http.server.SimpleHTTPRequestHandler):
    """A host of pages: it compresses them, and has one for what is missing."""

    protocol_version = "HTTP/1.1"  # one connection for many files, as hosts do

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        self.send_response(200 if path.is_file() else 404)
        path = path if path.is_file() else Path(self.directory, "404.html")
        is_packed = path.suffix in COMPRESSED
        body = packed(path) if is_packed else path.read_bytes()
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
