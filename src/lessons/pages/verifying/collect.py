"""The pytest plugin: one item for each step of a page, run in the page's process."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running.compare import announce
from lessons.pages.running.record import Result, Terms
from lessons.pages.running.workers import Outcome, run_pages
from lessons.pages.verifying.census import Census
from lessons.pages.verifying.mutants import equivalents, review

TIME_LIMIT = float(os.environ.get("LESSONS_TIME_LIMIT", Terms.seconds))
_session = pytest.StashKey["_Runs"]()


class PageFile(pytest.File):
    """A page and its steps; which mutants of its solutions are right answers too."""

    project: Project
    page: Page
    known: dict[str, str]

    def collect(self) -> Iterable[pytest.Item]:
        """Yield an item for the form, one for each step, one for all mutants."""
        try:
            self.page = read_pages(self.project, [self.path])[0]
            self.known = equivalents(self.project).get(self.page.name, {})
        except ProjectError as error:
            raise self.CollectError(str(error)) from None
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
        """Fail with the step's message, or say that it was not run."""
        runs = self.session.stash[_session]
        results = runs.results(self.parent.page, self.index)
        failures = [result.message for result in results if result.status == "failed"]
        if failures:
            pytest.fail("\n".join(failures), pytrace=False)
        if results[0].status == "not run":
            pytest.skip(f"not run: {self.parent.page.name} failed above this line")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the step stands."""
        line = self.parent.page.steps[self.index - 1].line if self.index else 1
        return self.path, line - 1, f"{self.parent.page.name}:{line} {self.name}"


class MutantsItem(pytest.Item):
    """What the checks of a page's exercises make of mutated solutions."""

    parent: PageFile

    def runtest(self) -> None:
        """Fail if they refuse too few of them."""
        outcome = self.session.stash[_session].outcome(self.parent.page)
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

    def __init__(self, project: Project, pages: list[Page], mutate: bool) -> None:
        self.project = project
        terms = Terms(announce(project.root), mutate=mutate, seconds=TIME_LIMIT)
        self.outcomes: dict[str, Outcome] = {}
        self._pending: Iterator[Outcome] = run_pages(project, pages, terms)

    def outcome(self, page: Page) -> Outcome:
        while page.name not in self.outcomes:
            outcome = next(self._pending)
            self.outcomes[outcome.page.name] = outcome
        return self.outcomes[page.name]

    def results(self, page: Page, index: int) -> list[Result]:
        results = self.outcome(page).results
        form = [result for result in results if result.kind == "form"]
        return form if index == 0 else [results[len(form) + index - 1]]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Collect the pages of the project that pytest runs in."""
    project = Project(parent.config.rootpath)
    if not project.is_page(file_path):
        return None
    file: PageFile = PageFile.from_parent(parent, path=file_path)
    file.project = project
    return file


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare the run of the collected pages; a site without blocks is an error."""
    project = Project(session.config.rootpath)
    asked = [
        Path(str(arg).split("::", maxsplit=1)[0]).resolve()
        for arg in session.config.args
    ]
    about_pages = any(p == project.docs or project.docs in p.parents for p in asked)
    ours = StepItem | MutantsItem
    items = [item for item in session.items if isinstance(item, ours)]
    if about_pages and not any(getattr(item, "index", 1) for item in items):
        raise pytest.UsageError(f"{project.docs}: no block of any page was collected")
    if items:
        pages = {item.parent.page.name: item.parent.page for item in items}
        mutate = any(isinstance(item, MutantsItem) for item in session.items)
        session.stash[_session] = _Runs(project, list(pages.values()), mutate)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how much was verified, beside a plain count of the same pages."""
    runs = terminalreporter._session.stash.get(_session, None)
    if runs is None:
        return
    census = Census.of(runs.outcomes.values(), runs.project)
    terminalreporter.section("pages")
    terminalreporter.write_line(str(census))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a green session whose counts do not agree with the plain search."""
    runs = session.stash.get(_session, None)
    if runs and exitstatus == pytest.ExitCode.OK:
        census = Census.of(runs.outcomes.values(), runs.project)
        if census.verified != census.searched:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
