"""What a run reports, in a form that crosses from one process to another."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Terms:
    """The terms of a run.

    Attributes:
        exact: Compare to the last digit, see `compare.equal`.
        accept: Collect edits where outputs differ, instead of failing.
        narrow: Draw figures for narrow screens as well.
        mutate: Try the checks on mutants of the solutions as well.
        seconds: The time that a page may take.
    """

    exact: bool = True
    accept: bool = False
    narrow: bool = False
    mutate: bool = False
    seconds: float = 120.0


@dataclass(frozen=True)
class Result:
    """How a step of a page went: `passed`, `failed` or `not run`."""

    line: int
    kind: str
    status: str
    message: str = ""


@dataclass(frozen=True)
class Mutant:
    """A solution with one small change, and what its check made of it.

    Attributes:
        line: Where the change is; `change`: the line before and after it.
        outcome: As in a `Verdict`; `reason`: what was said or what happened.
    """

    line: int
    change: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Edit:
    """A piece of the page's text, by offsets, and what it should be."""

    start: int
    end: int
    text: str


@dataclass
class Record:
    """What a step left behind.

    Attributes:
        output: What a block printed; `figures`: what it drew, by file name.
        state: What an explorable starts from, as JSON.
    """

    output: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    state: str = ""
