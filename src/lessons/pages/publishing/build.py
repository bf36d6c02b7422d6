"""The files that are made from the pages: figures, programs and notebooks.

They lie in a folder of the build's own, laid out as `docs/`, where nobody else writes.
"""

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from lessons.pages.project import PYTHON, Project, ProjectError
from lessons.pages.publishing.inputs import (
    Inputs,
    confirm_machinery,
    digest,
    surroundings,
)
from lessons.pages.publishing.notebook import to_notebook
from lessons.pages.publishing.program import to_program
from lessons.pages.reading.form import problems
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.pictures import narrow_name, twin_name
from lessons.pages.reading.steps import Page
from lessons.pages.running.compare import announce
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome, run_pages

OPEN = "-exercises.ipynb"  # the notebook whose exercises are left to the reader
STATES = "/explore.js"  # what the figures that readers move start from


def verified_with() -> str:
    """Return with what the pages are run, for readers."""
    version = metadata.version("torch").partition("+")[0]
    return f"PyTorch {version} on Python {PYTHON}"


def build(project: Project) -> int:
    """Bring the files of all pages up to date; return the exit code."""
    with project.locked():
        failures = Build(project).run()
    print(*failures, sep="\n", end="\n" if failures else "", file=sys.stderr)
    return int(bool(failures))


def keep(project: Project, outcomes: Iterable[Outcome]) -> None:
    """Write the files of pages that have been run, narrow figures too, as a build does.

    A build then takes them as they are, unless anything differs from that run.

    Args:
        project: Where the files go.
        outcomes: Of its pages, or of the same pages elsewhere.
    """
    ledger = _Ledger(project, exact=announce(project.root))
    for outcome in outcomes:
        if not outcome.failures:
            page = replace(outcome.page, path=project.root / outcome.page.name)
            ledger.write(replace(outcome, page=page))


class Build:
    """One build, from the reading of the pages on.

    Attributes:
        project: What is built; `pages`: its pages, as they were read.
    """

    def __init__(self, project: Project) -> None:
        """Read all that decides what will be published."""
        self.project = project
        self._inputs = Inputs(project)
        self.pages = read_pages(project, project.pages())
        self._refuse_doubles()

    def run(self) -> list[str]:
        """Run the pages that changed and write their files; return what is wrong.

        Nothing of a page that fails is written.
        """
        exact = announce(self.project.root)
        ledger = _Ledger(self.project, exact=exact)
        stale = [page for page in self.pages if ledger.is_stale(page)]
        tidy = {page.name for page in self.pages if page not in stale}
        if found := problems(self.project, self.pages, tidy=tidy):
            return [str(finding) for finding in found]
        failures: list[str] = []
        outcomes = run_pages(self.project, stale, Terms(exact=exact, narrow=True))
        for number, outcome in enumerate(outcomes, 1):
            if sys.stderr.isatty():
                end = "\n" if number == len(stale) else ""
                told = f"\r{number} of {len(stale)} pages run"
                print(told, end=end, file=sys.stderr, flush=True)
            failures += outcome.failures
            if not outcome.failures:
                confirm_machinery()
                ledger.write(outcome)
        ledger.prune(self.pages)
        return failures

    def confirm(self) -> None:
        """Raise `ProjectError` if what was read is no longer what is there."""
        self._inputs.confirm()

    def _refuse_doubles(self) -> None:
        owners: dict[str, str] = {}
        for page in self.pages:
            for name in _names(page):
                owner = owners.setdefault(name, page.name)
                taken = self.project.docs / name
                if owner != page.name or taken.exists() or taken.is_symlink():
                    other = f"docs/{name}" if owner == page.name else owner
                    raise ProjectError(
                        f"{other}: the build makes {name} from {page.name}; "
                        f"give one of them another name"
                    )


class _Ledger:
    """Which files each page has, and from what they were made."""

    def __init__(self, project: Project, *, exact: bool) -> None:
        self._project = project
        self._path = project.cache / "ledger.json"
        self._pages: dict[str, dict[str, str]] = {}
        self._surroundings = surroundings(project, exact=exact)
        with contextlib.suppress(FileNotFoundError, ValueError):
            known = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(known, dict) and known.get("for") == self._surroundings:
                self._pages = known["pages"]

    def is_stale(self, page: Page) -> bool:
        """Whether a page, what it includes or a file made from it has changed."""
        entry = self._pages.get(page.name, {})
        return entry.get("") != self._key(page) or any(
            not (made := self._project.made / name).is_file()
            or digest([made.read_bytes()]) != expected
            for name, expected in entry.items()
            if name
        )

    def write(self, outcome: Outcome) -> None:
        page, files = outcome.page, dict(artefacts(outcome, self._project))
        for name, text in files.items():
            _replace(self._project.made / name, text)
        made = {name: digest([text]) for name, text in files.items()}
        self._pages[page.name] = {"": self._key(page), **made}
        self._save()

    def prune(self, pages: list[Page]) -> None:
        """Delete what no page has any more."""
        names = {page.name for page in pages}
        self._pages = {n: entry for n, entry in self._pages.items() if n in names}
        self._save()
        kept = {name for entry in self._pages.values() for name in entry}
        made = self._project.made
        for path in sorted(made.rglob("*"), reverse=True):  # a folder after its files
            if path.is_dir():
                with contextlib.suppress(OSError):  # not empty
                    path.rmdir()
            elif path.relative_to(made).as_posix() not in kept:
                path.unlink()

    def _key(self, page: Page) -> str:
        sources = (block.source for block in page.blocks)
        parts = [page.text, *(part for s in sources for part in (s.filename, s.text))]
        return digest(parts)

    def _save(self) -> None:
        ledger = {"for": self._surroundings, "pages": self._pages}
        _replace(self._path, json.dumps(ledger, indent=1, sort_keys=True))


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def _names(page: Page) -> Iterator[str]:
    """Yield the names of the files that are made from a page."""
    for image in (image for block in page.blocks for image in block.images):
        narrow = narrow_name(image.name)
        for name in (image.name, twin_name(image.name), narrow, twin_name(narrow)):
            yield _figure(page, name)
    if page.blocks:
        yield from (_beside(page, ".py"), _beside(page, ".ipynb"))
    if page.exercises:
        yield _beside(page, OPEN)
    if page.explorables:
        yield _beside(page, STATES)


def _beside(page: Page, suffix: str) -> str:
    stem = Path(page.name).relative_to("docs").with_suffix("").as_posix()
    return f"{stem}{suffix}"


def _figure(page: Page, name: str) -> str:
    return (Path(page.name).relative_to("docs").parent / "figures" / name).as_posix()


def artefacts(outcome: Outcome, project: Project) -> Iterator[tuple[str, str]]:
    """Yield the files of a page: figures and their twins, the program, the notebook."""
    from lessons.pages.running.style import dark  # noqa: PLC0415 it imports matplotlib

    page = outcome.page
    drawn: dict[str, str] = {}
    for record in outcome.records.values():
        drawn |= record.figures
    for name, svg in drawn.items():
        yield _figure(page, name), svg
        yield _figure(page, twin_name(name)), dark(svg)
    if page.blocks:
        notice = f"{project.config['site_name']}. Verified with {verified_with()}."
        yield _beside(page, ".py"), to_program(page, notice)
        yield _beside(page, ".ipynb"), to_notebook(page, drawn, project)
    if page.exercises:
        open_to_all = to_notebook(page, drawn, project, answers=False)
        yield _beside(page, OPEN), open_to_all
    if page.explorables:
        records = outcome.records
        states = (f'"{e.figure}": {records[e.line].state}' for e in page.explorables)
        rows = ",\n".join(states)
        yield _beside(page, STATES), f"explorables.give({{\n{rows}\n}})\n"
