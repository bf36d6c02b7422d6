"""What is seen at the first look, each with its place and what to do."""

from pathlib import Path
from textwrap import indent

import pytest

from lessons.pages.project import ProjectError
from lessons.pages.reading.code import USUAL
from lessons.pages.reading.form import problems
from lessons.pages.reading.page import read_pages
from sandbox import EXERCISE, ROOT, Sandbox

FENCE = "```{}\n{}\n```\n"
FRONT = f"---\ntitle: A page\ndescription: {'x' * 60}\n---\n"
PAGE = f"{FRONT}\n# A page\n\nWords.\n"
NOT_RUN = "docs/reference/not-run.txt"
MAP = "docs/reference/course-map.yml"


def look(sandbox: Sandbox, *chosen: str) -> list[str]:
    project = type(sandbox.project)(sandbox.project.root)  # reads mkdocs.yml again
    pages = read_pages(project, project.pages())
    return [str(finding) for finding in problems(project, pages, chosen or None)]


def look_at(sandbox: Sandbox, text: str) -> list[str]:
    sandbox.write(text)
    return look(sandbox)


def put(sandbox: Sandbox, name: str, text: str = "") -> None:
    path = sandbox.project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def course(sandbox: Sandbox) -> Sandbox:
    """Return a course of two chapters, `part/page` and `part/later`."""
    config = sandbox.project.root / "mkdocs.yml"
    nav = "nav:\n  - Home: index.md\n  - Part:\n      - Page: part/page.md\n"
    nav += "      - Later: part/later.md\n  - Glossary: reference/glossary.md\n"
    config.write_text(config.read_text() + nav)
    for name in ("page", "later"):
        sandbox.write(PAGE, name)
        put(sandbox, f"src/lessons/part/{name}.py", "RATE = 0.5\n")
        put(sandbox, f"tests/part/test_{name}.py")
    put(sandbox, "docs/index.md", PAGE)
    terms = "### A term { #a }\n\nWords.\n\n### b\n\nWords.\n"
    put(sandbox, "docs/reference/glossary.md", PAGE + terms)
    put(sandbox, MAP, "- at: part/page.md#a-page\n  course: x\n  covers: [y]\n")
    assert look(sandbox) == []
    return sandbox


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        # what does not belong in a text
        ("one\n\n\x1b[1m", 3, "unreadable: the character U+001B"),
        ("one\n\x00", 2, "unreadable: the character U+0000"),
        ("one\n\u2028", 2, "unreadable: the character U+2028"),
        ("\ufeff# A\n", 1, "unreadable: a byte order mark"),
        ("one\rtwo\n", 1, "unreadable: CR; save the page with one kind"),
        ("one\n\n<<<<<<< HEAD\n", 3, "a conflict marker"),
        ("one\n=======\ntwo\n", 2, "a conflict marker"),
        # fences
        (
            "```output\n1\n\n```python\nx = 1\n```\n",
            1,
            "not closed: line 4 opens another",
        ),
        ("```output\n1\n", 1, "this fence is never closed"),
        (FENCE.format("text", '--8<-- "part/lesson.py:RATE"'), 2, "a python fence"),
        ('one\n\n--8<-- "part/lesson.py:RATE"\n', 3, "a python fence"),
        # numbers and figures
        ("one\n\n1{= 1}\n", 3, "write 0.5{= expression }"),
        ("---\ntitle: 1{= 1 }\n---\n", 2, "not in the front matter"),
        ("Write `{= x }`.\n", 1, "not in a code span"),
        # code
        (
            FENCE.format("python", "import torch\nimport jax"),
            3,
            "jax is not among what",
        ),
        (FENCE.format("python", 'x = 1\ny = "\\d"'), 3, "invalid escape"),
        (FENCE.format("python", "from .x import y"), 2, "is not among what"),
        (FENCE.format("python", 'plt.savefig("a.svg")'), 2, "no savefig"),
        (FENCE.format("python", 'ax.plot(x, y, color="red")'), 2, 'by name, "red"'),
        (FENCE.format("python", 'ax.plot(x, y, "r--")'), 2, 'by name, "r--"'),
        (FENCE.format("python", 'ax.bar(x, y, ec=["C1", "k"])'), 2, 'by name, "k"'),
        (FENCE.format("python", 'line.set_color("#fff")'), 2, 'by name, "#fff"'),
        (FENCE.format("python", 'ax.box(p={"color": "blue"})'), 2, 'by name, "blue"'),
        # outputs
        (
            "```python\nx = 1\n```\n\n```output\na\n/home/me/a.py\n```\n",
            7,
            "one machine",
        ),
        ("```python\nx = 1\n```\n\n```output\nC:\\Users\n```\n", 6, "one machine"),
        # links
        ("[x](no.md)\n", 1, "there is no such file: no.md"),
        ("one\n[x](page.md#no)\n", 2, "there is no such anchor: page.md#no"),
        ("[x](#no)\n", 1, "there is no such anchor: #no"),
        ("[x](/part/page.md)\n", 1, "is relative: /part/page.md"),
        ("![x](no.png)\n", 1, "there is no such file: no.png"),
        ('<img src="../no.png">\n', 1, "there is no such file: ../no.png"),
        ("one\n\n[x][y]\n", 3, "nothing defines the link [x][y]"),
        ("[x][]\n\n[y]: page.md\n", 1, "nothing defines the link [x][]"),
        ("[x][y]\n\n[y]: no.md\n", 3, "there is no such file: no.md"),
        ("# A { #a }\n\n## B { #a }\n", 3, "the id a is there twice"),
        ('# A { #a }\n\n<i id="a"></i>\n', 3, "the id a is there twice"),
        # format
        (FENCE.format("python", "x=1"), 1, "not as ruff formats it"),
        (
            FENCE.format("python", f'x = 1\ny = "{"a" * 88}"'),
            3,
            "94 characters in a line",
        ),
    ],
)
def test_what_is_wrong_with_a_page(
    sandbox: Sandbox, text: str, line: int, reason: str
) -> None:
    found = look_at(sandbox, text)
    assert any(
        message.startswith(f"docs/part/page.md:{line}: ") and reason in message
        for message in found
    ), found


@pytest.mark.parametrize(
    "text",
    [
        "[a](page.md#there), [b](#there), [c](#a-heading-of-05)\n"
        "\n## There { #there }\n\n## A *heading* of `0.5`{= 0.5 }\n",
        "[x](https://example.org/no) [y](mailto:a@b.org) [z](page.py)\n",
        "`[x](no.md)` and `[x][y]` and $a[i][j]$\n\n[x][y]\n\n[y]: page.md\n",
        FENCE.format(
            "python", 'ax.plot(x, y, "--", color=f"C{i}", c="0.5", fc="none")'
        ),
        FENCE.format("python", 'frame.plot("a", "b", cmap="gray")\nimport os.path'),
        "Look at `![a](figures/page-a.svg)` in code.\n",
        "```python\nx = 1\n```\n\n```output\nhttps://a.org/tmp/x data/home/x\n```\n",
        '<a href="../page/">x</a> <a href="../page/#x">y</a>\n\n# X { #x }\n',
    ],
)
def test_what_is_right(sandbox: Sandbox, text: str) -> None:
    assert look_at(sandbox, text) == []


def test_all_is_found_at_once_and_in_order(sandbox: Sandbox) -> None:
    text = "[x](no.md)\n\n1{=1}\n\n```python\nx=1\n```\n\n```output\n1\n"
    sandbox.write("[x](no.md)\n", "other")
    found = [message.split(" ")[0] for message in look_at(sandbox, text)]
    lines = [f"docs/part/page.md:{line}:" for line in (1, 3, 5, 9)]
    assert found == ["docs/part/other.md:1:", *lines]
    assert [m.split(" ")[0] for m in look(sandbox, "docs/part/page.md")] == lines


def test_text_of_another_encoding_and_line_end(sandbox: Sandbox) -> None:
    path = sandbox.write("")
    path.write_bytes("# A\n\nü\n".encode("latin-1"))
    assert look(sandbox) == [
        "docs/part/page.md:3: unreadable: not UTF-8 text; save the page as UTF-8"
    ]
    path.write_bytes(b"# A\r\n\r\n[x](no.md)\r\n")
    assert look(sandbox) == ["docs/part/page.md:3: there is no such file: no.md"]
    path.write_bytes(b"# A\r\n\nB\r\n")
    assert "docs/part/page.md:1: unreadable: CR" in look(sandbox)[0]
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    lesson.write_bytes(lesson.read_bytes() + "# ü\n".encode("latin-1"))
    (found,) = look_at(sandbox, FENCE.format("python", '--8<-- "part/lesson.py:RATE"'))
    assert found.startswith("docs/part/page.md:2: cannot include: 'utf-8' codec")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("part/b.markdown", "not a page; name it b.md"),
        ("part/b.MD", "not a page; name it b.md"),
        ("part/ü.md", '"ü" cannot be an address: use lower-case letters'),
        ("part/a.b.md", '"a.b" cannot be an address'),
        ("part/a#b.md", '"a#b" cannot be an address'),
        ("A/b.md", '"A" cannot be an address'),
        (f"part/{'a' * 70}.md", "at most 50 characters"),
    ],
)
def test_the_names_of_pages(sandbox: Sandbox, name: str, reason: str) -> None:
    put(sandbox, f"docs/{name}", "# A\n")
    sandbox.write("")
    (found,) = look(sandbox)
    assert found.startswith(f"docs/{name}:1: ")
    assert reason in found


def test_links_and_hidden_files(sandbox: Sandbox, tmp_path: Path) -> None:
    path = sandbox.write("# A\n")
    path.with_name(".#page.md").symlink_to("editor@machine:1")
    put(sandbox, "docs/.hidden/b.md", "```python\n")
    put(sandbox, "docs/theme/c.md", "```python\n")
    assert look(sandbox) == []
    path.with_name("linked.md").symlink_to(path)
    assert "docs/part/linked.md:1: a link to elsewhere; put the file itself here" in (
        look(sandbox)
    )


def test_a_linked_docs_folder_is_no_other(sandbox: Sandbox, tmp_path: Path) -> None:
    path = sandbox.write("# A\n")
    docs = sandbox.project.docs.rename(tmp_path / "elsewhere")
    sandbox.project.docs.symlink_to(docs)
    assert sandbox.project.select([path]) == [path]
    assert look(sandbox) == []


def test_blocks_that_are_not_run_are_listed(sandbox: Sandbox) -> None:
    shown = FENCE.format("python {.shown}", "x = 1")
    assert look_at(sandbox, shown) == [
        "docs/part/page.md:1: a block that is not run must be listed in "
        f"{NOT_RUN}: add docs/part/page.md"
    ]
    put(sandbox, NOT_RUN, "docs/part/page.md\n")
    assert look(sandbox) == []
    put(sandbox, NOT_RUN, "docs/part/page.md\ndocs/a.md\n")
    assert look(sandbox) == [
        f"{NOT_RUN}:1: keep these lines sorted",
        f"{NOT_RUN}:2: not so many blocks are .shown: docs/a.md",
    ]
    put(sandbox, NOT_RUN, "docs/part/page.md\n" * 6)
    sandbox.write(f"{shown}\n" * 6)
    assert look(sandbox) == [f"{NOT_RUN}:6: at most 5 blocks are not run"]
    (sandbox.project.root / NOT_RUN).write_bytes(b"\xff\n")
    assert f"{NOT_RUN}:1: not so many blocks are .shown: \ufffd" in look(sandbox)


def change(sandbox: Sandbox, name: str, old: str, new: str) -> None:
    text = (sandbox.project.root / name).read_text(encoding="utf-8")
    assert old in text
    put(sandbox, name, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "reason"),
    [
        (
            "mkdocs.yml",
            "      - Later: part/later.md\n",
            "",
            "docs/part/later.md:1",
            "nav",
        ),
        (
            "mkdocs.yml",
            "part/later",
            "part/no",
            "mkdocs.yml:-3",
            "no page docs/part/no",
        ),
        ("mkdocs.yml", "part/later", "part/page", "mkdocs.yml:-3", "in nav twice"),
        ("docs/part/page.md", FRONT, "", "docs/part/page.md:1", "begins with ---"),
        (
            "docs/part/page.md",
            "title: A page",
            "title: [a]",
            ":2",
            "not of type 'string'",
        ),
        (
            "docs/part/page.md",
            "title: A page",
            "title: a: b",
            ":2",
            "not YAML: mapping",
        ),
        ("docs/part/page.md", "title: A page\n", "", ":1", "'title' is a required"),
        ("docs/part/page.md", "x" * 60, "x" * 49, ":3", "is too short"),
        ("docs/part/page.md", "x" * 60, "x" * 171, ":3", "is too long"),
        (
            "docs/part/page.md",
            "title:",
            "name: x\ntitle:",
            ":1",
            "('name' was unexpected",
        ),
        ("docs/part/page.md", "Words.", "# B", ":8", "one heading with #, not 2"),
        ("docs/part/page.md", "# A page", "## A page", ":1", "with #, not 0"),
        (MAP, "#a-page", "#no", f"{MAP}:1", "no section part/page.md#no"),
        (MAP, "covers", "cover", f"{MAP}:1", "'cover' was unexpected"),
        (MAP, "  covers: [y]\n", "", f"{MAP}:1", "not valid under any of"),
        (MAP, "[y]", "[y, y]", f"{MAP}:1", "has non-unique elements"),
        (MAP, "[y]", str([f"a{n}" for n in range(26)]), f"{MAP}:1", "is too long"),
        (MAP, "[y]", "[y", f"{MAP}:4", "not YAML"),
        (
            "docs/reference/glossary.md",
            "### b",
            "### A",
            ":13",
            "A comes before A term",
        ),
        ("docs/reference/glossary.md", "### b", "### a Term", ":13", "is there twice"),
        (
            "docs/reference/glossary.md",
            "Words.",
            "[x](../part/page.md#no)",
            ":8",
            "anchor",
        ),
    ],
)
def test_what_is_wrong_with_a_course(  # noqa: PLR0917 as in the table
    course: Sandbox, name: str, old: str, new: str, place: str, reason: str
) -> None:
    change(course, name, old, new)
    if place == "mkdocs.yml:-3":  # the third line from the end
        lines = (course.project.root / name).read_text().count("\n")
        place = f"mkdocs.yml:{lines - 1}"
    place = name + place if place.startswith(":") else place
    found = look(course)
    assert any(m.startswith(f"{place}: ") and reason in m for m in found), found


@pytest.mark.parametrize(
    ("old", "place", "reason"),
    [
        ("gone", "part/later.md#a-page", None),
        ("gone", "index.md#a-page", None),
        ("gone", "part/later.md#no", "gone leads to no anchor: part/later.md#no"),
        ("gone", "part/later.md", "gone leads to no anchor: part/later.md"),
        ("gone", "part/no.md#a-page", "gone leads to no page: part/no.md#a-page"),
        ("gone", "later#a-page", "gone leads to no page: later#a-page"),
        ("a-page", "part/later.md#a-page", "a-page is still on this page"),
    ],
)
def test_the_address_of_a_section_that_moved(
    course: Sandbox, old: str, place: str, reason: str | None
) -> None:
    front = FRONT.replace("title:", f"moved:\n  {old}: {place}\ntitle:")
    course.write(PAGE.replace(FRONT, front))
    assert look(course) == ([f"docs/part/page.md:3: moved: {reason}"] if reason else [])


@pytest.mark.parametrize("wrong", ["[x]", "{}", "{x: 1}"])
def test_what_moved_is_written_as_pairs(course: Sandbox, wrong: str) -> None:
    change(course, "docs/part/page.md", "title:", f"moved: {wrong}\ntitle:")
    assert "docs/part/page.md:2: front matter: " in " ".join(look(course))


def test_a_chapter_is_three_files_with_one_name(course: Sandbox) -> None:
    for name in ("src/lessons/part/page.py", "tests/part/test_page.py"):
        (course.project.root / name).unlink()
        (found,) = look(course)
        assert found == f"docs/part/page.md:1: a chapter has its {name}"
        put(course, name)


@pytest.mark.parametrize(
    "code",
    [
        "from lessons.part.later import RATE",
        "from lessons.part import later",
        "from .later import RATE",
        "import lessons.part.later",
    ],
)
def test_a_chapter_builds_on_earlier_chapters_only(course: Sandbox, code: str) -> None:
    include = FENCE.format("python", '--8<-- "part/{}.py:RATE"')
    put(course, "docs/index.md", PAGE + include.format("later"))
    earlier = '??? note "From earlier chapters"\n\n' + indent(include, "    ")
    course.write(PAGE + earlier.format("page"), "later")
    put(
        course, "src/lessons/part/later.py", "from lessons.part import page\nRATE = 1\n"
    )
    assert look(course) == []
    course.write(PAGE + earlier.format("later"))
    put(course, "src/lessons/part/page.py", f"RATE = 2\n{code}\n")
    assert look(course) == [
        "docs/part/page.md:12: src/lessons/part/later.py belongs to a later chapter",
        "src/lessons/part/page.py:2: src/lessons/part/later.py belongs to a later "
        "chapter",
    ]


def test_a_course_needs_a_navigation(course: Sandbox) -> None:
    change(course, "mkdocs.yml", "\nnav:\n", "\nextra_nav:\n")
    assert "mkdocs.yml:1: a course needs its pages in nav" in look(course)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("site_name:", "site_name: [", r"mkdocs\.yml:\d+: not YAML: "),
        (
            "  - lessons.pages.reading.markdown",
            "  - other",
            "markdown_extensions needs",
        ),
    ],
)
def test_a_broken_configuration(
    sandbox: Sandbox, old: str, new: str, message: str
) -> None:
    sandbox.write("# A\n")
    change(sandbox, "mkdocs.yml", old, new)
    with pytest.raises(ProjectError, match=message):
        look(sandbox)


def test_what_copiers_have_is_what_the_project_depends_on() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = {line.split(">")[0] for line in project["dependencies"]}
    named = {{"pillow": "PIL", "scikit-learn": "sklearn"}.get(n, n) for n in named}
    assert set(USUAL) == named | {"mpl_toolkits"}  # a part of matplotlib


def test_an_exercise_needs_no_form_of_its_own_here(sandbox: Sandbox) -> None:
    assert look_at(sandbox, f"# A\n\n{EXERCISE}") == []
