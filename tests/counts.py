"""What tests have verified, counted, for the summary."""

from collections import Counter

import pytest

_counts = pytest.StashKey[Counter[str]]()


def count(config: pytest.Config, what: str, number: int = 1) -> None:
    """Note that so many more have been verified."""
    config.stash.setdefault(_counts, Counter())[what] += number


def counted(config: pytest.Config) -> str:
    """Return how many of each, in a line; nothing if no test has counted."""
    counts = config.stash.get(_counts, Counter())
    return ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
