"""How much was verified, counted in the runs and again by a plain search."""

import re
from collections import Counter

from lessons.pages.project import Project
from lessons.pages.reading.page import read_text
from lessons.pages.reading.predictions import read_predictions
from lessons.pages.reading.steps import Explorable, Number
from lessons.pages.running.record import Record
from lessons.pages.running.workers import Outcome

_SEARCHES = {
    "pages": r"\A",
    "blocks": r"^ *```python\b",
    "blocks shown only": r"^ *```python \{\.shown\b",
    "outputs": r"^ *```output\b",
    "figures": r"\]\(figures/",
    "exercises": r"^ *```python \{\.stub\b",
    "computed numbers": r"\{= ",
    "predictions": r"^ *\?\?\? predict\b",
    "explorables": r"^ *```explore\b",
}


def census(outcomes: list[Outcome], project: Project) -> tuple[str, list[str]]:
    """Return what passed, in a line, and where a search of a green page counts more."""
    total: Counter[str] = Counter()
    found = []
    for outcome in outcomes:
        verified = _verified(outcome)
        total += verified
        text = read_text(project.root / outcome.page.name)
        for what, pattern in _SEARCHES.items():
            searched = len(re.findall(pattern, text, re.MULTILINE))
            if searched != verified[what] and not outcome.failures:
                counts = f"{verified[what]} verified, a plain search finds {searched}"
                found.append(outcome.page.at(1, f"{what}: {counts}"))
    return ", ".join(f"{total[what]} {what}" for what in _SEARCHES), found


def _verified(outcome: Outcome) -> Counter[str]:
    verified = Counter(pages=int(not outcome.failures))
    predictions, _ = read_predictions(outcome.page)
    answers = [prediction.answer for prediction in predictions]
    results = [result for result in outcome.results if result.kind != "form"]
    for step, result in zip(outcome.page.steps, results, strict=True):
        if result.status != "passed":
            continue
        if isinstance(step, Explorable):
            verified["explorables"] += 1
            continue
        if isinstance(step, Number):
            verified["computed numbers"] += 1
            verified["predictions"] += int(step in answers)
            continue
        drawn = outcome.records.get(step.line, Record()).figures
        counts = {
            "blocks": 1,
            "blocks shown only": int(not step.facts.runs),
            "outputs": int(step.output is not None),
            "figures": sum(image.name in drawn for image in step.images),
            "exercises": int(step.kind == "stub"),
        }
        verified.update(counts)
    return verified
