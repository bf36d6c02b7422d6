"""Bad input to the commands: one line that helps, and nothing half-written."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

from sandbox import ROOT, Sandbox

PAGE = "# A\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n"


def command(sandbox: Sandbox, *arguments: str, where: str = ".") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "lessons.pages", *arguments],
        cwd=sandbox.project.root / where,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_page_that_is_not_there(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    code, error = command(sandbox, "accept", "docs/nowhere.md")
    assert code == 1
    assert error.count("\n") == 1
    assert error.endswith("docs/nowhere.md: there is no such page\n")


def test_a_page_that_is_not_text(sandbox: Sandbox) -> None:
    sandbox.write(PAGE).write_bytes(b"\xff\xfe")
    for part in ("docs/theme", "src/lessons/pages"):
        shutil.copytree(ROOT / part, sandbox.project.root / part)
    for name in ("accept", "build", "site", "program"):
        code, error = command(sandbox, name)
        assert code == 1
        assert "docs/part/page.md:1: unreadable: not UTF-8 text" in error
        assert "Traceback" not in error


def test_a_port_in_use(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, error = command(sandbox, "serve", "--port", str(port))
    assert code == 1
    assert error == (
        f"error: port {port}: Address already in use; choose another: "
        f"make serve PORT={port + 1}\n"
    )


def test_a_folder_without_a_project(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").unlink()
    code, error = command(sandbox, "build")
    assert code == 1
    assert "no mkdocs.yml here or in a folder above" in error


def test_a_figure_that_cannot_be_written(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    sandbox.project.cache.mkdir(parents=True)
    sandbox.project.made.write_text("a file where a folder must be")
    code, error = command(sandbox, "build")
    assert code == 1
    assert error.startswith("error: ")
    assert ".cache/pages/made" in error


def test_a_place_that_cannot_be_written(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE)
    (sandbox.project.root / ".cache").write_text("a file where a folder must be")
    code, error = command(sandbox, "build")
    assert code == 1
    assert error.count("\n") == 1
    assert ".cache" in error
    assert list(path.parent.iterdir()) == [path]


def test_a_command_works_from_a_folder_inside(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE.replace("```output\n1", "```output\n2"))
    code, error = command(sandbox, "accept", path.name, where="docs/part")
    assert (code, error) == (0, "")
    assert path.read_text() == PAGE


def test_an_unknown_command(sandbox: Sandbox) -> None:
    code, error = command(sandbox, "publish")
    assert code == 2
    assert "invalid choice: 'publish'" in error
