"""Faults planted in copies of pages: the real commands go red for each.

Every fault has a page of its own that is green without it. One command verifies them
all, beside the pages as they are, and each must be named with its page and line.
"""

import re
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from ahead import do_ahead
from lessons.pages.reading.steps import module_of
from pages.planted import (
    CHAPTER,
    LAB,
    ON_A_SHORT_PAGE,
    ON_REAL_PAGES,
    ON_THE_SITE,
    SHORT,
    SHORT_LAB,
    SHORT_PAGE,
    Fault,
)
from sandbox import Copy

VERIFY = ("pytest", "-q", "-rp", "-m", "not mutants", "-p", "no:cacheprovider")
VERIFY += ("--continue-on-collection-errors", "-m", "not mutants")
GREEN = (CHAPTER, LAB, SHORT)
# The copies are other chapters than the one whose objects they show.
HELPERS = re.compile(r'\?\?\? note "[^"\n]*helper[^"\n]*"')
HEADING = re.compile(r"^_+ (?:ERROR collecting )?(docs/.+?\.md)\b.* _+$", re.MULTILINE)


@dataclass(frozen=True, eq=False)
class Planted:
    """A fault in a page of its own: the page's name and text, and the line at fault."""

    fault: Fault
    base: str

    def __str__(self) -> str:
        return f"{self.fault.name} in {self.base}"

    @property
    def name(self) -> str:
        slug = re.sub(r"\W+", "-", self.fault.name.lower())[-32:].strip("-")
        return self.base.removesuffix(".md") + f"-{slug}.md"

    def write(self, copy: Copy) -> int:
        """Write the page, its entry in the navigation and other files; return the line.

        The page stands behind its original, and its figures are called after it.
        """
        path, stem = copy.root / self.name, Path(self.base).stem
        places = {"STEM": path.stem, "ROOT": str(copy.root)}
        original = (copy.root / self.base).read_text(encoding="utf-8")
        page = original.replace(f"figures/{stem}-", f"figures/{path.stem}-")
        page = HELPERS.sub('??? note "From earlier chapters"', page)
        text, mark = (filled(part, places) for part in self.fault.plant(page))
        path.write_text(text, encoding="utf-8", newline="")
        for name, content in self.fault.files.items():
            other = copy.root / filled(name, places)
            other.write_text(filled(content, places), encoding="utf-8", newline="")
        add_to_navigation(copy, self.base, self.name)
        if module := module_of(self.name):
            part, name = Path(module).parts[2:]
            (copy.root / module).touch()
            (copy.root / f"tests/{part}/test_{name}").touch()
        return text.count("\n", 0, text.rindex(mark)) + 1


def each(faults: Iterable[Fault]) -> list[Planted]:
    return [Planted(fault, base) for fault in faults for base in fault.on]


PLANTED = each([*ON_REAL_PAGES, *ON_A_SHORT_PAGE])
ON_SITE = each(ON_THE_SITE)


def filled(text: str, places: dict[str, str]) -> str:
    for name, value in places.items():
        text = text.replace(name, value)
    return text


def add_to_navigation(copy: Copy, base: str, name: str) -> None:
    """Add an entry behind that of the page `base`."""
    path = copy.root / "mkdocs.yml"
    config = path.read_text(encoding="utf-8")
    file = base.removeprefix("docs/").removesuffix(".md")
    entry = re.search(rf"^( +- ).+: {file}(\.\w+)\n", config, re.MULTILINE)
    assert entry, f"{base} is not in the navigation"
    page = name.removeprefix("docs/").removesuffix(".md")
    line = f"{entry[1]}{Path(page).stem}: {page}{entry[2]}\n"
    config = config[: entry.end()] + line + config[entry.end() :]
    path.write_text(config, encoding="utf-8")


@dataclass
class Verified:
    """What a command said about many pages."""

    code: int
    said: str

    @cached_property
    def failures(self) -> dict[str, list[str]]:
        """What was reported of each page that is not green, item by item."""
        report, _, _ = self.said.partition("= short test summary info =")
        _, *parts = HEADING.split(report)
        failures: dict[str, list[str]] = {}
        for page, text in zip(parts[::2], parts[1::2], strict=True):
            failures.setdefault(page, []).append(text)
        return failures


class Garden:
    """A copy of the project with the planted pages, verified once.

    Attributes:
        lines: The line of each fault; `before`: what was in each file of the pages.
        runs: What came of the command, by the time limit that it was given.
    """

    def __init__(self, copy: Copy, planted: Iterable[Planted]) -> None:
        """Plant everything, and verify it with one command a time limit."""
        (copy.root / SHORT).write_text(SHORT_PAGE, encoding="utf-8")
        add_to_navigation(copy, "docs/reference/glossary.md", SHORT)
        self.copy = copy
        self.lines = {each: each.write(copy) for each in planted}
        self.before = digest(copy)
        limits = sorted({60, *(each.fault.seconds for each in self.lines)})
        with ThreadPoolExecutor() as pool:
            self.runs = dict(zip(limits, pool.map(self._verify, limits), strict=True))

    def _verify(self, seconds: int) -> Verified:
        names = [each.name for each in self.lines if each.fault.seconds == seconds]
        green = GREEN if seconds == 60 else (SHORT,)
        limit = {"LESSONS_TIME_LIMIT": str(seconds)}
        return Verified(*self.copy.run(*VERIFY, *green, *names, **limit))


def digest(copy: Copy) -> dict[Path, bytes]:
    files = (path for path in (copy.root / "docs").rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files}


@do_ahead
def garden(session: pytest.Session, folder: Path) -> Garden:
    """Verify what the selected tests ask for, so that one fault alone is quick."""
    calls = (getattr(item, "callspec", None) for item in session.items)
    asked = [call.params.get("planted") for call in calls if call]
    copy = Copy.make(folder / "project")
    return Garden(copy, [planted for planted in PLANTED if planted in asked])


@pytest.mark.parametrize("planted", PLANTED, ids=str)
def test_a_planted_fault_goes_red(garden: Garden, planted: Planted) -> None:
    verified, line = garden.runs[planted.fault.seconds], garden.lines[planted]
    assert verified.code == 1, verified.said
    failures = verified.failures.get(planted.name, [])
    assert len(failures) == 1, f"{len(failures)} items of {planted.name} failed"
    (said,) = failures
    places = re.findall(rf"^(?:E +)?{re.escape(planted.name)}:(\d+): ", said, re.M)
    assert set(places) == {str(line)}, f"not line {line} and no other:\n{said}"
    assert planted.fault.reason in said


def test_pages_without_a_fault_stay_green_beside_them(garden: Garden) -> None:
    faulty = {planted.name for planted in garden.lines}
    for verified in garden.runs.values():
        assert set(verified.failures) <= faulty
        assert f"\nPASSED {SHORT}::form\n" in verified.said
    for name in GREEN:
        assert f"\nPASSED {name}::form\n" in garden.runs[60].said


def test_verifying_changes_no_file(garden: Garden) -> None:
    assert digest(garden.copy) == garden.before


def three_pages(root: Path) -> Copy:
    """Return a project of three pages with the looks and settings of the real one."""
    copy = Copy.make(root)
    for path in (copy.root / "docs").iterdir():
        if path.name not in ("assets", "theme"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    pages = {"index.md": "index.md", SHORT: "reference/short.md"}
    pages |= {SHORT_LAB: "labs/short.ipynb"}
    for name in pages:
        path = copy.root / "docs" / name.removeprefix("docs/")
        path.parent.mkdir(exist_ok=True)
        text = SHORT_PAGE.replace("figures/short", f"figures/{path.stem}")
        path.write_text(text, encoding="utf-8")
    entries = "".join(f"  - {Path(file).parent}: {file}\n" for file in pages.values())
    config = copy.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"^nav:\n(?: .*\n)+", f"nav:\n{entries}\n", text, flags=re.MULTILINE)
    config.write_text(text, encoding="utf-8")
    return copy


@dataclass(frozen=True)
class FaultySite:
    """What the build of a site with faults said, and where they are."""

    code: int
    said: str
    lines: dict[Planted, int]
    is_kept: bool
    without_script: str
    green: dict[str, str]


@do_ahead
def faulty_site(_session: pytest.Session, folder: Path) -> FaultySite:
    """Build a site without a fault, without a script, then with faulty pages."""
    small = three_pages(folder / "project")
    code, said = small.run("lessons.pages", "site")
    assert code == 0, said
    index = small.root / "site/index.html"
    built = {
        name: f"{name.removesuffix('.md')}/index.html" for name in (SHORT, SHORT_LAB)
    }
    green = {
        name: (small.root / file.replace("docs/", "site/")).read_text(encoding="utf-8")
        for name, file in built.items()
    }
    before = index.stat().st_mtime_ns
    config = small.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    script = "extra_javascript:\n  - assets/javascripts/nowhere.js\n"
    config.write_text(text.replace("extra_javascript:\n", script), encoding="utf-8")
    code, without_script = small.run("lessons.pages", "site")
    assert code == 1, without_script
    config.write_text(text, encoding="utf-8")
    lines = {planted: planted.write(small) for planted in ON_SITE}
    code, said = small.run("lessons.pages", "site")
    is_kept = index.stat().st_mtime_ns == before
    return FaultySite(code, said, lines, is_kept, without_script, green)


@pytest.mark.parametrize("planted", ON_SITE, ids=str)
def test_a_fault_of_the_site_goes_red(
    faulty_site: FaultySite, planted: Planted
) -> None:
    said, line = faulty_site.said, faulty_site.lines[planted]
    assert faulty_site.code == 1, said
    found = re.findall(rf"\b{re.escape(planted.name)}:(\d+): (.*)", said)
    assert [place for place, _ in found] == [str(line)], said
    assert planted.fault.reason in found[0][1]


def test_a_missing_script_goes_red(faulty_site: FaultySite) -> None:
    for name in (SHORT, SHORT_LAB):
        found = re.findall(rf"\b{name}:\d+: (.*)", faulty_site.without_script)
        assert len(found) == 1
        assert "no such file" in found[0]
        assert "assets/javascripts/nowhere.js" in found[0]


def test_a_page_with_a_prediction_has_its_script(faulty_site: FaultySite) -> None:
    for text in faulty_site.green.values():
        assert 'class="predict-form"' in text
        assert re.search(
            r'<script src="[./]+assets/javascripts/predict.js" defer', text
        )


def test_a_site_with_a_fault_leaves_the_old_one(faulty_site: FaultySite) -> None:
    assert faulty_site.is_kept


def test_an_empty_docs_folder_goes_red(tmp_path: Path) -> None:
    copy = Copy.make(tmp_path / "project")
    shutil.rmtree(copy.root / "docs")
    (copy.root / "docs").mkdir()
    code, said = copy.run("pytest", "docs")
    assert code != 0
    assert "docs: no block of any page was collected" in said
    code, said = copy.run("lessons.pages", "site")
    assert code == 1
    assert "no pages (*.md) here" in said


def test_no_two_planted_faults_share_a_page() -> None:
    names = [planted.name for planted in (*PLANTED, *ON_SITE)]
    assert sorted(names) == sorted(set(names))
