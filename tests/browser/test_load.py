"""What a first visit fetches, from a host that compresses as hosts of pages do."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

KILOBYTE = 1000
COMPRESSED = (".html", ".css", ".js", ".json", ".svg")
SHIFT = """() => new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value
    }).observe({type: "layout-shift", buffered: true})
    setTimeout(() => done(sum), 100)
})"""


class _Compressing(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    handler = functools.partial(_Compressing, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def fetched(browser: Browser, url: str) -> tuple[dict[str, float], float]:
    """Open a page for the first time; return the bytes of each file, and the shift."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def finished(event: dict[str, Any]) -> None:
        sizes[names.get(event["requestId"], "")] = event["encodedDataLength"]

    devtools.on(
        "Network.responseReceived",
        lambda event: names.update({event["requestId"]: event["response"]["url"]}),
    )
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    shift = float(page.evaluate(SHIFT))
    context.close()
    return sizes, shift


@pytest.mark.parametrize(("which", "most"), [("home", 180), ("chapter", 250)])
def test_a_first_visit_is_light_and_nothing_jumps(
    browser: Browser, host: str, site: Path, which: str, most: int
) -> None:
    """The heaviest chapters are looked at, and home."""
    pages = sorted(site.rglob("index.html"), key=lambda path: path.stat().st_size)
    chapters = [page.parent.relative_to(site).as_posix() + "/" for page in pages[-4:]]
    for url in chapters if which == "chapter" else [""]:
        sizes, shift = fetched(browser, host + url)
        assert sum(sizes.values()) <= most * KILOBYTE, (url, sizes)
        assert len(sizes) > 8
        assert shift < 0.01, url
