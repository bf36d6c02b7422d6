"""Accepting what a run gave: outputs, computed numbers and ruff's format of blocks."""

import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.fences import OPENING
from lessons.pages.reading.form import problems
from lessons.pages.reading.page import parse_pages, read_text
from lessons.pages.reading.steps import Page
from lessons.pages.reading.tidy import tidied
from lessons.pages.running.compare import announce, diff
from lessons.pages.running.record import Edit, Record, Terms
from lessons.pages.running.workers import Outcome, run_pages

_PAUSE = 0.5


def accept(project: Project, pages: list[str], *, watch: bool = False) -> int:
    """Rewrite pages from two runs that agree; print the difference.

    A page with any other failure is left as it is, and so is one that was saved
    meanwhile. Returns the exit code.

    Args:
        project: Where the pages are; `pages`: which, by default all.
        watch: Accept again whenever a page or a lesson is saved, until interrupted.
    """
    return _watch(project, pages) if watch else _accept(project, pages)


def _accept(project: Project, pages: list[str]) -> int:
    before = {path: read_text(path) for path in project.pages()}
    chosen = project.select(pages)
    failed = False
    with project.locked():
        every = parse_pages(project, before)
        texts = before | tidied([page for page in every if page.path in chosen])
        every = parse_pages(project, texts)
        mine = [page for page in every if page.path in chosen]
        found = problems(project, every, [page.name for page in mine])
        broken = {finding.name for finding in found}
        for message in map(str, found):
            failed = True
            print(message, file=sys.stderr)
        sound = [page for page in mine if page.name not in broken]
        for one, two in _runs(project, sound, exact=announce(project.root)):
            new = _rewritten(one.page.text, one.edits)
            old = before[one.page.path]
            messages = one.failures or two.failures or list(_unlike(one, two))
            messages = messages or list(_unreadable(project, one))
            if not messages and new != old:
                messages = _save(project, one.page, old, new)
            for message in messages:
                failed = True
                print(message, file=sys.stderr)
    return int(failed)


def _runs(
    project: Project, pages: list[Page], *, exact: bool
) -> Iterator[tuple[Outcome, Outcome]]:
    first: dict[str, Outcome] = {}
    twice = [page for page in pages for _ in range(2)]
    for outcome in run_pages(project, twice, Terms(accept=True, exact=exact)):
        other = first.setdefault(outcome.page.name, outcome)
        if other is not outcome:
            yield other, outcome


def _rewritten(text: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _unlike(one: Outcome, two: Outcome) -> Iterator[str]:
    """Yield where two runs of a page differ."""
    hint = "two runs differ here; is a seed missing?"
    for line, record in one.records.items():
        other = two.records.get(line, Record())
        if record.output != other.output:
            texts = record.output.split("\n"), other.output.split("\n")
            yield one.page.at(line, f"{hint}\n{diff(*texts, 'one run', 'the other')}")
        for name, svg in record.figures.items():
            if svg != other.figures.get(name):
                yield one.page.at(line, f"{hint} They draw {name} differently")
    if one.records == two.records:
        for edit in sorted({*one.edits} ^ {*two.edits}, key=lambda edit: edit.start):
            yield one.page.at(one.page.line(edit.start), f"{hint} One says {edit.text}")


def _unreadable(project: Project, outcome: Outcome) -> Iterator[str]:
    """Yield what was printed that no page can show: fences, control characters."""
    page = outcome.page
    for edit in outcome.edits:
        is_added = edit.start == edit.end and page.text[edit.start - 1] != "\n"
        (new,) = parse_pages(project, {page.path: _rewritten(page.text, [edit])})
        reasons = [problem.message for problem in new.problems]
        if len(OPENING.findall(edit.text)) != 2 * is_added:
            reasons = ["a fence inside a fence"]
        for reason in reasons[:1]:
            line = page.line(edit.start)
            yield page.at(line, f"what was printed cannot stand in a page: {reason}")


def _save(project: Project, page: Page, old: str, new: str) -> list[str]:
    if read_text(page.path) != old:
        return [page.at(1, "was saved while it ran; it is left as it is, accept again")]
    is_crlf = b"\r\n" in page.path.read_bytes()
    draft = project.cache / "accepted"
    draft.write_bytes((new.replace("\n", "\r\n") if is_crlf else new).encode())
    shutil.copymode(page.path, draft)
    draft.replace(page.path)
    print(diff(old.split("\n"), new.split("\n"), page.name, page.name))
    return []


def _watch(project: Project, pages: list[str]) -> int:
    seen: dict[str, int] = {}
    while True:
        try:
            chosen = {str(path) for path in project.select(pages)}
            lessons = map(str, (project.root / "src/lessons").rglob("*.py"))
            now = {path: Path(path).stat().st_mtime_ns for path in (*chosen, *lessons)}
            changed = {path for path in now if seen.get(path) != now[path]}
            if changed:
                _accept(project, sorted(changed if changed <= chosen else chosen))
            seen = now
        except (ProjectError, OSError) as error:
            print(f"error: {error}", file=sys.stderr)
        time.sleep(_PAUSE)
