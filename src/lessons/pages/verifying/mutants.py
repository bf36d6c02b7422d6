"""How many mutants of its solutions each page's checks refuse."""

from collections import Counter
from dataclasses import dataclass

from mkdocs.utils.yaml import yaml_load

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.page import read_pages
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome, run_pages

LIST = "docs/reference/equivalent-mutants.yml"
LEAST = 0.97
_SECONDS = 600.0


@dataclass(frozen=True)
class Review:
    """What the mutants of a page have shown.

    Attributes:
        survivors: A line for each mutant that passes and is not known as equivalent.
        faults: What is wrong: too many survivors, or a stale entry of the list.
        summary: The counts, in a line.
    """

    survivors: list[str]
    faults: list[str]
    summary: str


def mutants(project: Project, pages: list[str]) -> int:
    """Print which mutants of the solutions pass, and how many are refused.

    Returns the exit code: 1 where a page refuses too few, or a listed one is stale.
    """
    known, faults = equivalents(project), []
    selected = read_pages(project, project.select(pages))
    terms = Terms(mutate=True, seconds=_SECONDS)
    for outcome in run_pages(project, [p for p in selected if p.exercises], terms):
        found = review(outcome, known.get(outcome.page.name, {}))
        print(*found.survivors, *found.faults, found.summary, sep="\n", flush=True)
        faults += found.faults
    return int(bool(faults))


def equivalents(project: Project) -> dict[str, dict[str, str]]:
    """Return the mutants that no check can refuse, and why, by page.

    Raises:
        ProjectError: If the list names no such page, or gives no reason.
    """
    path = project.root / LIST
    known = yaml_load(path.read_text(encoding="utf-8")) or {} if path.is_file() else {}
    for name, entries in known.items():
        if not (project.root / name).is_file():
            raise ProjectError(f"{LIST}: there is no page {name}")
        for change, why in entries.items():
            if not (isinstance(why, str) and why.strip()):
                raise ProjectError(f"{LIST}: say why {change!r} changes nothing")
    return known


def review(outcome: Outcome, known: dict[str, str]) -> Review:
    """Judge the checks of a page by what became of the mutants of its solutions."""
    page, counts = outcome.page, Counter(m.outcome for m in outcome.mutants)
    passed = [mutant for mutant in outcome.mutants if mutant.outcome == "passed"]
    survivors = [m for m in passed if m.change not in known]
    stale = known.keys() - {mutant.change for mutant in passed}
    refused = counts["refused"] + counts["raised"]
    total = refused + len(survivors)
    faults = outcome.failures + [
        f"{LIST}: {page.name}: no such mutant passes: {change}"
        for change in sorted(stale)
    ]
    summary = (
        f"{page.name}: refused {refused} of {total} ({refused / (total or 1):.1%}), "
        f"{counts['raised']} of them by an error; {len(passed) - len(survivors)} "
        f"equivalent, {counts['died']} never ended or died"
    )
    if refused < LEAST * total:
        faults.append(page.at(1, f"fewer than {LEAST:.0%} of the mutants are refused"))
    return Review(
        [page.at(m.line, f"passes: {m.change}") for m in survivors], faults, summary
    )
