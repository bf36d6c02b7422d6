"""Faults planted in a copy of the real pages: the real commands go red for each.

Every fault is planted in a page that is green before, and must be named with the
page and the line.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox import EXERCISE, FIGURE, ROOT

CHAPTER = "docs/tensors/one-dimensional.md"
LAB = "docs/labs/first-tensors.md"
COPIED = ("docs", "src", "constraints.txt", "mkdocs.yml", "pyproject.toml")
MISSPELT = "```python {.rises}\nx = 1\n```\n"
DRAWING = FIGURE.replace("page-line", "STEM-planted")
TASK = EXERCISE.replace("answer", "planted")


@dataclass
class Copy:
    """A copy of the project in which faults may be planted."""

    root: Path

    def run(self, *command: str, seconds: float = 60) -> tuple[int, str]:
        """Run a command as a person would; return its exit code and all it said."""
        environment = os.environ | {
            "PYTHONPATH": str(self.root / "src"),
            "LESSONS_TIME_LIMIT": str(seconds),
        }
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def verify(self, page: str, seconds: float = 60) -> tuple[int, str]:
        """Verify one page."""
        return self.run("pytest", page, "-q", "-p", "no:cacheprovider", seconds=seconds)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    root = tmp_path_factory.mktemp("faults") / "project"
    root.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copy(source, root / name)
    copy = Copy(root)
    for page in (CHAPTER, LAB):
        code, said = copy.verify(page)
        assert code == 0, said
    return copy


@pytest.fixture
def copy(original: Copy) -> Iterator[Copy]:
    kept = {
        path: (original.root / path).read_bytes()
        for path in (CHAPTER, LAB, "mkdocs.yml")
    }
    yield original
    for path, data in kept.items():
        (original.root / path).write_bytes(data)


Plant = Callable[[str], tuple[str, str]]


def append(text: str, mark: str) -> Plant:
    """Plant `text` at the end; the fault is in the line that `mark` begins."""
    return lambda page: (f"{page}\n{text}", mark)


def in_box(opening: str) -> Plant:
    """Plant a block that raises inside a box of the page."""
    block = "    ```python\n    planted = 1 / 0\n    ```\n"
    return append(f"{opening}\n\n{block}", "    planted = 1 / 0")


def change(pattern: str, replacement: str, mark: str = "") -> Plant:
    """Replace the first match of `pattern`; the fault is in the changed line."""

    def plant(page: str) -> tuple[str, str]:
        match = re.search(pattern, page, re.MULTILINE)
        assert match, f"{pattern} does not occur"
        new = match.expand(replacement)
        changed = page[: match.start()] + new + page[match.end() :]
        line = changed.count("\n", 0, match.start() + len(new) - 1)
        return changed, mark or changed.split("\n")[line]

    return plant


FAULTS: dict[str, tuple[Plant, str]] = {
    "a changed digit in an output": (
        change(r"(?<=```output\n)(.*?)\d", r"\g<1>987"),
        "the output differs from the run",
    ),
    "a changed digit in a computed number": (
        change(r"\d(?=`?\{= )", "987"),
        "the page says",
    ),
    "a missing output": (
        append("```python\nprint(1)\n```\n", "```python"),
        "a missing",
    ),
    "an output too many": (append("```output\n1\n```\n", "```output"), "too many"),
    "a block that raises": (
        append("```python\n\nplanted = 1 / 0\n```\n", "planted = 1"),
        "ZeroDivisionError: division by zero",
    ),
    "a raises block that does not": (
        append("```python {.raises}\nplanted = 1\n```\n\n```output\nx\n```\n", "```py"),
        "is marked .raises and does not raise",
    ),
    "a raises block with another message": (
        append(
            "```python {.raises}\n1 / 0\n```\n\n```output\nValueError: x\n```\n",
            "ValueError: x",
        ),
        "+ZeroDivisionError: division by zero",
    ),
    "an unexpected warning": (
        append('```python\nimport warnings\n\nwarnings.warn("w")\n```\n', "```python"),
        "an unexpected warning: UserWarning: w",
    ),
    "a fault in a block with a title": (
        append('```python title="x"\nplanted = 1 / 0\n```\n', "planted"),
        "ZeroDivisionError",
    ),
    "a fault in a tab": (in_box('=== "Tab"'), "ZeroDivisionError"),
    "a fault in a list": (in_box("- an item"), "ZeroDivisionError"),
    "a fault in a collapsed box": (in_box('??? note "Box"'), "ZeroDivisionError"),
    "a wrong tag": (append("```py\nx = 1\n```\n", "```py\n"), 'unknown tag "py"'),
    "a brace-first form": (append("```{.python}\nx = 1\n```\n", "```{"), "not"),
    "a misspelt class": (append(MISSPELT, "```python {.r"), 'unknown class ".rises"'),
    "a fence that the renderer does not see": (
        append(
            "<!--\n\n```python\nx = 1\n```\n\n-->\n", "```python\nx = 1\n```\n\n-->"
        ),
        "renderer and runner see this differently",
    ),
    "a fence with four backticks": (
        append("````python\nx = 1\n````\n", "````python"),
        "a fence opens with three backticks",
    ),
    "an include of nothing": (
        append('```python\n--8<-- "tensors/sharing.py:nothing"\n```\n', "--8<--"),
        "tensors/sharing.py has no 'nothing'",
    ),
    "an include beside code": (
        append('```python\nx = 1\n--8<-- "tensors/sharing.py:x"\n```\n', "```python"),
        "one include or inline code, not both",
    ),
    "a figure drawn and not shown": (
        append(DRAWING.split("![", maxsplit=1)[0], "```python\nimport matplotlib"),
        "draws 1 figures and 0 are shown",
    ),
    "a figure shown and not drawn": (
        append("```python\nx = 1\n```\n\n![a](figures/STEM-planted.svg)\n", "![a]"),
        "draws 0 figures and 1 are shown",
    ),
    "a figure named twice": (
        append(f"{DRAWING}\n{DRAWING.replace('![a', '![b')}", "![b"),
        "is named twice",
    ),
    "a figure too heavy": (
        append(
            DRAWING.replace("[1, 2]", "[i * i % 977 for i in range(20000)]"),
            "![a",
        ),
        "is too heavy",
    ),
    "a figure without alternative text": (
        append(DRAWING.replace("![a line]", "![]"), "![]"),
        "has no alternative text",
    ),
    "an axis without a label": (
        append(DRAWING.replace('xlabel="x", ', ""), "![a"),
        "has no label on its x axis",
    ),
    "an exercise whose check passes on the stub": (
        append(
            TASK.replace("planted = ...", "planted = 4"),
            "```python {.stub}",
        ),
        "the check passes on the .stub",
    ),
    "an exercise whose check passes on the common slip": (
        append(TASK.replace("planted = 5", "planted = 4"), "```python {.wrong}"),
        "the check passes on the .wrong",
    ),
    "an exercise whose check fails on the solution": (
        append(TASK.replace("planted = 4", "planted = 6"), "assert planted"),
        "AssertionError: two times two is four",
    ),
    "an expression that raises": (
        append("It is 1{= nothing_of_this_name }.\n", "It is"),
        "raises NameError",
    ),
    "a raw code annotation": (
        append("```python\nx = 1  # (1)!\n```\n", "```python"),
        "annotation",
    ),
    "a page that opens a connection": (
        append(
            "```python\nimport socket\n\n"
            'planted = socket.create_connection(("192.0.2.1", 9))\n```\n',
            "planted = socket",
        ),
        "a page has no network",
    ),
    "a page that writes into the project": (
        append("```python\nplanted = open('ROOT/docs/x.txt', 'w')\n```\n", "planted ="),
        "does not write into the project: docs/x.txt",
    ),
    "a page that imports the lessons": (
        append("```python\nfrom lessons.tensors import sharing\n```\n", "```python"),
        "never imports lessons",
    ),
    "a block that is not run and not listed": (
        append("```python {.shown}\nx = 1\n```\n", "```python {.shown}"),
        "must be listed",
    ),
}


@pytest.mark.parametrize("page", [CHAPTER, LAB])
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_goes_red(copy: Copy, name: str, page: str) -> None:
    plant, reason = FAULTS[name]
    path = copy.root / page
    text, mark = plant(path.read_text(encoding="utf-8"))
    text = text.replace("STEM", path.stem).replace("ROOT", str(copy.root))
    path.write_text(text, encoding="utf-8")
    start = text.rindex(mark.replace("STEM", path.stem).replace("ROOT", str(copy.root)))
    line = text.count("\n", 0, start) + 1
    code, said = copy.verify(page)
    assert code == 1, said
    place = re.search(rf"^(E +)?{re.escape(page)}:{line}: .*$", said, re.MULTILINE)
    assert place, f"{page}:{line} is not named in\n{said}"
    assert reason in said


def test_an_endless_loop_goes_red(copy: Copy) -> None:
    path = copy.root / LAB
    text = (
        path.read_text(encoding="utf-8") + "\n```python\nwhile True:\n    x = 1\n```\n"
    )
    path.write_text(text, encoding="utf-8")
    code, said = copy.verify(LAB, seconds=10)
    assert code == 1
    last = text.count("\n")
    assert re.search(rf"{LAB}:({last - 2}|{last - 1}): .*over the time limit", said), (
        said
    )


def test_an_empty_docs_folder_goes_red(tmp_path: Path) -> None:
    for name in COPIED:
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src")
    (tmp_path / "docs").mkdir()
    copy = Copy(tmp_path)
    code, said = copy.run("pytest", "docs")
    assert code != 0
    assert "docs: no block of any page was collected" in said
    code, said = copy.run("lessons.pages", "site")
    assert code == 1
    assert "no pages (*.md) here" in said


SITE_FAULTS: dict[str, tuple[str, Plant, str]] = {
    "a dead link": (CHAPTER, append("[x](nowhere.md)\n", "[x]"), "no such file"),
    "a dead anchor": (
        CHAPTER,
        append("[x](sharing.md#nowhere)\n", "[x]"),
        "no such anchor",
    ),
    "a dead anchor in the same page": (
        CHAPTER,
        append("[x](#nowhere)\n", "[x]"),
        "no such anchor",
    ),
    "a missing picture": (
        CHAPTER,
        append('<img src="../nowhere.png" alt="x">\n', "<img"),
        "no such file",
    ),
    "a dead link in a lab": (LAB, append("[x](nowhere.md)\n", "[x]"), "no such file"),
    "a dead anchor in a lab": (
        LAB,
        append("[x](../tensors/sharing.md#nowhere)\n", "[x]"),
        "no such anchor",
    ),
}


def test_faults_of_the_site_go_red(copy: Copy) -> None:
    """One build each for no fault, for all faults at once, and for a missing script."""
    code, said = copy.run("lessons.pages", "site")
    assert code == 0, said
    before = (copy.root / "site/index.html").stat().st_mtime_ns
    expected = []
    for page, plant, reason in SITE_FAULTS.values():
        path = copy.root / page
        text, _ = plant(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        expected.append((f"{page}:{text.count(chr(10))}: ", reason))
    code, said = copy.run("lessons.pages", "site")
    assert code == 1, said
    for place, reason in expected:
        assert re.search(rf"{re.escape(place)}.*{reason}", said), f"{place} {said}"
    assert (copy.root / "site/index.html").stat().st_mtime_ns == before


def test_a_missing_script_goes_red(copy: Copy) -> None:
    path = copy.root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    text += "\nextra_javascript: [assets/javascripts/nowhere.js]\n"
    path.write_text(text, encoding="utf-8")
    code, said = copy.run("lessons.pages", "site")
    assert code == 1
    assert "nowhere.js" in said
