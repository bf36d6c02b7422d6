"""What holds for every real page, beyond that it runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lessons.pages.project import Project
from lessons.pages.reading.fences import read_fences
from lessons.pages.reading.page import read_pages
from sandbox import ROOT

PROJECT = Project(ROOT)
PAGES = read_pages(PROJECT, PROJECT.pages())
MAP = PROJECT.docs / "reference/course-map.yml"
CHAPTERS = [
    page
    for page in PAGES
    if page.path.parent.name not in ("docs", "labs", "reference")
    and page.path.name != "index.md"
]


def test_inline_blocks_are_formatted(tmp_path: Path) -> None:
    """Ruff itself would take an include for an expression, so it sees copies."""
    for page in PAGES:
        for block in page.blocks:
            if block.source.filename == page.name:
                name = re.sub(r"\W", "_", f"{page.name}_line_{block.line}")
                text = block.source.text.rstrip("\n") + "\n"
                (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    config = ["--config", str(ROOT / "pyproject.toml")]
    for command in (
        ["format", "--diff", *config],
        ["check", "--isolated", "--line-length", "88", "--select", "E501,E70,W6"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.name)
def test_a_chapter_is_three_files_with_one_name(page: object) -> None:
    name = page.path.relative_to(PROJECT.docs).with_suffix("").as_posix()  # type: ignore[attr-defined]
    part, chapter = name.replace("-", "_").split("/")
    assert (ROOT / f"src/lessons/{part}/{chapter}.py").is_file()
    assert (ROOT / f"tests/{part}/test_{chapter}.py").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_a_title_and_a_description(page: object) -> None:
    front = re.match(r"---\n(.*?)\n---\n", page.text, re.DOTALL)  # type: ignore[attr-defined]
    assert front
    meta = yaml.safe_load(front[1])
    assert meta["title"]
    assert 50 <= len(meta["description"]) <= 170
    assert len(re.findall(r"^# ", _prose(page), re.MULTILINE)) == 1


def _prose(page: object) -> str:
    from sybil import Document

    text = page.text  # type: ignore[attr-defined]
    fences, _ = read_fences(Document(text, "page.md"))
    for fence in reversed(fences):
        text = text[: fence.start] + text[fence.end :]
    return text


def test_the_course_map_names_sections_that_exist() -> None:
    rows = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    anchors = {
        page.name.removeprefix("docs/"): re.findall(r"\{ *#([\w-]+) *\}", page.text)
        for page in PAGES
    }
    for row in rows:
        page, _, anchor = row["at"].partition("#")
        assert page in anchors, row["at"]
        assert anchor in anchors[page], row["at"]
        assert row.get("covers") or row.get("corrects"), row["at"]
        assert row["course"], row["at"]


def test_no_section_of_the_course_map_claims_too_much() -> None:
    rows = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    for row in rows:
        claimed = [*row.get("covers", []), *row.get("corrects", [])]
        assert len(claimed) <= 25, row["at"]
        assert len(claimed) == len(set(claimed)), row["at"]


def test_every_page_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in PAGES:
        name = page.name.removeprefix("docs/")
        name = name.replace(".md", ".ipynb") if name.startswith("labs/") else name
        assert f": {name}\n" in config, name


def test_every_included_object_is_public_or_shown_for_a_reason() -> None:
    """A page shows whole objects; a private one would need its caller too."""
    for page in PAGES:
        for target in re.findall(r'--8<-- "([^"]+)"', page.text):
            assert re.fullmatch(r"[\w/]+\.py:[A-Za-z][\w.]*", target), target
