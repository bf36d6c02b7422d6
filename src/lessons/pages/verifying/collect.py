"""The pytest plugin: one item for each step of a page, run in the page's process."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.form import problems
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running.compare import announce
from lessons.pages.running.record import Result, Terms
from lessons.pages.running.workers import Outcome, run_pages
from lessons.pages.verifying.census import census
from lessons.pages.verifying.mutants import equivalents, review

TIME_LIMIT = float(os.environ.get("LESSONS_TIME_LIMIT", Terms.seconds))
# Whether a site is to be made of this run; a plugin or a `conftest.py` may ask for it.
for_a_site = pytest.StashKey[bool]()
_all_pages = pytest.StashKey[dict[Path, Page]]()
_known = pytest.StashKey[dict[str, dict[str, str]]]()
_runs = pytest.StashKey["_Runs"]()
_counted = pytest.StashKey[list[str]]()


class PageFile(pytest.File):
    """A page and its steps; which mutants of its solutions are right answers too."""

    page: Page
    known: dict[str, str]

    def collect(self) -> Iterable[pytest.Item]:
        """Yield an item for the form, one for each step, one for all mutants."""
        names = ["form", *(f"line {s.line} {s.kind}" for s in self.page.steps)]
        for index, name in enumerate(names):
            item: StepItem = StepItem.from_parent(self, name=name)
            item.index = index
            yield item
        if self.page.exercises or self.known:
            mutants: MutantsItem = MutantsItem.from_parent(self, name="mutants")
            mutants.add_marker("mutants")
            yield mutants


class StepItem(pytest.Item):
    """A step of a page; it only looks up how the step went in the page's process."""

    parent: PageFile
    index: int

    def runtest(self) -> None:
        """Fail with the step's messages, or say that it was not run."""
        page, runs = self.parent.page, self.config.stash[_runs]
        results = runs.results(page, self.index)
        messages = runs.form(page) if self.index == 0 else []
        messages += [result.message for result in results if result.status == "failed"]
        if messages:
            pytest.fail("\n".join(dict.fromkeys(messages)), pytrace=False)
        if results[0].status == "not run":
            pytest.skip(f"not run: {page.name} failed above this line")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the step stands."""
        line = self.parent.page.steps[self.index - 1].line if self.index else 1
        return self.path, line - 1, f"{self.parent.page.name}:{line} {self.name}"


class MutantsItem(pytest.Item):
    """What the checks of a page's exercises make of mutated solutions."""

    parent: PageFile

    def runtest(self) -> None:
        """Fail if they refuse too few of them."""
        outcome = self.config.stash[_runs].outcome(self.parent.page)
        if outcome.failures:
            pytest.skip(f"not tried: {self.parent.page.name} failed")
        report, faults = review(outcome, self.parent.known)
        if faults:
            pytest.fail("\n".join(report + faults), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page."""
        return self.path, 0, f"{self.parent.page.name} {self.name}"


class _Runs:
    """The outcomes of the selected pages, each page run once, all side by side."""

    def __init__(
        self,
        project: Project,
        every: list[Page],
        pages: list[Page],
        *,
        mutate: bool,
        narrow: bool,
    ) -> None:
        self.project = project
        exact = announce(project.root)
        terms = Terms(exact, narrow=narrow, mutate=mutate, seconds=TIME_LIMIT)
        self.outcomes: dict[str, Outcome] = {}
        self._findings = problems(project, every, [page.name for page in pages])
        self._names = [page.name for page in pages]
        self._pending: Iterator[Outcome] = run_pages(project, pages, terms)

    def form(self, page: Page) -> list[str]:
        """Return what the first look found in a page; in no page, with the first."""
        if page.name != self._names[0]:
            return [str(f) for f in self._findings if f.name == page.name]
        return [str(f) for f in self._findings if f.name not in self._names[1:]]

    def outcome(self, page: Page) -> Outcome:
        """Return what came of a page, once it has been run."""
        while page.name not in self.outcomes:
            outcome = next(self._pending)
            self.outcomes[outcome.page.name] = outcome
        return self.outcomes[page.name]

    def results(self, page: Page, index: int) -> list[Result]:
        """Return how a step went, for index 0 what was wrong with the form."""
        results = self.outcome(page).results
        form = [result for result in results if result.kind == "form"]
        return form if index == 0 else [results[len(form) + index - 1]]


def verified(config: pytest.Config) -> list[Outcome]:
    """Return what came of the pages that have been run so far."""
    runs = config.stash.get(_runs, None)
    return list(runs.outcomes.values()) if runs else []


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Collect the pages of the project that pytest runs in."""
    project, stash = Project(parent.config.rootpath), parent.config.stash
    if not project.is_page(file_path):
        return None
    try:
        if _all_pages not in stash:
            pages = read_pages(project, project.pages())
            stash[_all_pages] = {page.path: page for page in pages}
            stash[_known] = equivalents(project)
    except ProjectError as error:
        pytest.exit(f"ERROR: {error}", returncode=pytest.ExitCode.USAGE_ERROR)
    file: PageFile = PageFile.from_parent(parent, path=file_path)
    file.page = stash[_all_pages][file_path]
    file.known = stash[_known].get(file.page.name, {})
    return file


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare the run of the collected pages; a folder without blocks is an error."""
    project, config = Project(session.config.rootpath), session.config
    asked = [Path(str(arg).partition("::")[0]).resolve() for arg in config.args]
    folders = [path for path in asked if path.is_dir()]
    items = [i for i in session.items if isinstance(i, StepItem | MutantsItem)]
    is_empty = not any(getattr(item, "index", 1) for item in items)
    if is_empty and any(p.is_relative_to(project.docs.resolve()) for p in folders):
        raise pytest.UsageError(f"{project.docs}: no block of any page was collected")
    if items:
        pages = {item.parent.page.name: item.parent.page for item in items}
        every = list(config.stash[_all_pages].values())
        mutate = any(isinstance(item, MutantsItem) for item in items)
        narrow = config.stash.get(for_a_site, False)
        chosen = list(pages.values())
        config.stash[_runs] = _Runs(
            project, every, chosen, mutate=mutate, narrow=narrow
        )


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Count what was verified; fail a green session whose counts do not agree."""
    if runs := session.config.stash.get(_runs, None):
        line, found = census(list(runs.outcomes.values()), runs.project)
        session.config.stash[_counted] = [f"verified {line}", *found]
        if found and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how much was verified, and where a plain search of a page counts more."""
    if counted := config.stash.get(_counted, []):
        terminalreporter.section("pages")
        terminalreporter.write_line(counted[0])
    for message in counted[1:]:
        terminalreporter.write_line(f"ERROR {message}", red=True)
