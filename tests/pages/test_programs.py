"""The programs of the real pages, as a copier runs them.

They run from an empty folder in an environment that sees torch and the usual
libraries and in which `import lessons` fails.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

from ahead import do_ahead
from bare import BarePython, Ran, without_places
from counts import count
from course import PAGES, PROJECT, SLICES
from lessons.pages.publishing.program import (
    shown_output,
    to_program,
    visible_blocks,
)
from lessons.pages.reading.page import parse_pages
from lessons.pages.reading.slices import Slice, slices
from lessons.pages.reading.steps import Page
from sandbox import ROOT

OPEN = {f"{name}, visible": page for name, page in PAGES.items()}
BOX = '??? note "{}"\n\n    ```python\n    hidden = 1\n    ```\n\n'
NEEDY = "```python\nprint(hidden)\n```\n"
CAUGHT = f"{BOX.format('A box')}{NEEDY.replace('python', 'python {.raises}')}"
PLANTED = {
    "a box": BOX.format("A box") + NEEDY,
    "a box that is open": BOX.format("A box").replace("???", "???+") + NEEDY,
    "a box in a box": (
        '??? note "A box"\n\n    Words.\n\n    !!! note\n\n'
        "        ```python\n        hidden = 1\n        ```\n\n"
    )
    + NEEDY,
    "earlier chapters": BOX.format("From earlier chapters") + NEEDY,
    "a drawing": "```python {.draw}\nhidden = 1\n```\n" + NEEDY,
    "an exercise": "```python {.solution}\nhidden = 1\n```\n" + NEEDY,
    "an error that is caught": CAUGHT,
}
TEXTS = {ROOT / f"docs/tensors/{name}.md": text for name, text in PLANTED.items()}
TRIED = dict(zip(PLANTED, parse_pages(PROJECT, TEXTS), strict=True))
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
    programs |= {
        name: visible_program(page) for name, page in OPEN.items() if not ALONE[name]
    }
    programs |= {name: visible_program(page) for name, page in TRIED.items()}
    return BarePython.make(folder).run(PROBES | programs)


def visible_program(page: Page) -> str:
    return to_program(page, "From a test.", visible_blocks(page))


def stands_alone(page: Page, every: Iterable[Slice]) -> bool:
    """Whether each visible block needs no block but visible ones.

    Then what is visible needs no run of its own: the page runs with all of its blocks,
    and each block with only those that it needs is a copy, which `test_copies` runs.
    """
    visible = [block.line for block in visible_blocks(page)]
    return not page.problems and all(
        need.line in visible
        for each in every
        if each.block.line in visible
        for need in each.needs
    )


ALONE = {name: stands_alone(page, SLICES[page.name]) for name, page in OPEN.items()}
ALONE |= {name: stands_alone(page, slices(page)) for name, page in TRIED.items()}


def missing(ran: Ran, shown: str) -> str:
    """Return why the visible blocks of a page are not enough, if they are not.

    A block that is to raise might raise for the lack of a name, which is caught.
    """
    if ran.error:
        return ran.error
    return (
        ran.printed if ran.printed.count("NameError") > shown.count("NameError") else ""
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


@pytest.mark.parametrize("name", OPEN)
def test_the_visible_blocks_of_a_page_are_enough(
    ran: dict[str, Ran], name: str, request: pytest.FixtureRequest
) -> None:
    page = OPEN[name]
    reason = "" if ALONE[name] else missing(ran[name], shown_output(page))
    assert reason == "", f"{page.name}: what readers see without opening a box"
    if page.blocks:
        count(request.config, "programs of what is visible")


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_hidden_is_missed(ran: dict[str, Ran], name: str) -> None:
    reason = missing(ran[name], "")
    if name in ("a box that is open", "earlier chapters"):
        assert (reason, ran[name].printed) == ("", "1\n")
        assert ALONE[name]
    else:
        assert "NameError: name 'hidden' is not defined" in reason
        assert not ALONE[name]
