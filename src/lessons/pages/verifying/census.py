"""How much was verified, counted in the runs and again by a plain search."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lessons.pages.project import Project
from lessons.pages.reading.steps import Block
from lessons.pages.running.workers import Outcome

_SEARCHES = {
    "pages": r"\A",
    "blocks": r"^ *```python\b",
    "blocks shown only": r"^ *```python \{\.shown\b",
    "outputs": r"^ *```output\b",
    "figures": r"\]\(figures/",
    "exercises": r"^ *```python \{\.stub\b",
    "computed numbers": r"\{= ",
}


@dataclass(frozen=True)
class Census:
    """Counts by what they count: in the runs, and by the search of the sources."""

    verified: Counter[str]
    searched: Counter[str]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], project: Project) -> "Census":
        """Count what passed in `outcomes`, and search their pages' files again."""
        verified: Counter[str] = Counter()
        searched: Counter[str] = Counter()
        for outcome in outcomes:
            verified.update(_verified(outcome))
            text = (project.root / outcome.page.name).read_text(encoding="utf-8")
            for what, pattern in _SEARCHES.items():
                searched[what] += len(re.findall(pattern, text, re.MULTILINE))
        return cls(verified, searched)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.verified[what]} {what}" for what in _SEARCHES)
        wrong = [
            f"{what}: {self.verified[what]} verified, a plain search finds {found}"
            for what, found in self.searched.items()
            if self.verified[what] != found
        ]
        agreed = "each equal to a plain search of the sources"
        return f"verified {counts}; {'; '.join(wrong) or agreed}"


def _verified(outcome: Outcome) -> Iterable[str]:
    results = [result for result in outcome.results if result.kind != "form"]
    if all(result.status == "passed" for result in outcome.results):
        yield "pages"
    for step, result in zip(outcome.page.steps, results, strict=True):
        if result.status != "passed":
            continue
        if not isinstance(step, Block):
            yield "computed numbers"
            continue
        yield "blocks"
        if not step.facts.runs:
            yield "blocks shown only"
        if step.kind == "stub":
            yield "exercises"
        if step.output:
            yield "outputs"
        record = outcome.records.get(step.line)
        yield from ("figures" for _ in (record.figures if record else ()))
