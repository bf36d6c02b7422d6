"""What each kind of Python block is. Nothing else decides by the name of a kind."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Kind:
    """What holds for all blocks of a kind.

    Attributes:
        runs: It is run. Otherwise its names are looked up.
        prints: It may have an output and figures.
        expects: What must come of it, and is caught.
        role: Its part in an exercise: a `check` must pass each `answer` and refuse
            whatever is to be `refused`.
        is_folded: Its code is hidden in a notebook until the reader asks for it.
        draws: Its pictures are above it, its code is folded below them.
        may_stop: Its cell may raise in a notebook, and those below run all the same.
    """

    runs: bool = True
    prints: bool = True
    expects: Literal["", "exception", "warning"] = ""
    role: Literal["", "refused", "check", "answer"] = ""
    is_folded: bool = False
    draws: bool = False
    may_stop: bool = False


PLAIN: Final = "python"
KINDS: Final[dict[str, Kind]] = {
    PLAIN: Kind(),
    "raises": Kind(expects="exception", may_stop=True),
    "warns": Kind(expects="warning"),
    "draw": Kind(is_folded=True, draws=True),
    "shown": Kind(runs=False, prints=False, may_stop=True),
    "stub": Kind(prints=False, role="refused"),
    "check": Kind(role="check", may_stop=True),
    "wrong": Kind(prints=False, role="refused", is_folded=True),
    "solution": Kind(role="answer", is_folded=True),
}
