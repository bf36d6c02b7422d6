from pathlib import Path

import pytest

from lessons.pages.project import Project
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
OTHER = "<h2 id='there'>x</h2>"
CODE = '<div class="language-python highlight"><pre><code>{}</code></pre></div>'


def site(folder: Path, page: str, code: str = "<span>x</span> = 1\n") -> Path:
    page += CODE.format(code)
    for name, body in (("page", page), ("other", OTHER)):
        path = folder / "site/part" / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body><article>{body}</article></body></html>")
    (folder / "site/picture.svg").write_text("<svg/>")
    return folder / "site"


def found(sandbox: Sandbox, built: Path, text: str = PAGE) -> list[str]:
    """Look at a site as that of two pages and whatever else the sandbox has."""
    project = Project(sandbox.project.root)
    sandbox.write(text)
    sandbox.write("", "other")
    return list(look(built, read_pages(project, project.pages()), project))


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
    assert found(sandbox, site(tmp_path, link)) == []


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
    fault, *_ = found(sandbox, site(tmp_path, link))  # a script is one in any case
    assert message in fault
    assert fault.startswith("docs/part/page.md:")


def test_a_link_does_not_leave_the_site(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").touch()
    built = site(tmp_path, '<a href="../../../secret.txt">x</a>')
    (fault,) = found(sandbox, built)
    assert "there is no such file" in fault


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
    (fault,) = found(sandbox, site(tmp_path, "", code))
    assert f"renderer and runner see this differently: {counts}" in fault


def test_a_page_that_is_not_on_the_site(sandbox: Sandbox, tmp_path: Path) -> None:
    built = site(tmp_path, "")
    sandbox.write("", "b")
    assert found(sandbox, built) == ["docs/part/b.md:1: the site has no such page"]


def test_a_page_that_nobody_verified(sandbox: Sandbox, tmp_path: Path) -> None:
    built = site(tmp_path, "")
    (built / "own.html").write_text("<p>Words.</p>")
    (built / "404.html").write_text("<p>Nothing.</p>")
    (fault,) = found(sandbox, built)
    assert fault.startswith("site/own.html: no page became this")


@pytest.mark.parametrize(
    "link",
    [
        '<img src="https://example.org/x.png">',
        '<script src="//example.org/x.js"></script>',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link rel="preconnect" href="https://fonts.example.org">',
        '<iframe src="https://example.org/x"></iframe>',
        '<p style="background: url(https://example.org/x.png)">x</p>',
    ],
)
def test_a_request_to_another_host(sandbox: Sandbox, tmp_path: Path, link: str) -> None:
    faults = found(sandbox, site(tmp_path, link), f"# A\n\n{link}\n{PAGE}")
    assert "docs/part/page.md:3: the site asks no other host" in faults[0]


def test_an_absolute_link_does_not_depend_on_where_the_site_is(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    (fault,) = found(sandbox, site(tmp_path, '<a href="/part/other/">x</a>'))
    assert ": a link within the site is relative: /part/other/" in fault
    with (tmp_path / "mkdocs.yml").open("a") as config:
        config.write("\nsite_url: https://example.org/course/\n")
    (fault,) = found(sandbox, site(tmp_path, '<a href="/part/other/">x</a>'))
    assert ": a link within the site is relative: /part/other/" in fault
    lost = '<a href="/course/part/other/">x</a> <a href="/course/none/">x</a>'
    (tmp_path / "site/404.html").write_text(lost)
    _, fault = sorted(found(sandbox, tmp_path / "site"))
    assert fault == "site/404.html: there is no such file: /course/none/"


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        ("a { src: url(gone.woff2) }", "there is no such file: gone.woff2"),
        ("a { src: url('../gone.svg') }", "there is no such file: ../gone.svg"),
        ('@import "gone.css";', "there is no such file: gone.css"),
        ("a { src: url( //x.org/a ) }", "the site asks no other host: //x.org/a"),
        ('a { src: url("../picture.svg?#x") url(data:image/svg+xml;x) }', ""),
    ],
)
def test_what_a_style_sheet_asks_for(
    sandbox: Sandbox, tmp_path: Path, css: str, fault: str
) -> None:
    built = site(tmp_path, "")
    (built / "css").mkdir()
    (built / "css/site.css").write_text(css)
    expected = [f"site/css/site.css: {fault}"] if fault else []
    assert found(sandbox, built) == expected


@pytest.mark.parametrize(
    ("written", "source", "fault"),
    [
        ("<script>x()</script>", "<script>x()</script>", ": a script in a page"),
        ('<p onclick="x()">x</p>', '<p onclick="x()">x</p>', ": a script in a page"),
        (
            '<p id="a">x</p><p id="a">y</p>',
            "# A { #a }",
            ": this id is there twice: #a",
        ),
        ("<p>See [x][y].</p>", "See [x][y].", ": nothing defines this link: [x][y]"),
        ("<p>See [x][].</p>", "See [x][].", ": nothing defines this link: [x][]"),
        ("<p>See <code>[x][y]</code>.</p>", "", ""),
        ('<p>See <span class="arithmatex">[x][y]</span>.</p>', "", ""),
    ],
)
def test_what_should_not_stand_in_a_page(
    sandbox: Sandbox, tmp_path: Path, written: str, source: str, fault: str
) -> None:
    built = site(tmp_path, written)
    faults = found(sandbox, built, PAGE + source)
    assert len(faults) == (1 if fault else 0)
    line = PAGE.count("\n") + 1
    assert all(
        message.startswith(f"docs/part/page.md:{line}{fault}") for message in faults
    )


def test_a_computed_number_in_a_title(sandbox: Sandbox, tmp_path: Path) -> None:
    built = site(tmp_path, "")
    page = built / "part/page/index.html"
    title = "<head><title>2{= 1 + 1 } ways</title></head><body>"
    page.write_text(page.read_text().replace("<body>", title))
    (fault,) = found(sandbox, built)
    assert "a computed number does not belong here: 2{= 1 + 1 } ways" in fault


def test_where_a_page_goes(sandbox: Sandbox) -> None:
    docs = sandbox.project.docs
    assert target(docs / "index.md", sandbox.project) == "index.html"
    assert target(docs / "a/index.md", sandbox.project) == "a/index.html"
    assert target(docs / "a/b-c.md", sandbox.project) == "a/b-c/index.html"
