"""A new chapter is green at once, and the sample of CONTRIBUTING is the very same."""

import re
import shutil
import subprocess
import sys

import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.form import problems
from lessons.pages.reading.new import make_chapter
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.unchecked import unchecked
from lessons.pages.running.workers import run_pages
from sandbox import ROOT, Sandbox

NAV = """\
nav:
  - Home: index.md
  - Tensors:
      - Shapes: tensors/shapes.md
      - Lab: labs/tensors.ipynb
  - Reference:
      - Glossary: reference/glossary.md
exclude_docs: |
  /labs/*.md
"""


@pytest.fixture
def course(sandbox: Sandbox) -> Project:
    """Return a course with a home page, a part of a chapter and a lab, a glossary."""
    root = sandbox.project.root
    front = f"---\ntitle: A\ndescription: {'x' * 60}\n---\n\n# A\n"
    with (root / "mkdocs.yml").open("a") as file:
        file.write(NAV)
    for name in (
        "index.md",
        "tensors/shapes.md",
        "labs/tensors.md",
        "reference/glossary.md",
    ):
        path = root / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(front)
    for name in ("src/lessons/tensors/shapes.py", "tests/tensors/test_shapes.py"):
        (root / name).parent.mkdir(parents=True)
        (root / name).touch()
    return Project(root)


def failures(project: Project) -> list[str]:
    project = Project(project.root)  # reads mkdocs.yml again
    pages = read_pages(project, project.pages())
    found = [str(finding) for finding in problems(project, pages)]
    return found + [m for o in run_pages(project, pages) for m in o.failures]


def test_a_new_chapter_is_green_at_once(course: Project) -> None:
    assert make_chapter(course, "tensors/the-mean") == 0
    assert make_chapter(course, "docs/new-part/first.md") == 0
    assert failures(course) == []
    assert Project(course.root).nav == [
        "docs/index.md",
        "docs/tensors/shapes.md",
        "docs/tensors/the-mean.md",
        "docs/labs/tensors.md",
        "docs/new-part/first.md",
        "docs/reference/glossary.md",
    ]
    assert "  - New part:\n      - First: new-part/first.md\n" in (
        course.root / "mkdocs.yml"
    ).read_text(encoding="utf-8")
    shutil.copytree(ROOT / "src/lessons/pages", course.root / "src/lessons/pages")
    for name in ("src/lessons/__init__.py", "src/lessons/py.typed"):
        shutil.copy(ROOT / name, course.root / name)
    (course.root / "src/lessons/tensors/__init__.py").touch()
    tests = ["tests/tensors/test_the_mean.py", "tests/new_part/test_first.py"]
    modules = ["src/lessons/tensors/the_mean.py", "src/lessons/new_part"]
    config = f"--config={ROOT / 'pyproject.toml'}"
    for command in (
        ["pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *tests],
        ["ruff", "check", "-q", config, *tests, *modules],
        ["ruff", "format", "--check", "-q", config, *tests, *modules],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=course.root,
            env={"PYTHONPATH": str(course.root / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "there",
    ["docs/tensors/a.md", "src/lessons/tensors/a.py", "tests/tensors/test_a.py"],
)
def test_nothing_is_overwritten(course: Project, there: str) -> None:
    (course.root / there).write_text("mine")
    before = {p: p.read_bytes() for p in course.root.rglob("*") if p.is_file()}
    with pytest.raises(ProjectError, match=f"{there}: there already"):
        make_chapter(course, "tensors/a")
    assert before == {p: p.read_bytes() for p in course.root.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "name", ["a", "a/b/c", "A/b", "a/b c", "labs/a", "reference/a", "a/index", "../a/b"]
)
def test_what_is_no_name_of_a_chapter(course: Project, name: str) -> None:
    with pytest.raises(ProjectError, match="call it PART/NAME"):
        make_chapter(course, name)


def test_the_sample_page_of_contributing_is_the_template() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    sample = re.search(r"````markdown\n(.*?)````\n", text, re.DOTALL)
    assert sample
    template = ROOT / "src/lessons/pages/reading/chapter/page.md"
    words = {"TITLE": "Averages", "CHAPTER": "averages", "PACKAGE": "tensors"}
    expected = template.read_text(encoding="utf-8")
    for word, value in (words | {"MODULE": "averages"}).items():
        expected = re.sub(rf"\b{word}\b", value, expected)
    assert sample[1] == expected


def test_typed_decimals_and_links_to_other_sites_are_listed(sandbox: Sandbox) -> None:
    page = sandbox.read(
        "It is 21.7 times, not 0.5{= 0.5 } and `2.5` in $3.5$.\n\n"
        "![from 1.25 to 2{= 2 }](figures/page-a.svg)\n\n"
        "[x](https://a.org/1.5/) Python 3.11.4\n\n```python\nx = 4.5\n```\n"
    )
    assert [str(finding) for finding in unchecked(page)] == [
        "docs/part/page.md:1: 21.7",
        "docs/part/page.md:3: 1.25",
        "docs/part/page.md:5: https://a.org/1.5/",
    ]
