"""Two cold builds, as different as two machines can be, give the same bytes."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sandbox import ROOT

COPIED = ("docs", "src", "constraints.txt", "mkdocs.yml")
GENERATED = shutil.ignore_patterns("figures", "*.ipynb", "*.py", "__pycache__")


def build(folder: Path, **environment: str) -> dict[str, str]:
    """Build a copy of the project; return the digest of every file it made."""
    root, home = folder / "project", folder / "home"
    home.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = GENERATED if name == "docs" else None
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root)
    done = subprocess.run(
        [sys.executable, "-m", "lessons.pages", "site"],
        cwd=root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": str(root / "src"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = [p for top in ("docs", "site") for p in (root / top).rglob("*")]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def test_two_cold_builds_are_byte_identical(tmp_path: Path) -> None:
    one = build(
        tmp_path / "one",
        LC_ALL="C",
        PYTHONHASHSEED="1",
        OMP_NUM_THREADS="1",
        TZ="UTC",
    )
    other = build(
        tmp_path / "another-folder",
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="4321",
        OMP_NUM_THREADS="4",
        MKL_NUM_THREADS="3",
        TZ="Asia/Tokyo",
    )
    assert any(name.endswith(".dark.svg") for name in one)
    assert any(name.endswith(".ipynb") for name in one)
    assert any(name.endswith("index.html") for name in one)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
