from pathlib import Path

import pytest

from lessons.pages.publishing.faults import look, target
from lessons.pages.reading.page import read_pages
from sandbox import Sandbox

PAGE = """\
# A page

[ok](other.md) and [gone](nowhere.md)

```python
x = 1
```
"""
CODE = '<div class="language-python copy highlight"><pre><code>{}</code></pre></div>'


def site(folder: Path, page: str, code: str = "<span>x</span> = 1\n") -> Path:
    page += CODE.format(code)
    for name, body in (("page", page), ("other", "<h2 id='there'>x</h2>")):
        path = folder / "site/part" / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(f"<html><body>{body}</body></html>")
    (folder / "site/picture.svg").write_text("<svg/>")
    return folder / "site"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="../other/">x</a>',
        '<a href="../other/#there">x</a>',
        '<a href="../other/index.html">x</a>',
        '<img src="../../picture.svg#only-light">',
        '<a href="https://example.org/x">x</a>',
        '<a href="mailto:a@example.org">x</a>',
        '<i id="here"></i><a href="#here">x</a>',
        '<a href="#">x</a>',
    ],
)
def test_a_good_link(sandbox: Sandbox, tmp_path: Path, link: str) -> None:
    page = sandbox.read(PAGE)
    assert list(look(site(tmp_path, link), [page], sandbox.project)) == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ('<a href="../nowhere/">x</a>', "docs/part/page.md:3: there is no such file"),
        ('<a href="../other/#no">x</a>', "there is no such anchor"),
        ('<a href="#no">x</a>', "there is no such anchor"),
        ('<img src="../../no.svg">', "there is no such file"),
        ('<script src="../../no.js"></script>', "there is no such file"),
        ('<link rel="stylesheet" href="../../no.css">', "there is no such file"),
    ],
)
def test_a_broken_link(
    sandbox: Sandbox, tmp_path: Path, link: str, message: str
) -> None:
    page = sandbox.read(PAGE)
    (found,) = look(site(tmp_path, link), [page], sandbox.project)
    assert message in found
    assert found.startswith("docs/part/page.md:")


def test_a_link_does_not_leave_the_site(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").touch()
    built = site(tmp_path, '<a href="../../../secret.txt">x</a>')
    (found,) = look(built, [sandbox.read(PAGE)], sandbox.project)
    assert "there is no such file" in found


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("x = 2\n", "1 blocks rendered, 1 run, and block 1"),
        (f"x = 1\n</code></pre></div>{CODE.format('')}<div><pre><code>", "2 blocks"),
    ],
)
def test_code_on_the_site_that_was_not_run(
    sandbox: Sandbox, tmp_path: Path, code: str, counts: str
) -> None:
    built = site(tmp_path, "", code)
    (found,) = look(built, [sandbox.read(PAGE)], sandbox.project)
    assert f"renderer and runner see this differently: {counts}" in found


def test_a_page_that_is_not_on_the_site(sandbox: Sandbox, tmp_path: Path) -> None:
    built = site(tmp_path, "")
    pages = [sandbox.read(PAGE), *read_pages(sandbox.project, [sandbox.write("", "b")])]
    (found,) = look(built, pages, sandbox.project)
    assert found == "docs/part/b.md:1: the site has no such page"


def test_where_a_page_goes(sandbox: Sandbox) -> None:
    docs = sandbox.project.docs
    assert target(docs / "index.md", sandbox.project) == "index.html"
    assert target(docs / "a/index.md", sandbox.project) == "a/index.html"
    assert target(docs / "a/b-c.md", sandbox.project) == "a/b-c/index.html"
