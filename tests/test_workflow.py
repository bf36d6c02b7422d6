"""What the workflow may do: nobody else's code runs with the right to publish."""

import re
from typing import Any

import pytest
import yaml

from sandbox import ROOT

TEXT = (ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
ON = WORKFLOW[True]  # YAML 1.1 takes the word "on" for a truth value
RIGHTS = {"deploy": {"pages", "id-token"}}


def test_actions_are_pinned_to_a_commit() -> None:
    used = re.findall(r"uses: *(\S+)", TEXT)
    assert used
    loose = [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)]
    assert loose == []


@pytest.mark.parametrize("name", WORKFLOW["jobs"])
def test_a_job_has_no_right_that_it_does_not_need(name: str) -> None:
    assert WORKFLOW["permissions"] == {}
    job = WORKFLOW["jobs"][name]
    rights = {what for what, right in job["permissions"].items() if right == "write"}
    assert rights == RIGHTS.get(name, set())
    checkouts = [step for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert not (checkouts and rights), f"{name} runs code of the repository"


def test_only_tested_pushes_to_main_are_published() -> None:
    assert ON == {"push": {"branches": ["main"]}, "pull_request": None}
    jobs = WORKFLOW["jobs"]
    assert jobs["build"]["if"] == "github.event_name == 'push'"
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
