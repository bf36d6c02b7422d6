from pathlib import Path

import pytest

from lessons.pages.links import broken, foreign_code, target
from sandbox import Sandbox

PAGE = """\
# A page

[ok](other.md) and [gone](nowhere.md)

```python
x = 1
```
"""
CODE = '<div class="language-python copy highlight"><pre><code>{}</code></pre></div>'


def site(folder: Path, page: str, other: str = "<h2 id='there'>x</h2>") -> Path:
    for name, body in (("page", page), ("other", other)):
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
    assert list(broken(site(tmp_path, link), [page], sandbox.project)) == []


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
    (found,) = broken(site(tmp_path, link), [page], sandbox.project)
    assert message in found
    assert found.startswith("docs/part/page.md:")


def test_code_on_the_site_that_was_not_run(sandbox: Sandbox, tmp_path: Path) -> None:
    page = sandbox.read(PAGE)
    good = site(tmp_path / "good", CODE.format("<span>x</span> = 1\n"))
    assert list(foreign_code(good, [page], sandbox.project)) == []
    bad = site(tmp_path / "bad", CODE.format("x = 2\n"))
    (found,) = foreign_code(bad, [page], sandbox.project)
    assert "other code than was run (1 blocks on the site, 1 in the page)" in found


def test_where_a_page_goes(sandbox: Sandbox) -> None:
    docs = sandbox.project.docs
    assert target(docs / "index.md", sandbox.project) == "index.html"
    assert target(docs / "a/index.md", sandbox.project) == "a/index.html"
    assert target(docs / "a/b-c.md", sandbox.project) == "a/b-c/index.html"
