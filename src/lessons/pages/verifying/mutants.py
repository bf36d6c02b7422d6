"""How many mutants of its solutions the checks of a page refuse."""

from collections import Counter

from mkdocs.utils.yaml import yaml_load

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.page import read_pages
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome, run_pages

LIST = "docs/reference/equivalent-mutants.yml"
LEAST = 0.97
TERMS = Terms(mutate=True, seconds=600)


def mutants(project: Project, pages: list[str]) -> int:
    """Print which mutants of the solutions pass, and how many are refused.

    Returns the exit code: 1 where a page refuses too few, or an entry is stale.
    """
    known, failed = equivalents(project), False
    selected = read_pages(project, project.select(pages))
    concerned = [page for page in selected if page.exercises or page.name in known]
    for outcome in run_pages(project, concerned, TERMS):
        report, faults = review(outcome, known.get(outcome.page.name, {}))
        if outcome.failures:
            report, faults = [], outcome.failures
        print(*report, *faults, sep="\n", flush=True)
        failed = failed or bool(faults)
    return int(failed)


def equivalents(project: Project) -> dict[str, dict[str, str]]:
    """Return the mutants that are right answers too, and why, by page.

    Raises:
        ProjectError: If the list names what is no page, or gives no reason.
    """
    path = project.root / LIST
    known = yaml_load(path.read_text(encoding="utf-8")) or {} if path.is_file() else {}
    for name, entries in known.items():
        if not (project.root / name).is_file():
            raise ProjectError(f"{LIST}: there is no page {name}")
        for change, why in entries.items():
            if not str(why or "").strip():
                raise ProjectError(f"{LIST}: say why this is right as well: {change}")
    return dict(known)


def review(outcome: Outcome, known: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what to tell about the mutants of a page, and what of it is a fault.

    Args:
        outcome: The page's; `known`: its mutants that are right answers too.
    """
    page, counts = outcome.page, Counter(m.outcome for m in outcome.mutants)
    passed = [mutant for mutant in outcome.mutants if mutant.outcome == "passed"]
    leaks = [mutant for mutant in passed if mutant.change not in known]
    refused = counts["refused"] + counts["raised"]
    share = refused / max(1, refused + len(leaks))
    report = [page.at(m.line, f"the check passes on {m.change}") for m in leaks]
    report.append(
        f"{page.name}: refused {refused} of {refused + len(leaks)} ({share:.1%}), "
        f"{counts['raised']} of them by an error; {len(passed) - len(leaks)} are right "
        f"too, {counts['died']} died or never ended"
    )
    faults = []
    if leaks and share < LEAST:
        faults.append(page.at(leaks[0].line, f"under {LEAST:.0%} are refused"))
    for change in sorted(known.keys() - {mutant.change for mutant in passed}):
        faults.append(f"{LIST}: {page.name} has no mutant that passes: {change}")
    return report, faults
