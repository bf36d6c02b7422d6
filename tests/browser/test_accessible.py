"""Every page in light and in dark: its words can be read, its figures follow."""

import pytest

from audit import Scheme
from seen import RULES_OF, Seen


@pytest.mark.parametrize("scheme", RULES_OF)
def test_the_page_is_accessible(seen: Seen, scheme: Scheme) -> None:
    assert seen.faults[scheme] == []


def test_figures_follow_the_scheme(seen: Seen) -> None:
    light = seen.figures["light"]
    assert all(name.endswith(".svg#only-light") for name in light)
    assert seen.figures["dark"] == [
        name.replace(".svg#only-light", ".dark.svg#only-dark") for name in light
    ]
