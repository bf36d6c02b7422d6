"""The programs of the real pages, as a copier runs them.

They run from an empty folder in an environment that sees torch and the usual
libraries and in which `import lessons` fails.
"""

from pathlib import Path

import pytest

from ahead import do_ahead
from bare import BarePython, Ran
from lessons.pages.project import Project
from lessons.pages.publishing.program import shown_output, to_program
from lessons.pages.reading.page import read_pages
from sandbox import ROOT

PROJECT = Project(ROOT)
PAGES = {page.name: page for page in read_pages(PROJECT, PROJECT.pages())}
PROBES = {
    "torch": "import torch\n",
    "lessons": "import lessons\n",
    "a submodule": "import matplotlib\n\nprint(matplotlib.pyplot)\n",
    "a line that fails": 'print("before", flush=True)\n\n1 / 0\n',
    "a folder": (
        "import os\n\nprint(os.listdir(), os.getcwd() == os.path.expanduser('~'))\n"
    ),
    "the end": (
        "import atexit\nimport threading\nimport time\n\n"
        "atexit.register(print, 'third')\n"
        "threading.Thread(target=lambda: (time.sleep(0.2), print('second'))).start()\n"
        "print('first')\n"
    ),
    "a death": "import os\n\nos._exit(0)\n",
    "an exit": "raise SystemExit(3)\n",
}


@do_ahead
def ran(_session: pytest.Session, folder: Path) -> dict[str, Ran]:
    """Run the programs of all pages, and those that try out what runs them."""
    programs = {page.name: to_program(page, "From a test.") for page in PAGES.values()}
    return BarePython.make(folder).run(PROBES | programs)


def without_places(text: str) -> str:
    """Drop where PyTorch raised a warning, as the pages do."""
    lines = text.rstrip().split("\n")
    return "\n".join(
        line.partition(" (Triggered internally")[0].rstrip() for line in lines
    )


def test_the_bare_environment_has_torch_and_not_the_lessons(
    ran: dict[str, Ran],
) -> None:
    assert ran["torch"] == Ran("", "")
    assert "ModuleNotFoundError: No module named 'lessons'" in ran["lessons"].error


def test_a_program_has_only_what_it_imports(ran: dict[str, Ran]) -> None:
    assert "has no attribute 'pyplot'" in ran["a submodule"].error


def test_a_program_that_fails_is_reported(ran: dict[str, Ran]) -> None:
    assert ran["a line that fails"].printed == "before\n"
    assert "line 3, in <module>\n    1 / 0\n" in ran["a line that fails"].error
    assert ran["a line that fails"].error.endswith(
        "ZeroDivisionError: division by zero\n"
    )
    assert ran["a death"].error == "it ended without a word"
    assert "SystemExit: 3" in ran["an exit"].error


def test_a_program_starts_in_an_empty_folder_and_ends_by_itself(
    ran: dict[str, Ran],
) -> None:
    assert ran["a folder"] == Ran("[] True\n", "")
    assert ran["the end"] == Ran("first\nsecond\nthird\n", "")


@pytest.mark.parametrize("name", PAGES)
def test_a_program_prints_what_its_page_shows(ran: dict[str, Ran], name: str) -> None:
    assert ran[name].error == ""
    shown = shown_output(PAGES[name])
    assert without_places(ran[name].printed) == without_places(shown)
