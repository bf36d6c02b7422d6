"""Each block of the real pages with what it needs, run as a copier runs it."""

from pathlib import Path

import pytest

from ahead import do_ahead
from bare import BarePython, without_places
from copied import Copied, Job, copies, run_copies
from counts import count
from course import PAGES, PROJECT, SLICES
from lessons.pages.reading.page import parse_pages
from lessons.pages.reading.slices import slices
from sandbox import ROOT

COPIES = {
    name: copies(page, SLICES[name]) for name, page in PAGES.items() if page.blocks
}
# What is needed here is seen only in a run.
HIDDEN = """\
```python
total = 1
```

```python
globals()["total"] += 1
```

```python{}
print(total)
```

```output
2
```
"""
ASIDE = "```python\naside = 1\n```\n\n"
PLANTED = {
    "hidden": HIDDEN.format(""),
    "all": HIDDEN.format(' needs="all"'),
    "an error": f"{ASIDE}```python\nprint(1 / 0)\n```\n",
    "a death": f"{ASIDE}```python\nimport os\n\nos._exit(0)\n```\n",
    "easy": ASIDE
    + "```python {.stub}\nx = ...\n```\n\n```python {.check}\nassert x, 'no'\n```\n\n"
    "```python {.wrong}\nx = 0\n```\n\n```python {.solution}\nx = 1\n```\n",
}


def read(texts: dict[str, str]) -> dict[str, list[Copied]]:
    paths = {ROOT / f"docs/tensors/{name}.md": text for name, text in texts.items()}
    pages = parse_pages(PROJECT, paths)
    return {
        name: copies(page, slices(page))
        for name, page in zip(texts, pages, strict=True)
    }


TRIED = read(PLANTED)
JOBS = [Job.of(page) for page in (*COPIES.values(), *TRIED.values())]


@do_ahead
def copied(_session: pytest.Session, folder: Path) -> dict[str, str]:
    """Run the copies of all pages that no program of a page has run."""
    return run_copies(BarePython.make(folder), JOBS, folder / "copies")


def wrong(each: Copied, printed: str) -> str:
    """Return what a copy does that the page does not show, if it does."""
    if each.shown is None:
        return "" if "AssertionError: " in printed else f"{each.name} is not refused"
    if without_places(printed) == without_places(each.shown):
        return ""
    return f"{each.name} prints, with what it needs:\n{printed}\nnot\n{each.shown}"


@pytest.mark.parametrize("name", COPIES)
def test_a_copied_block_prints_what_its_page_shows(
    copied: dict[str, str], name: str, request: pytest.FixtureRequest
) -> None:
    found = [
        wrong(each, copied[each.name]) for each in COPIES[name] if not each.is_program
    ]
    assert [reason for reason in found if reason] == []
    count(request.config, "copied combinations run", len(COPIES[name]))


def test_only_few_blocks_need_all_that_is_above_them() -> None:
    all_copies = [each for page in COPIES.values() for each in page]
    needy = [each for each in all_copies if each.slice.block.fence.needs_all]
    assert len(needy) < 0.02 * len(all_copies)


def test_what_a_copy_lacks_is_noticed(copied: dict[str, str]) -> None:
    told = {
        name: wrong(page[-1], copied.get(page[-1].name, ""))
        for name, page in TRIED.items()
    }
    assert told["hidden"].endswith("prints, with what it needs:\n1\n\nnot\n2\n")
    assert "ZeroDivisionError: division by zero" in told["an error"]
    assert "it did not end" in told["a death"]


def test_a_block_that_needs_all_is_the_program_up_to_there() -> None:
    each = TRIED["all"][-1]
    assert each.is_program
    assert len(each.slice.needs) == 2


def test_a_stub_that_is_not_refused_is_noticed(copied: dict[str, str]) -> None:
    stub, check, slip, solution = TRIED["easy"][1:]
    assert wrong(stub, copied[stub.name]).endswith("is not refused")
    assert wrong(check, copied[check.name]).endswith("is not refused")
    assert wrong(slip, copied[slip.name]) == ""
    assert wrong(solution, copied[solution.name]) == ""
