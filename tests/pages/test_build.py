import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing import build as module
from lessons.pages.publishing.build import build
from lessons.pages.reading.steps import Page
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome
from sandbox import EXERCISE, FIGURE, Sandbox

PAGE = f"""\
# A page

Look at [another](other.md#part) and `2`{{= 1 + 1 }}.

## Draw {{ #draw }}

{FIGURE.replace("a line", "a rising line to 2{= 1 + 1 }")}
!!! note "Predict"
    What will it say?

    ```python {{.raises}}
    print("first")
    raise KeyError("k")
    ```

    ```output
    first
    KeyError: 'k'
    ```

{EXERCISE}"""


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the pages that builds run, as they run them."""
    names: list[str] = []
    original = module.run_pages

    def recording(
        project: Project, pages: list[Page], terms: Terms
    ) -> Iterator[Outcome]:
        names.extend(page.path.stem for page in pages)
        return original(project, pages, terms)

    monkeypatch.setattr(module, "run_pages", recording)
    return names


def files(project: Project) -> dict[str, bytes]:
    return {
        path.relative_to(project.docs).as_posix(): path.read_bytes()
        for path in project.docs.rglob("*")
        if path.is_file() and path.suffix != ".md"
    }


def test_a_page_gets_its_figures_program_and_notebook(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    assert build(sandbox.project) == 0
    assert sorted(files(sandbox.project)) == [
        "part/figures/page-line.dark.svg",
        "part/figures/page-line.svg",
        "part/page.ipynb",
        "part/page.py",
    ]


def test_the_twins_differ_in_colours_only(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    made = files(sandbox.project)
    light = made["part/figures/page-line.svg"]
    dark = made["part/figures/page-line.dark.svg"]
    assert light != dark
    assert len(light) == len(dark)


def test_the_notebook_is_valid_and_carries_what_was_run(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    notebook = nbformat.reads(files(sandbox.project)["part/page.ipynb"], as_version=4)
    nbformat.validate(notebook)
    prose = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == [
        block.source.text for block in sandbox.read(PAGE).blocks
    ]
    assert "](../../part/other/#part)" in prose
    assert "`2`." in prose
    assert "{=" not in prose
    assert '<a id="draw"></a>' in prose
    assert "> **Predict**\n> What will it say?" in prose
    assert code[1].metadata.tags == ["raises", "boxed", "raises-exception"]
    assert "```" not in prose
    assert code[1].outputs[0].text == "first\nKeyError: 'k'\n"
    svg = code[0].outputs[0].data["image/svg+xml"]
    assert 'role="img" aria-label="a rising line to 2"' in svg
    assert "var(--figure-model" in svg
    assert [cell.id for cell in notebook.cells][:2] == ["page-1", "page-2"]
    assert code[5].metadata["jupyter"] == {"source_hidden": True}


def test_boxes_of_a_notebook_are_quotations_with_one_blank_line(
    sandbox: Sandbox,
) -> None:
    box = '??? {} "{}"\n\n    ```python {{.{}}}\n    x = {}\n    ```\n\n    {}\n\n'
    page = (
        "# A\n\n```python {.stub}\nx = ...\n```\n\n"
        '```python {.check}\nassert x == 2, "two"\n```\n\n'
        + box.format("failure", "A slip", "wrong", 1, "Why.")
        + box.format("success", "Solution", "solution", 2, "So.")
        + '\n!!! note "N"\n\n\n    One.\n\n\n    !!! tip "T"\n\n        Two.\n\nEnd.\n'
    )
    sandbox.write(page)
    build(sandbox.project)
    notebook = nbformat.reads(files(sandbox.project)["part/page.ipynb"], as_version=4)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert prose == [
        "# A",
        "> <!-- ??? failure -->\n>\n> **A slip**",
        "> Why.\n\n> <!-- ??? success -->\n>\n> **Solution**",
        "> So.\n\n> <!-- !!! note -->\n>\n> **N**\n>\n> One.\n>\n"
        "> > <!-- !!! tip -->\n> >\n> > **T**\n> >\n> > Two.\n\nEnd.",
    ]
    tags = [c.metadata.get("tags") for c in notebook.cells if c.cell_type == "code"]
    assert tags[0] == ["stub"]
    assert tags[2:] == [["wrong", "boxed"], ["solution", "boxed"]]


@pytest.mark.parametrize(
    ("around", "expected"),
    [
        ("{}", None),
        ('!!! note "N"\n\n    Words.\n\n{}', None),
        ('!!! note "N"\n\n    Words.\n\n1. One.\n\n    {}', None),
        ('=== "Tab"\n\n    {}', None),
        ('!!! note "N"\n\n    {}', ["boxed"]),
        ('!!! note "N"\n\n    !!! tip "T"\n\n        Words.\n\n    {}', ["boxed"]),
    ],
)
def test_only_code_inside_a_box_is_a_part_of_it(
    sandbox: Sandbox, around: str, expected: list[str] | None
) -> None:
    head, _, _ = around.partition("{}")
    indent = head.rpartition("\n")[2]
    fence = f"\n{indent}".join(("```python", "x = 1", "```"))
    sandbox.write(f"# A\n\n{around.format(fence)}\n")
    build(sandbox.project)
    notebook = nbformat.reads(files(sandbox.project)["part/page.ipynb"], as_version=4)
    (code,) = (cell for cell in notebook.cells if cell.cell_type == "code")
    assert code.metadata.get("tags") == expected


def test_the_program_prints_what_the_page_shows(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    program = files(sandbox.project)["part/page.py"].decode()
    assert program.index("answer = 4") < program.index("assert answer == 4")
    assert "answer = 5" not in program
    assert "answer = ..." not in program
    assert "except Exception as error" in program


def test_a_build_runs_only_what_changed(sandbox: Sandbox, ran: list[str]) -> None:
    path = sandbox.write(PAGE)
    sandbox.write("# B\n\n```python\nx = 1\n```\n", "b")
    build(sandbox.project)
    assert sorted(ran) == ["b", "page"]
    ran.clear()
    build(sandbox.project)
    assert ran == []
    path.write_text(PAGE.replace("[1, 2]", "[1, 3]"))
    build(sandbox.project)
    assert ran == ["page"]
    ran.clear()
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    lesson.write_text(lesson.read_text().replace("0.5", "0.25"))
    build(sandbox.project)
    assert sorted(ran) == ["b", "page"]


def test_a_build_mends_what_was_deleted_or_changed(
    sandbox: Sandbox, ran: list[str]
) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    before = files(sandbox.project)
    (sandbox.project.docs / "part/figures/page-line.svg").unlink()
    (sandbox.project.docs / "part/page.py").write_text("stale")
    ran.clear()
    build(sandbox.project)
    assert ran == ["page"]
    assert files(sandbox.project) == before


def test_what_no_page_has_any_more_is_deleted(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE)
    sandbox.write("# B\n\n```python\nx = 1\n```\n", "b")
    build(sandbox.project)
    path.unlink()
    build(sandbox.project)
    assert sorted(files(sandbox.project)) == ["part/b.ipynb", "part/b.py"]


def test_nothing_of_a_page_that_fails_is_written(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.write(PAGE.replace("KeyError: 'k'", "KeyError: 'l'"))
    assert build(sandbox.project) == 1
    assert files(sandbox.project) == {}
    assert "docs/part/page.md:" in capsys.readouterr().err


def test_a_broken_ledger_is_made_anew(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    ledger = sandbox.project.cache / "ledger.json"
    ledger.write_text("{")
    assert build(sandbox.project) == 0
    assert "docs/part/page.md" in json.loads(ledger.read_text())


def test_two_builds_at_once_are_refused(sandbox: Sandbox) -> None:
    sandbox.project.cache.mkdir(parents=True)
    with (sandbox.project.cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with (
            pytest.raises(ProjectError, match="another build is running"),
            sandbox.project.locked(),
        ):
            raise AssertionError("the lock was not respected")


def test_a_page_that_is_not_utf8_is_refused(sandbox: Sandbox) -> None:
    path = sandbox.write("# A\n")
    path.write_bytes(b"# \xff\n")
    with pytest.raises(ProjectError, match=r"docs/part/page\.md: not UTF-8 text"):
        build(sandbox.project)


def test_an_empty_site_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ProjectError, match=r"no pages"):
        build(sandbox.project)


def test_a_page_that_is_not_there_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.write("# A\n")
    with pytest.raises(ProjectError, match="there is no such page"):
        sandbox.project.select([tmp_path / "docs/none.md"])
    (tmp_path / "other.md").touch()
    with pytest.raises(ProjectError, match="not a page"):
        sandbox.project.select([tmp_path / "other.md"])
