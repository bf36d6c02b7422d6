"""A small project to try the machinery on."""

import shutil
from pathlib import Path

import pytest

from lessons.pages.project import Project
from sandbox import MODULE, ROOT, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Return a project with one lesson and no page."""
    lesson = tmp_path / "src" / "lessons" / "part" / "lesson.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(MODULE, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    for name in ("mkdocs.yml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return Sandbox(Project(tmp_path))
