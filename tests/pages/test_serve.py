"""The server for authors: the last good site, and what is wrong with the next."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox import Sandbox
from small import PAGE, make_small

PATIENCE = 180.0


@dataclass
class Served:
    """A server of a small project in a process of its own."""

    root: Path
    port: int
    process: subprocess.Popen[str]
    log: Path

    def get(self, url: str = "part/page/") -> str:
        """Return a page, also the one that answers for a page that is not there."""
        address = f"http://127.0.0.1:{self.port}/{url}"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except OSError:
            return ""

    def wait_for(self, text: str) -> str:
        """Return the page as soon as it has this text."""
        deadline = time.monotonic() + PATIENCE
        while text not in (page := self.get()):
            assert time.monotonic() < deadline, f"{page}\n{self.log.read_text()}"
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        return page

    @property
    def builds(self) -> int:
        """How many builds there were."""
        said = self.log.read_text()
        return said.count("built in") + said.count("error:")


@pytest.fixture
def served(sandbox: Sandbox, tmp_path: Path) -> Iterator[Served]:
    make_small(sandbox)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log.txt"
    with log.open("w") as stream:
        command = [sys.executable, "-m", "lessons.pages", "serve", "--port", str(port)]
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        yield Served(tmp_path, port, process, log)
        process.kill()
        process.wait()


def test_the_last_good_site_is_served_and_what_is_wrong_is_said(served: Served) -> None:
    page = served.root / "docs/part/page.md"
    served.wait_for("<p>Words.</p>")
    assert 'role="alert"' not in served.get()
    assert served.builds == 1

    page.write_text(PAGE.replace("Words.", "Other [words](nowhere.md)."))
    html = served.wait_for('role="alert"')
    assert "<p>Words.</p>" in html
    assert "docs/part/page.md:3: there is no such file: nowhere.md" in html
    assert served.builds == 2

    for name in (".#page.md", "#page.md#", ".page.md.swp", "page.md~", ".git/x.md"):
        (page.parent / name).parent.mkdir(exist_ok=True)
        (page.parent / name).write_text("of an editor")
    time.sleep(2)
    assert served.builds == 2

    for name in (".#page.md", "#page.md#", ".page.md.swp", "page.md~"):
        (page.parent / name).unlink()
    page.write_text(PAGE.replace("Words.", "Other words."))
    html = served.wait_for("<p>Other words.</p>")
    assert 'role="alert"' not in html
    time.sleep(2)
    assert served.builds == 3

    (served.root / "mkdocs.yml").write_text("site_name: 'Small")
    html = served.wait_for('role="alert"')
    assert "<p>Other words.</p>" in html
    assert "not YAML" in html

    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(PATIENCE) == 0
    assert "Traceback" not in served.log.read_text()
    assert list((served.root / ".cache/pages").glob("serve*")) == []


def test_a_site_that_was_never_good_says_why(served: Served) -> None:
    page = served.root / "docs/part/page.md"
    page.write_text(PAGE.replace("ax.plot", "ax.plat"))
    html = served.wait_for("AttributeError")
    assert 'role="alert"' in html
    assert "docs/part/page.md:9: the block raised" in html
    page.write_text(PAGE)
    served.wait_for("<p>Words.</p>")


def test_an_interrupted_build_ends_without_a_word(served: Served) -> None:
    """Ctrl-C reaches every process that the terminal has started."""
    page = served.root / "docs/part/page.md"
    page.write_text("# A\n\n```python\nimport time\n\ntime.sleep(110)\n```\n")
    served.wait_for("The first build is under way")
    time.sleep(1)
    os.killpg(served.process.pid, signal.SIGINT)
    assert served.process.wait(60) == 0
    said = served.log.read_text()
    assert (
        said.rstrip() == f"serving on http://127.0.0.1:{served.port}/; end with Ctrl-C"
    )
