"""What a chapter says below its title, and the list of entries of the source."""

import re
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files
from mkdocs.structure.nav import Navigation, get_navigation

from lessons.pages.project import Project
from lessons.pages.publishing.lesson import facts
from lessons.pages.publishing.source_list import MARKER, with_entries
from lessons.pages.reading.course import MAP
from lessons.pages.reading.page import parse_pages, read_pages
from lessons.pages.reading.steps import Page
from sandbox import ROOT, Sandbox

BLOCK = "```python\nx = 1  # words in code\n```\n\n"


@pytest.fixture
def course(tmp_path: Path) -> tuple[MkDocsConfig, Navigation, dict[str, Page]]:
    """Return a course of two parts; the first has a page of its own and a lab."""
    names = ["index", "one/index", "one/a", "one/b", "one/lab", "two/c"]
    for name in names:
        path = tmp_path / f"docs/{name}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"# The {name} {{ #top }}\n\n{BLOCK}")
    nav = "nav: [index.md, {One: [one/index.md, A: one/a.md, one/b.md]}, "
    nav += "Two: [two/c.md]]\n"
    extension = "lessons.pages.reading.markdown: {base_path: src}"
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: x\n{nav}markdown_extensions:\n  - attr_list\n  - {extension}\n"
    )
    project = Project(tmp_path)
    pages = {page.name: page for page in read_pages(project, project.pages())}
    config = load_config(str(tmp_path / "mkdocs.yml"))
    navigation = get_navigation(get_files(config), config)
    return config, navigation, pages


def test_the_place_of_a_chapter(
    course: tuple[MkDocsConfig, Navigation, dict[str, Page]],
) -> None:
    config, nav, pages = course
    found = {
        page.file.src_uri: facts(page, pages[f"docs/{page.file.src_uri}"], nav, config)
        for page in nav.pages
    }
    assert found["one/b.md"]["part"] == {"title": "One", "url": "one/"}
    assert (found["one/b.md"]["number"], found["one/b.md"]["chapters"]) == (2, 2)
    assert found["one/b.md"]["is_chapter"]
    assert found["one/b.md"]["notebook"] == "one/b.ipynb"
    assert found["two/c.md"]["part"] == {"title": "Two", "url": None}
    assert "number" not in found["one/index.md"]
    assert not found["one/index.md"]["is_chapter"]
    assert "part" not in found["index.md"]
    assert "colab" not in found["one/b.md"]


def test_what_it_needs_and_where_colab_opens_it(
    course: tuple[MkDocsConfig, Navigation, dict[str, Page]],
) -> None:
    config, nav, pages = course
    page = next(page for page in nav.pages if page.file.src_uri == "one/b.md")
    page.meta = {"needs": ["index.md", "one/a.md"]}
    config.extra["colab"] = "https://colab.example/github/me/it/blob/gh-pages/"
    found = facts(page, pages["docs/one/b.md"], nav, config)
    assert [need["url"] for need in found["needs"]] == ["", "one/a/"]
    assert found["needs"][1]["title"] == "A"
    assert found["colab"] == f"{config.extra['colab']}one/b.ipynb"


def test_every_entry_of_the_map_is_listed_once() -> None:
    project = Project(ROOT)
    pages = read_pages(project, project.pages())
    text = with_entries(MARKER, project, pages)
    items = re.findall(r"^ *- \[(.+?)\]\((\S+?)\): .+ \*.+\*$", text, re.MULTILINE)
    rows = (ROOT / MAP).read_text(encoding="utf-8")
    kinds = len(re.findall(r"^  (?:covers|corrects):", rows, re.MULTILINE))
    assert len(items) == kinds
    source = ROOT / "docs/reference/source.md"
    (page,) = parse_pages(
        project, {source: with_entries(page_text(source), project, pages)}
    )
    assert not page.problems
    for _, target in items:
        file, _, anchor = target.partition("#")
        path = (source.parent / file).resolve()
        assert path.with_suffix(".md").is_file(), target
        assert anchor, target
    titles = re.findall(r"^### (.+?) \{", text, re.MULTILINE)
    assert titles == sorted(titles, key=[page.title for page in nav_order(pages)].index)


def page_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def nav_order(pages: list[Page]) -> list[Page]:
    nav = Project(ROOT).nav or []
    return sorted(pages, key=lambda page: nav.index(page.name))


def test_an_entry_that_was_put_right_is_apart(sandbox: Sandbox) -> None:
    root = sandbox.project.root
    with (root / "mkdocs.yml").open("a") as config:
        config.write("nav: [part/page.md, labs/x.ipynb]\n")
    (root / "docs/reference").mkdir()
    (root / MAP).write_text(
        "- at: labs/x.md#top\n  course: Seminar\n  covers: [a.fig-line-fit, a.b]\n"
        "- at: part/page.md#shapes\n  course: Module 1\n  corrects: [m.a-sign]\n"
        "  covers: [m.rest]\n"
    )
    (root / "docs/labs").mkdir()
    (root / "docs/labs/x.md").write_text("# A lab { #top }\n")
    sandbox.write("# A page\n\n## Shapes, `2`{= 1 + 1 } { #shapes }\n")
    project = Project(root)
    pages = read_pages(project, project.pages())
    text = with_entries(f"Before\n{MARKER}\nafter\n", project, pages)
    assert (
        text
        == """\
Before

## Part { #in-part }

### A page { #in-part-page }

**Put right**, each with its run:

- [Shapes, `2`{= 1 + 1 }](../part/page.md#shapes): a sign. *Module 1*

??? note "Taught as the source has it: 1"

    - [Shapes, `2`{= 1 + 1 }](../part/page.md#shapes): rest. *Module 1*

## Labs { #in-labs }

### A lab { #in-labs-x }


??? note "Taught as the source has it: 2"

    - [A lab](../labs/x.ipynb#top): picture: line fit; b. *Seminar*
after
"""
    )
