"""What the other tests of the browser stand on."""

from pathlib import Path

from playwright.sync_api import Browser

from hosting import hosted
from visit import Visit

PAGE = """<!doctype html>
<title>A page whose first script takes its time</title>
<script src="slow.js" defer></script>
<script src="listen.js" defer></script>
"""
SLOW = "const end = Date.now() + 1500; while (Date.now() < end);"
LISTEN = "addEventListener('keydown', ({ key }) => (window.heard = key))"


def test_a_page_hears_keys_once_it_is_open(browser: Browser, tmp_path: Path) -> None:
    files = {"index.html": PAGE, "slow.js": SLOW, "listen.js": LISTEN, "404.html": ""}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with hosted(tmp_path) as address:
        page = Visit(browser.new_page(), address).open("")
        page.keyboard.press("/")
        assert page.evaluate("window.heard") == "/"
        page.close()
