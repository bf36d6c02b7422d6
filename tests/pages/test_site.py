"""The site as a whole, of a small project with a plain theme."""

import shutil
from collections.abc import Callable, Iterator
from functools import partialmethod
from itertools import count
from pathlib import Path

import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing import build as building
from lessons.pages.publishing.search import INDEX
from lessons.pages.publishing.site import HOOK, make_site
from lessons.pages.running.workers import Outcome, run_pages
from sandbox import Sandbox
from small import CONFIG, PAGE, make_small

Move = Callable[[Path, Path], object]


@pytest.fixture
def small(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Return a project whose site is quickly built, and go there."""
    make_small(sandbox)
    monkeypatch.chdir(sandbox.project.root)
    return sandbox


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def made(sandbox: Sandbox) -> dict[str, bytes]:
    """Build the site; return its files."""
    assert make_site(Project(sandbox.project.root)) == 0
    return tree(sandbox.project.root / "site")


def test_what_is_made_from_a_page_is_a_part_of_the_site(small: Sandbox) -> None:
    site = made(small)
    for name, data in tree(small.project.made).items():
        assert site[name] == data
    html = site["part/page/index.html"].decode()
    assert 'src="../figures/page-line.svg#only-light"' in html
    assert 'height="435"' in html
    assert '["part/page/","A page","Part"]' in site[INDEX].decode()
    assert sorted(path.name for path in (small.project.docs / "part").iterdir()) == [
        "page.md"
    ]


def test_a_figure_without_a_form_for_phones_is_marked(small: Sandbox) -> None:
    words = 'ax.text(0.75, 1.5, "eighteen letters  .").set_in_layout(False)'
    page = PAGE.replace("plt.show()", f"{words}\nplt.show()")
    assert "figure--wide" not in made(small)["part/page/index.html"].decode()
    small.write(page)
    html = made(small)["part/page/index.html"].decode()
    assert '<a class="figure figure--wide" href="../figures/page-line.svg">' in html
    assert "<source" not in html


LAB = """\
# A lab

## Data { #data }

??? question "Why?"

    ```python
    print(1)
    ```

    ```output
    1
    ```

    Because of [a page](../part/page.md) and $x$.
"""
JUPYTER = """\
exclude_docs: /labs/*.md
plugins:
  - mkdocs-jupyter:
      include: ["made/labs/*.ipynb"]
      ignore: ["*.md", "*-exercises.ipynb"]
      include_source: true
"""


def test_a_lab_is_set_like_a_chapter(small: Sandbox) -> None:
    config = CONFIG.replace("plugins: []\n", JUPYTER)
    config += "  - pymdownx.details\n  - pymdownx.arithmatex: {generic: true}\n"
    (small.project.root / "mkdocs.yml").write_text(config)
    lab = small.project.docs / "labs/lab.md"
    lab.parent.mkdir()
    lab.write_text(LAB)
    lab.with_name("own.ipynb").write_text("by hand, and no page of the site")
    site = made(small)
    html = site["labs/lab/index.html"].decode()
    assert '<h2 id="data">' in html
    _, _, box = html.partition('<details class="question">')
    assert '<span class="mi">1</span>' in box.partition("language-output")[0]
    assert '<a href="../../part/page/">a page</a>' in box.partition("</details>")[0]
    assert '<span class="arithmatex">' in html
    assert "jp-Cell" not in html
    notebook = small.project.made / "labs/lab.ipynb"
    assert site["labs/lab/lab.ipynb"] == notebook.read_bytes()
    assert site["labs/own.ipynb"] == b"by hand, and no page of the site"


def test_a_renamed_page_is_published_under_its_new_name_only(small: Sandbox) -> None:
    made(small)
    page = small.project.docs / "part/page.md"
    page.write_text(page.read_text().replace("page-line", "new-line"))
    page.rename(page.with_name("new.md"))
    (small.project.docs / "index.md").write_text("# Home\n")
    site = made(small)
    assert "part/new/index.html" in site
    assert not [name for name in site if "page" in name]


def test_a_site_of_which_nothing_has_changed_stays(
    small: Sandbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(small)
    site = small.project.root / "site"
    before = site.stat().st_ino
    made(small)
    assert (site.stat().st_ino, capsys.readouterr().out.split("\n")[-2]) == (
        before,
        "site/: nothing has changed",
    )


@pytest.mark.parametrize(
    "what", ["page", "lesson", "asset", "settings", "asked", "site"]
)
def test_a_site_of_which_anything_has_changed_is_built(
    what: str, small: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small.project.root
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    asked = f'{settings}\nextra: {{colab: !ENV [COLAB_URL, ""]}}\n'
    (root / "mkdocs.yml").write_text(asked, encoding="utf-8")
    site = root / "site"
    kept = set(made(small))
    before = site.stat().st_ino
    match what:
        case "page":
            small.write(f"{PAGE}\nMore.\n")
        case "lesson":
            with (root / "src/lessons/part/chapter.py").open("a") as module:
                module.write("\nMORE = 1\n")
        case "asset":
            (small.project.docs / "asset.css").write_text("a {}")
        case "settings":
            (root / "mkdocs.yml").write_text(f"{asked}\nsite_author: A\n")
        case "asked":
            monkeypatch.setenv("COLAB_URL", "https://example.org")
        case "site":
            (site / "index.html").unlink()
    assert kept <= set(made(small))
    assert site.stat().st_ino != before


def test_what_an_author_put_into_the_site_stays(small: Sandbox) -> None:
    made(small)
    (small.project.root / "site/part/own.txt").write_text("by hand")
    before = tree(small.project.root / "site")
    with pytest.raises(
        ProjectError, match=r"^site/part/own\.txt: the build did not make"
    ):
        make_site(small.project)
    assert tree(small.project.root / "site") == before
    (small.project.root / "site/part/own.txt").unlink()
    (small.project.root / "site/index.html").write_text("edited")
    with pytest.raises(ProjectError, match=r"^site/index\.html: .*changed since"):
        make_site(small.project)


def test_a_site_of_unknown_origin_stays(small: Sandbox) -> None:
    (small.project.root / "site").mkdir()
    (small.project.root / "site/index.html").write_text("by hand")
    with pytest.raises(ProjectError, match="did not make this"):
        make_site(small.project)


def test_a_linked_site_stays(small: Sandbox) -> None:
    elsewhere = small.project.root / "elsewhere"
    elsewhere.mkdir()
    (small.project.root / "site").symlink_to(elsewhere)
    with pytest.raises(
        ProjectError, match=r"site is a link to .*elsewhere; remove the"
    ):
        make_site(small.project)


def test_a_site_with_a_fault_leaves_the_old_one(
    small: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    before = made(small)
    small.write(PAGE.replace("Words.", "[words](nowhere.md)"))
    assert make_site(Project(small.project.root)) == 1
    assert "docs/part/page.md:3: there is no such file: nowhere.md" in caplog.messages
    assert tree(small.project.root / "site") == before


class Killed(BaseException):
    """Ends a build where it stands."""


def test_a_killed_build_is_made_good_by_the_next(
    small: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends before each of the moves that put a whole file or folder in its place."""
    root = small.project.root
    small.write("# A page\n\n```python\nx = 1\n```\n")
    clean = made(small), tree(small.project.made)
    moves = 0
    for moment in count():
        shutil.rmtree(root / ".cache")
        shutil.rmtree(root / "site")
        left = iter(range(moment))

        def move(path: Path, target: Path, original: Move, left: Iterator[int]) -> None:
            if next(left, None) is None:
                raise Killed
            original(path, target)

        with monkeypatch.context() as patch:
            for name in ("replace", "rename"):
                moving = partialmethod(move, original=getattr(Path, name), left=left)
                patch.setattr(Path, name, moving)
            try:
                make_site(Project(root))
            except Killed:
                moves += 1
            else:
                break
        assert (made(small), tree(small.project.made)) == clean
        left_over = [path.name for path in small.project.cache.rglob("*draft*")]
        assert left_over == []
    assert moves > 5


def test_a_page_that_changes_meanwhile_is_not_published(
    small: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is saved while it runs, so MkDocs would render what nobody ran."""
    before = made(small)
    page = small.write(PAGE.replace("Words.", "Other words."))

    def slow(*arguments: object) -> Iterator[Outcome]:
        for outcome in run_pages(*arguments):  # type: ignore[arg-type]
            page.write_text(PAGE.replace("Words.", "Unverified words."))
            yield outcome

    monkeypatch.setattr(building, "run_pages", slow)
    with pytest.raises(ProjectError, match=r"docs/part/page\.md changed while it was"):
        make_site(Project(small.project.root))
    assert tree(small.project.root / "site") == before
    monkeypatch.undo()
    monkeypatch.chdir(small.project.root)
    assert b"Unverified words." in made(small)["part/page/index.html"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (f"hooks: [{HOOK}]\n", "", "mkdocs.yml: hooks: must name"),
        (
            "  - lessons.pages.reading.markdown",
            "#",
            "mkdocs.yml:1: markdown_extensions needs",
        ),
        (
            "site_name: Small",
            "site_name: 'Small",
            "mkdocs.yml:[0-9]+: not YAML",
        ),
    ],
)
def test_a_configuration_without_what_verifies_is_refused(
    small: Sandbox, before: str, after: str, message: str
) -> None:
    path = small.project.root / "mkdocs.yml"
    path.write_text(CONFIG.replace(before, after))
    with pytest.raises(ProjectError, match=f"^{message}[^\n]*$"):
        make_site(Project(small.project.root))


def test_a_site_is_strict_whatever_the_configuration_says(small: Sandbox) -> None:
    path = small.project.root / "mkdocs.yml"
    path.write_text(CONFIG.replace("strict: true\n", ""))
    small.write(PAGE.replace("Words.", "[words](nowhere.md)"))
    assert make_site(Project(small.project.root)) == 1


def test_no_constraints_are_an_error(small: Sandbox) -> None:
    (small.project.root / "constraints.txt").unlink()
    with pytest.raises(ProjectError, match=r"constraints\.txt: there is no such file"):
        make_site(small.project)


def test_a_place_with_blanks_and_umlauts_gives_the_same_site(
    small: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = made(small)
    root = tmp_path / "ein schöner Ort"
    shutil.copytree(
        small.project.root,
        root,
        ignore=shutil.ignore_patterns(".cache", "site", root.name),
    )
    monkeypatch.chdir(root)
    assert make_site(Project(root)) == 0
    assert tree(root / "site") == one


def test_a_linked_docs_folder_gives_the_same_site(small: Sandbox) -> None:
    one = made(small)
    docs = small.project.docs
    docs.rename(docs.with_name("elsewhere"))
    docs.symlink_to(docs.with_name("elsewhere"))
    assert made(small) == one
