"""`pytest docs/page.md` and what it counts, as people see it."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from lessons.pages.running.record import Terms
from lessons.pages.verifying.census import census
from sandbox import EXERCISE, FIGURE, Sandbox

PRINTS = "```python\nprint(1)\n```\n\n```output\n1\n```\n"
PAGE = f"# A\n\n{PRINTS}\n{FIGURE}\n{EXERCISE}\n`2`{{= 1 + 1 }}\n"
PAGE += '\n??? predict "Two?"\n\n    2{= 1 + 1 }\n'
COUNTS = (
    "1 pages, 6 blocks, 0 blocks shown only, 1 outputs, 1 figures, 1 exercises, "
    "2 computed numbers, 1 predictions, 0 explorables"
)


def verify(sandbox: Sandbox, *names: str) -> tuple[int, str]:
    plugins = ("-p", "lessons.pages.verifying.collect", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir=.", *plugins, *names],
        cwd=sandbox.project.root,
        env={name: value for name, value in os.environ.items() if name != "CI"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("narrow", [False, True])
def test_the_census_of_a_green_page(sandbox: Sandbox, narrow: bool) -> None:
    outcome = sandbox.run(PAGE, Terms(narrow=narrow))
    drawn = [name for each in outcome.records.values() for name in each.figures]
    assert len(drawn) == 1 + narrow
    line, found = census([outcome], sandbox.project)
    assert (line, found) == (COUNTS, [])


@pytest.mark.parametrize(
    ("more", "what", "verified", "searched"),
    [
        ("```python\nx = 1\n```\n", "blocks", 6, 7),
        ("```python {.shown}\nx = 1\n```\n", "blocks shown only", 0, 1),
        ("```output\n1\n```\n", "outputs", 1, 2),
        ("![a](figures/page-b.svg)\n", "figures", 1, 2),
        ("```python {.stub}\nx = 1\n```\n", "exercises", 1, 2),
        ("1{= 1 }\n", "computed numbers", 2, 3),
        ('??? predict "Three?"\n', "predictions", 1, 2),
    ],
)
def test_what_was_not_verified_is_named(
    sandbox: Sandbox, more: str, what: str, verified: int, searched: int
) -> None:
    outcome = sandbox.run(PAGE)
    sandbox.write(PAGE + more)
    _, found = census([outcome], sandbox.project)
    counts = f"{verified} verified, a plain search finds {searched}"
    assert f"docs/part/page.md:1: {what}: {counts}" in found


def test_what_failed_or_did_not_run_is_not_counted(sandbox: Sandbox) -> None:
    outcome = sandbox.run(PAGE)
    results = [replace(result, status="not run") for result in outcome.results]
    line, found = census([replace(outcome, results=results)], sandbox.project)
    assert line.startswith("1 pages, 0 blocks, 0 blocks shown only, 0 outputs, 0 fig")
    assert "docs/part/page.md:1: blocks: 0 verified, a plain search finds 6" in found
    failed = sandbox.run(PAGE.replace("print(1)", "print(2)"))
    line, found = census([failed], sandbox.project)
    assert line.startswith("0 pages, 5 blocks, 0 blocks shown only, 0 outputs, 1 fig")
    assert found == []  # the failure itself is enough


def test_a_session_whose_counts_differ_is_red_in_words(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    code, said = verify(sandbox, "docs")
    assert code == 0, said
    assert f"verified {COUNTS}\n" in said
    sandbox.write(f"{PAGE}\n```text\n1{{= 1 }}\n```\n")
    code, said = verify(sandbox, "docs")
    assert code == 1
    message = "computed numbers: 2 verified, a plain search finds 3"
    assert f"ERROR docs/part/page.md:1: {message}\n" in said


def test_everything_that_is_wrong_is_said_at_once(sandbox: Sandbox) -> None:
    sandbox.write("[x](no.md)\n", "other")
    (sandbox.project.docs / "a.markdown").touch()
    wrong = PRINTS.replace("\n1\n", "\n2\n")
    sandbox.write(
        f"[x](no.md)\n\n{wrong}\n3{{= 4 }}\n\n```python\n1 / 0\nx=1\n```\n\n5{{= 6 }}\n"
    )
    code, said = verify(sandbox, "docs/part/page.md")
    assert code == 1
    assert [line for line in said.split("\n") if line.startswith(("E  ", "docs/"))] == [
        "docs/a.markdown:1: not a page; name it a.md",
        "docs/part/page.md:1: there is no such file: no.md",
        "docs/part/page.md:13: not as ruff formats it: make accept formats the blocks "
        "of a page",
        "docs/part/page.md:8: the output differs from the run",
        "docs/part/page.md:11: the page says 3, 4 is 4",
        "docs/part/page.md:14: the block raised ZeroDivisionError: division by zero",
    ]
    assert "4 failed, 1 skipped" in said


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("docs/part/no.md", 4, "file or directory not found: docs/part/no.md"),
        ("docs/reference", 4, "docs: no block of any page was collected"),
        ("docs/reference/words.md", 0, "verified 1 pages, 0 blocks"),
    ],
)
def test_a_page_without_blocks_and_a_mistyped_one(
    sandbox: Sandbox, name: str, code: int, reason: str
) -> None:
    sandbox.write(PAGE)
    words = sandbox.project.docs / "reference/words.md"
    words.parent.mkdir()
    words.write_text("# Words\n")
    done, said = verify(sandbox, name)
    assert (done, reason in said) == (code, True), said


def test_a_configuration_that_cannot_be_read(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    (sandbox.project.root / "mkdocs.yml").write_text("nav: [\n")
    code, said = verify(sandbox, "docs")
    assert code == 4
    assert "ERROR: mkdocs.yml:2: not YAML" in said
    assert "Traceback" not in said


def test_a_system_on_which_no_page_can_run_is_told_so() -> None:
    code = "import os; del os.fork; import lessons.pages.__main__"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "error: this runs on Linux and macOS; on Windows use WSL\n"
