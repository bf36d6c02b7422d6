"""A small project to try the machinery on."""

import re
import shutil
from pathlib import Path

import pytest

from lessons.pages.project import Project
from sandbox import MODULE, ROOT, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Return a project with one lesson, no page and no navigation."""
    lesson = tmp_path / "src" / "lessons" / "part" / "lesson.py"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(MODULE, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "constraints.txt", tmp_path)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"^nav:\n(?: .*\n|\n)+", "", config, flags=re.MULTILINE)
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    return Sandbox(Project(tmp_path))
