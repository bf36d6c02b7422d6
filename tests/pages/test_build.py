import fcntl
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing import build as module
from lessons.pages.publishing import inputs
from lessons.pages.publishing.build import Build, build
from lessons.pages.reading.steps import Page
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome
from sandbox import EXERCISE, FIGURE, Sandbox

PAGE = f"""\
# A page

Look at [itself](page.md#draw) and `2`{{= 1 + 1 }}.

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
    """Return what the build has made; beside the pages there is nothing of it."""
    beside = [path for path in project.docs.rglob("*") if path.is_file()]
    assert [path.name for path in beside if path.suffix != ".md"] == []
    return {
        path.relative_to(project.made).as_posix(): path.read_bytes()
        for path in project.made.rglob("*")
        if path.is_file()
    }


def test_a_page_gets_its_figures_program_and_notebook(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    assert build(sandbox.project) == 0
    assert sorted(files(sandbox.project)) == [
        "part/figures/page-line.dark.svg",
        "part/figures/page-line.narrow.dark.svg",
        "part/figures/page-line.narrow.svg",
        "part/figures/page-line.svg",
        "part/page-exercises.ipynb",
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
    assert "](../../part/page/#draw)" in prose
    assert "`2`." in prose
    assert "{=" not in prose
    assert '<a id="draw"></a>' in prose
    assert "> **Predict**\n> What will it say?" in prose
    assert code[1].metadata.tags == ["raises", "raises-exception"]
    assert "```" not in prose
    assert code[1].outputs[0].text == "first\nKeyError: 'k'\n"
    svg = code[0].outputs[0].data["image/svg+xml"]
    assert 'role="img" aria-label="a rising line to 2"' in svg
    assert [cell.id for cell in notebook.cells][:2] == ["cell-1", "cell-2"]
    assert code[5].metadata["jupyter"] == {"source_hidden": True}


def test_a_notebook_leaves_the_exercises_to_the_reader(sandbox: Sandbox) -> None:
    page = (
        "# A\n\n```python\nwanted = 2\n```\n\n## Do { #do }\n\nNow you.\n\n"
        "```python {.stub}\nx = ...\n```\n\n"
        '```python {.check}\nassert x is not ..., "the dots"\n'
        'assert x == wanted, "two"\n```\n\n??? tip "Hint"\n\n    Count.\n\n'
        '??? failure "A slip"\n\n    Why.\n\n'
        "    ```python {.wrong}\n    x = 1\n    ```\n\n    Because.\n\n"
        '??? success "Solution"\n\n    ```python {.solution}\n    x = 2\n    ```\n\n'
        '??? success "Another way"\n\n'
        "    ```python {.solution}\n    x = 1 + 1\n    ```\n\nThe end.\n"
    )
    sandbox.write(page)
    assert build(sandbox.project) == 0
    made = files(sandbox.project)
    names = ("-exercises.ipynb", ".ipynb", ".py")
    assert sorted(made) == [f"part/page{name}" for name in names]
    notebook = nbformat.reads(made["part/page-exercises.ipynb"], as_version=4)
    assert [cell.source for cell in notebook.cells] == [
        "# A",
        "wanted = 2",
        '<a id="do"></a>\n\n## Do\n\nNow you.',
        "x = ...",
        'assert x is not ..., "the dots"\nassert x == wanted, "two"',
        "> **Hint**\n>\n> Count.\n\nThe end.",
    ]
    full = nbformat.reads(made["part/page.ipynb"], as_version=4)
    assert [cell.source for cell in full.cells][-2:] == ["x = 1 + 1", "The end."]


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
        "> **A slip**",
        "> Why.\n\n> **Solution**",
        "> So.\n\n> **N**\n>\n> One.\n>\n> > **T**\n> >\n> > Two.\n\nEnd.",
    ]
    tags = [c.metadata.get("tags") for c in notebook.cells if c.cell_type == "code"]
    assert tags[0] == ["stub"]
    assert tags[2:] == [["wrong"], ["solution"]]


def test_the_program_prints_what_the_page_shows(sandbox: Sandbox) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    program = files(sandbox.project)["part/page.py"].decode()
    assert program.index("answer = 4") < program.index("assert answer == 4")
    assert "answer = 5" not in program
    assert "answer = ..." not in program
    assert "except Exception as error" in program


SMALL = "# B\n\n```python\nx = 1\n```\n"
INCLUDING = '# C\n\n```python\n--8<-- "part/lesson.py:RATE"\n```\n'


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


def test_a_build_runs_only_what_changed(sandbox: Sandbox, ran: list[str]) -> None:
    root = sandbox.project.root
    path = sandbox.write(PAGE)
    sandbox.write(SMALL, "b")
    sandbox.write(INCLUDING, "c")

    def rerun() -> list[str]:
        ran.clear()
        assert build(Project(root)) == 0
        return sorted(ran)

    assert rerun() == ["b", "c", "page"]
    assert rerun() == []
    edit(path, "[1, 2]", "[1, 3]")
    assert rerun() == ["page"]
    edit(root / "src/lessons/part/lesson.py", "twice `x`", "`x`, doubled")
    assert rerun() == []  # nobody includes it
    edit(root / "src/lessons/part/lesson.py", "0.5", "0.25")
    assert rerun() == ["c"]
    edit(root / "mkdocs.yml", "  language: en", "  language: de")
    assert rerun() == []
    edit(root / "mkdocs.yml", "site_name: Intro", "site_name: An intro")
    assert rerun() == ["b", "c", "page"]


@pytest.mark.parametrize(
    ("what", "value"),
    [("metadata.version", lambda _name: "0"), ("platform.python_version", lambda: "")],
)
def test_other_versions_run_everything(
    sandbox: Sandbox,
    ran: list[str],
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    value: object,
) -> None:
    sandbox.write(SMALL)
    build(sandbox.project)
    ran.clear()
    monkeypatch.setattr(f"lessons.pages.publishing.inputs.{what}", value)
    build(sandbox.project)
    assert ran == ["page"]


def test_a_build_that_is_less_exact_runs_everything(
    sandbox: Sandbox, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.write(SMALL)
    monkeypatch.setattr(module, "announce", lambda _root: False)
    build(sandbox.project)
    monkeypatch.setattr(module, "announce", lambda _root: True)
    build(sandbox.project)
    assert ran == ["page", "page"]


def test_the_list_of_what_is_not_run_is_looked_at_again(
    sandbox: Sandbox, ran: list[str]
) -> None:
    sandbox.write("# A\n\n```python {.shown}\nx = 1\n```\n")
    allowed = sandbox.project.docs / "reference/not-run.txt"
    allowed.parent.mkdir()
    allowed.write_text("docs/part/page.md\n")
    assert build(sandbox.project) == 0
    allowed.write_text("")
    assert build(sandbox.project) == 1
    assert ran == ["page"]


def test_a_build_mends_what_was_deleted_or_changed(
    sandbox: Sandbox, ran: list[str]
) -> None:
    sandbox.write(PAGE)
    build(sandbox.project)
    before = files(sandbox.project)
    (sandbox.project.made / "part/figures/page-line.svg").unlink()
    (sandbox.project.made / "part/page.py").write_text("stale")
    (sandbox.project.made / "part/page.ipynb.draft").write_text("of a killed build")
    ran.clear()
    build(sandbox.project)
    assert ran == ["page"]
    assert files(sandbox.project) == before


def test_what_no_page_has_any_more_is_deleted(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE)
    sandbox.write(SMALL, "b")
    build(sandbox.project)
    path.unlink()
    build(sandbox.project)
    assert sorted(files(sandbox.project)) == ["part/b.ipynb", "part/b.py"]


def test_a_renamed_folder_leaves_nothing_behind(sandbox: Sandbox) -> None:
    path = sandbox.write(PAGE)
    build(sandbox.project)
    before = files(sandbox.project)
    path.parent.rename(sandbox.project.docs / "renamed")
    build(sandbox.project)
    after = {name.replace("renamed/", "part/") for name in files(sandbox.project)}
    assert after == set(before)
    assert [path.name for path in sandbox.project.made.iterdir()] == ["renamed"]


@pytest.mark.parametrize("text", [PAGE, PAGE.replace("KeyError: 'k'", "no")])
def test_what_an_author_put_beside_the_pages_stays(sandbox: Sandbox, text: str) -> None:
    page = sandbox.write(text)
    own = [page.parent / name for name in ("own.ipynb", "own.py", "figures/own.svg")]
    (page.parent / "figures").mkdir()
    for path in own:
        path.write_text("by hand")
    for _ in range(2):
        build(sandbox.project)
    page.rename(page.with_name("renamed.md"))
    build(sandbox.project)
    assert [path.read_text() for path in own] == ["by hand"] * 3


@pytest.mark.parametrize(
    "name", ["page.py", "page.ipynb", "figures/page-line.dark.svg"]
)
def test_a_file_of_a_name_that_the_build_uses_is_named(
    sandbox: Sandbox, ran: list[str], name: str
) -> None:
    page = sandbox.write(PAGE)
    build(sandbox.project)  # it may appear between two builds
    path = page.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("by hand")
    ran.clear()
    message = (
        rf"^docs/part/{name}: the build makes part/{name} from docs/part/page\.md; give"
    )
    with pytest.raises(ProjectError, match=message):
        build(sandbox.project)
    assert ran == []
    assert path.read_text() == "by hand"


def test_two_pages_do_not_make_the_same_file(sandbox: Sandbox) -> None:
    sandbox.write(FIGURE.replace("page-line", "page-line-thin"))
    sandbox.write(FIGURE.replace("page-line", "page-line-thin"), "page-line")
    message = (
        "docs/part/page-line.md: the build makes part/figures/page-line-thin.svg from"
    )
    with pytest.raises(ProjectError, match=message):
        build(sandbox.project)


def test_nothing_of_a_page_that_fails_is_written(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.write(PAGE.replace("KeyError: 'k'", "KeyError: 'l'"))
    assert build(sandbox.project) == 1
    assert files(sandbox.project) == {}
    assert "docs/part/page.md:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "3", "{}", '{"docs/part/page.md": 3}', '{"for": "x", "pages": 1}'],
)
def test_a_ledger_of_another_shape_is_made_anew(
    sandbox: Sandbox, ran: list[str], text: str
) -> None:
    sandbox.write(SMALL)
    build(sandbox.project)
    ledger = sandbox.project.cache / "ledger.json"
    before = ledger.read_text()
    ledger.write_text(text)
    assert build(sandbox.project) == 0
    assert ran == ["page", "page"]
    assert ledger.read_text() == before


def test_what_a_page_is_changed_to_meanwhile_is_not_published(sandbox: Sandbox) -> None:
    page = sandbox.write(SMALL)
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    for path in (page, lesson, sandbox.project.root / "mkdocs.yml"):
        running = Build(sandbox.project)
        assert running.run() == []
        running.confirm()
        path.write_text(path.read_text() + "\n")
        name = sandbox.project.name(path)
        with pytest.raises(
            ProjectError, match=f"^{name} changed while it was being built"
        ):
            running.confirm()


def test_a_page_that_appears_meanwhile_is_not_published(sandbox: Sandbox) -> None:
    sandbox.write(SMALL)
    running = Build(sandbox.project)
    sandbox.write(SMALL, "b")
    with pytest.raises(ProjectError, match=r"b\.md changed while it was being built"):
        running.confirm()


def test_code_that_was_not_imported_vouches_for_nothing(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machinery changes: before a build, and while its pages are running."""
    sandbox.write(SMALL)
    before = inputs._machinery()
    path = next(path for path in before if path.name == "run.py")
    readings = [before, {**before, path: "changed"}]
    monkeypatch.setattr(inputs, "_machinery", lambda: readings.pop(0))
    message = "lessons/pages/running/run.py changed since this command was started"
    with pytest.raises(ProjectError, match=message):
        build(sandbox.project)
    assert files(sandbox.project) == {}
    readings[:] = [{**before, path: "changed"}]
    with pytest.raises(ProjectError, match=message):
        Build(sandbox.project)


@pytest.mark.parametrize("name", ["a.b", "über", "a#b", "50%", "x" * 70])
def test_a_name_that_cannot_be_an_address_is_refused(
    sandbox: Sandbox, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sandbox.write(SMALL, name)
    assert build(sandbox.project) == 1
    assert f'docs/part/{name}.md:1: "{name}" cannot be' in capsys.readouterr().err


def test_two_builds_at_once_are_refused(sandbox: Sandbox) -> None:
    sandbox.project.cache.mkdir(parents=True)
    with (sandbox.project.cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with (
            pytest.raises(ProjectError, match="another build is running"),
            sandbox.project.locked(),
        ):
            raise AssertionError("the lock was not respected")


def test_a_page_that_is_not_utf8_is_refused(
    sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sandbox.write("# A\n")
    path.write_bytes(b"# \xff\n")
    assert build(sandbox.project) == 1
    assert "docs/part/page.md:1: unreadable: not UTF-8 text" in capsys.readouterr().err


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
