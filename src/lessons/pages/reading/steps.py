"""What a page consists of: blocks with their outputs and figures, and numbers."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from lessons.pages.reading.boxes import Box
from lessons.pages.reading.fences import Fence, Problem
from lessons.pages.reading.kinds import KINDS, PLAIN, Kind
from lessons.pages.reading.objects import Source


@dataclass(frozen=True)
class Image:
    """A figure that the page shows: file name, alternative text, line."""

    name: str
    alt: str
    line: int


@dataclass(frozen=True)
class Number:
    """A number in the prose and the expression that it must equal.

    Attributes:
        span: Its place in the text of the page; `line`: its line.
        value: The number; `in_code`: whether it is set as code.
        expression: What is evaluated.
    """

    span: tuple[int, int]
    line: int
    value: str
    in_code: bool
    expression: str
    kind: ClassVar[str] = "number"


@dataclass(frozen=True)
class Explorable:
    """A figure that readers move, below the one that stays.

    Attributes:
        fence: Where it is; `figure`: the name of its script.
        expression: What it starts from: a dictionary of numbers, texts and tensors.
    """

    fence: Fence
    figure: str
    expression: str
    kind: ClassVar[str] = "explorable"

    @property
    def span(self) -> tuple[int, int]:
        """Where its fence is in the text of the page."""
        return self.fence.span

    @property
    def line(self) -> int:
        """Line of its opening fence."""
        return self.fence.line


@dataclass
class Block:
    """A Python fence with all that belongs to it.

    Attributes:
        fence: Where it stands; `source`: its code, includes expanded.
        output: The fence with what it prints; `images`: the figures it draws.
    """

    fence: Fence
    source: Source
    output: Fence | None = None
    images: list[Image] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """Where its fence stands in the text of the page."""
        return self.fence.span

    @property
    def line(self) -> int:
        """Line of its opening fence."""
        return self.fence.line

    @property
    def kind(self) -> str:
        """Its class, or `python`."""
        return self.fence.kind or PLAIN

    @property
    def is_included(self) -> bool:
        """Whether its code is an object of the lessons."""
        return self.source.filename.endswith(".py")

    @property
    def facts(self) -> Kind:
        """What holds for blocks of its kind."""
        return KINDS.get(self.kind, KINDS[PLAIN])


@dataclass
class Exercise:
    """The blocks of an exercise, in page order."""

    blocks: list[Block] = field(default_factory=list)

    @property
    def stub(self) -> Block:
        """What the reader starts from."""
        return self.blocks[0]

    @property
    def check(self) -> Block:
        """What judges an answer, with messages."""
        return self.blocks[1]

    @property
    def answers(self) -> list[Block]:
        """The slips, which the check must refuse, then the right answers."""
        return self.blocks[2:]

    @property
    def solution(self) -> Block:
        """The first right answer, which the page goes on with."""
        return next(block for block in self.answers if block.facts.role == "answer")


Step = Block | Number | Explorable


@dataclass
class Page:
    """A page in the order in which it is read.

    Attributes:
        path, name: The file, and what messages call it (`docs/part/chapter.md`).
        text: The whole text; `prose`: the same with blanks for front matter and fences.
        steps: Blocks, numbers, explorables; `exercises`: blocks that belong together.
        boxes: The boxes, folded and open, in order.
        imports: The modules that the blocks import.
        problems: What is wrong with the form, so that nothing of the page is run.
    """

    path: Path
    name: str
    text: str
    prose: str = ""
    steps: list[Step] = field(default_factory=list)
    exercises: list[Exercise] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The Python blocks, in order."""
        return [step for step in self.steps if isinstance(step, Block)]

    @property
    def numbers(self) -> list[Number]:
        """The computed numbers, in order."""
        return [step for step in self.steps if isinstance(step, Number)]

    @property
    def explorables(self) -> list[Explorable]:
        """The figures that readers move, in order."""
        return [step for step in self.steps if isinstance(step, Explorable)]

    def folds(self, offset: int) -> list[Box]:
        """Return the folded boxes that a place of the text lies in, outermost first."""
        return [box for box in self.boxes if box.is_folded and box.holds(offset)]

    def exercise_of(self, block: Block) -> Exercise:
        """Return the exercise that a block is a part of."""
        return next(e for e in self.exercises if any(b is block for b in e.blocks))

    def line(self, offset: int) -> int:
        """Return the line of a place in the text."""
        return self.text.count("\n", 0, offset) + 1

    def report(self, line: int, message: str) -> None:
        """Note what is wrong in a line."""
        self.problems.append(Problem(line, message))

    def at(self, line: int, message: str) -> str:
        """Return a message with the place that it is about."""
        return f"{self.name}:{line}: {message}"

    @property
    def title(self) -> str:
        """The text of the first heading."""
        match = re.search(r"^# (.+?)(?: *\{.*\})?$", self.text, re.MULTILINE)
        return match[1] if match else self.path.stem


def module_of(page: str) -> str | None:
    """Return the module of a chapter, `None` for any other page."""
    part, _, name = page.removeprefix("docs/").removesuffix(".md").partition("/")
    if not name or name == "index" or part in ("labs", "reference"):
        return None
    return f"src/lessons/{part}/{name}.py".replace("-", "_")
