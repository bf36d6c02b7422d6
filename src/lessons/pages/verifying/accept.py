"""Accepting what a run gave: outputs and computed numbers, and nothing else."""

import difflib
import sys

from lessons.pages.project import Project
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running.compare import announce
from lessons.pages.running.record import Edit, Terms
from lessons.pages.running.workers import run_pages


def accept(project: Project, pages: list[str]) -> int:
    """Rewrite the outputs and numbers of pages from a run; print the difference.

    A page with any other failure is left as it is. Returns the exit code.
    """
    announce(project.root)
    failed = False
    with project.locked():
        selected = read_pages(project, project.select(pages))
        for outcome in run_pages(project, selected, Terms(accept=True)):
            page = outcome.page
            for message in outcome.failures:
                print(message, file=sys.stderr)
            failed = failed or bool(outcome.failures)
            if outcome.edits and not outcome.failures:
                _rewrite(page, outcome.edits)
    return int(failed)


def _rewrite(page: Page, edits: list[Edit]) -> None:
    text = page.text
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    draft = page.path.with_suffix(".md.draft")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(page.path)
    before, after = page.text.splitlines(), text.splitlines()
    diff = difflib.unified_diff(before, after, page.name, page.name, lineterm="")
    print("\n".join(diff))
