"""The programs of the real pages, as a copier runs them.

They run from an empty folder in an environment that sees torch and the usual
libraries and in which `import lessons` fails.
"""

import os
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

from lessons.pages.project import Project
from lessons.pages.publishing.program import shown_output, to_program
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running import torchvision_ops
from sandbox import ROOT

PROJECT = Project(ROOT)
PAGES = {PROJECT.name(path): path for path in PROJECT.pages()}
SHIM = "\ndeclare_missing()\n"


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a Python whose one .pth line names this environment's libraries.

    A `.pth` file found that way is not read, so our own editable package is not seen.
    """
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=True)
    (site_packages,) = folder.glob("lib/python3*/site-packages")
    libraries = sysconfig.get_path("purelib")
    (site_packages / "libraries.pth").write_text(f"{libraries}\n")
    return folder / "bin/python"


@pytest.fixture(scope="session")
def torchvision_python(
    bare_python: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Return the environment in which torchvision can be imported beside CPU torch."""
    folder = tmp_path_factory.mktemp("shim")
    source = Path(torchvision_ops.__file__).read_text(encoding="utf-8")
    (folder / "sitecustomize.py").write_text(source + SHIM, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def run(python: Path, code: str, folder: Path, **extra: str) -> tuple[str, str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        **extra,
    }
    done = subprocess.run(
        [python, "-W", "ignore:FigureCanvasAgg is non-interactive", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr if done.returncode else ""


def without_places(text: str) -> str:
    """Drop where PyTorch raised a warning, as the pages do."""
    lines = text.rstrip().split("\n")
    return "\n".join(
        line.partition(" (Triggered internally")[0].rstrip() for line in lines
    )


def test_the_bare_environment_has_torch_and_not_the_lessons(
    bare_python: Path, tmp_path: Path
) -> None:
    _, error = run(bare_python, "import torch", tmp_path)
    assert error == ""
    _, error = run(bare_python, "import lessons", tmp_path)
    assert "ModuleNotFoundError: No module named 'lessons'" in error


@pytest.mark.parametrize("name", PAGES)
def test_a_program_prints_what_its_page_shows(
    bare_python: Path, torchvision_python: dict[str, str], tmp_path: Path, name: str
) -> None:
    page: Page = read_pages(PROJECT, [PAGES[name]])[0]
    program = to_program(page, "From a test.")
    extra = torchvision_python if "torchvision" in program else {}
    printed, error = run(bare_python, program, tmp_path, **extra)
    assert error == ""
    assert without_places(printed) == without_places(shown_output(page))
