"""A new chapter: page, module, tests and its line in the navigation, all green."""

import re
from pathlib import Path

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.page import read_text
from lessons.pages.reading.steps import module_of

_TEMPLATES = Path(__file__).with_name("chapter")


def make_chapter(project: Project, page: str) -> int:
    """Write the files of the chapter `part/name`; refuse to overwrite anything.

    Raises:
        ProjectError: If that is no name for a chapter, or a file is there already.
    """
    name = f"docs/{page.removeprefix('docs/').removesuffix('.md')}.md"
    module = module_of(name)
    if not module or not re.fullmatch(r"docs(/[a-z0-9]+(-[a-z0-9]+)*){2}\.md", name):
        message = "call it PART/NAME, in lower-case letters, digits and hyphens"
        raise ProjectError(f"{page}: {message}")
    _, part, chapter = Path(name).with_suffix("").parts
    package, stem = Path(module).with_suffix("").parts[2:]
    words = {"TITLE": _title(chapter), "CHAPTER": chapter}
    words |= {"PACKAGE": package, "MODULE": stem}
    files = {name: "page.md", module: "module.txt"}
    files |= {f"tests/{package}/test_{stem}.py": "tests.txt"}
    for file in files:
        if (project.root / file).exists():
            raise ProjectError(f"{file}: there already; a new chapter needs a new name")
    nav = read_text(project.root / "mkdocs.yml")
    (project.root / "mkdocs.yml").write_text(_with_entry(nav, part, chapter))
    (project.root / module).parent.mkdir(parents=True, exist_ok=True)
    package_file = (project.root / module).with_name("__init__.py")
    if not package_file.exists():
        package_file.write_text(f'"""{_title(part)}."""\n')
        print(f"add lessons.{package} to the layers in pyproject.toml")
    for file, template in files.items():
        text = (_TEMPLATES / template).read_text(encoding="utf-8")
        for word, value in words.items():
            text = re.sub(rf"\b{word}\b", value, text)
        (project.root / file).parent.mkdir(parents=True, exist_ok=True)
        (project.root / file).write_text(text, encoding="utf-8")
        print(file)
    return 0


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _with_entry(nav: str, part: str, chapter: str) -> str:
    """Return `mkdocs.yml` with the chapter at the end of its part, or of all parts."""
    rows = nav.split("\n")
    entries = [
        (n, row.split()[-1])
        for n, row in enumerate(rows)
        if re.fullmatch(r" +- .*\.md", row)
    ]
    parts = [n for n, entry in entries if module_of(f"docs/{entry}")]
    mine = [n for n, entry in entries if entry.startswith(f"{part}/")]
    new = [f"      - {_title(chapter)}: {part}/{chapter}.md"]
    place = (mine or parts or [n for n, _ in entries])[-1] + 1
    if not mine:
        new.insert(0, f"  - {_title(part)}:")
        while rows[place].startswith("      - "):
            place += 1
    return "\n".join((*rows[:place], *new, *rows[place:]))
