"""Running a page: Sybil evaluates its steps in order, in one namespace."""

import ast
import atexit
import linecache
import sys
import traceback
import types
from collections.abc import Iterator
from pathlib import Path

from matplotlib.figure import Figure
from sybil import Document, Example, Region
from sybil.example import SybilFailure

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Explorable, Number, Page, Step
from lessons.pages.running import figures, findings
from lessons.pages.running.capture import Capture, Captured
from lessons.pages.running.findings import Finding
from lessons.pages.running.guard import Guard, TimeLimitError
from lessons.pages.running.mutants import try_mutants
from lessons.pages.running.record import Edit, Mutant, Record, Result, Terms
from lessons.pages.running.shown import unresolved
from lessons.pages.running.trial import misjudged

_MACHINERY = str(Path(__file__).parent)


class _Trouble(str):
    """What is wrong with an expression."""


class Run:
    """One run of a page.

    Attributes:
        records: What each block left behind, by its line.
        edits: What to rewrite in the page, where outputs may differ (`accept`).
        mutants: What came of the solutions' mutants, where those are wanted (`mutate`).
    """

    def __init__(
        self, page: Page, guard: Guard, capture: Capture, terms: Terms
    ) -> None:
        """Prepare the page's namespace; nothing runs yet."""
        self.page, self.guard, self.capture, self.terms = page, guard, capture, terms
        self.records: dict[int, Record] = {}
        self.edits: list[Edit] = []
        self.mutants: list[Mutant] = []
        self._shown: list[Figure] = []
        self._stopped = False
        self._lines: dict[str, dict[int, str]] = {}
        self.document = Document(page.text, str(page.path))
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.namespace = self.document.namespace = module.__dict__
        for step in page.steps:
            region = Region(*step.span, parsed=step, evaluator=self._evaluate)
            self.document.add(region)

    def results(self) -> Iterator[Result]:
        """Evaluate the steps in order; after an exception nothing more is run."""
        for problem in self.page.problems:
            message = self.page.at(problem.line, problem.message)
            yield Result(problem.line, "form", "failed", message)
        self._stopped = bool(self.page.problems)
        if not self._stopped:
            yield Result(1, "form", "passed")
        for example in self.document.examples():
            step: Step = example.parsed
            if self._stopped:
                yield Result(step.line, step.kind, "not run")
                continue
            try:
                example.evaluate()
            except SybilFailure as failure:
                yield Result(step.line, step.kind, "failed", failure.result)
            except TimeLimitError as error:
                message = self.page.at(step.line, str(error))
                yield Result(step.line, step.kind, "failed", message)
                self._stopped = True
            else:
                yield Result(step.line, step.kind, "passed")
        if not self._stopped:
            yield from self._late_words()

    def _late_words(self) -> Iterator[Result]:
        """Let the page end as a program does; what it still does is a fault."""
        caught = self.capture(atexit._run_exitfuncs)
        if said := caught.output + caught.errors:
            line = self.page.text.count("\n") or 1
            message = f"after its last block the page still says\n{said}"
            yield Result(line, "form", "failed", self.page.at(line, message))

    def _evaluate(self, example: Example) -> str | None:
        """Run a step; return its problems, keep its edits."""
        step: Step = example.parsed
        if isinstance(step, Block):
            found = self._block(step)
        elif isinstance(step, Number):
            found = self._number(step)
        else:
            found = self._explorable(step)
        messages = []
        for finding in found:
            if isinstance(finding, Edit):
                self.edits.append(finding)
            else:
                messages.append(self.page.at(finding.line, finding.message))
        return "\n".join(messages) or None

    def _number(self, number: Number) -> Iterator[Finding]:
        value = self._value(number.expression)
        if isinstance(value, _Trouble):
            yield Problem(number.line, f"{number.expression}{value}")
        else:
            yield from findings.of_number(number, str(value), self.terms)

    def _explorable(self, explorable: Explorable) -> Iterator[Finding]:
        value = self._value(explorable.expression)
        if isinstance(value, _Trouble):
            yield Problem(explorable.line, f"the start of {explorable.figure}{value}")
            return
        try:
            self.records[explorable.line] = Record(state=findings.as_state(value))
        except (TypeError, ValueError) as error:
            yield Problem(explorable.line, f"{explorable.figure}: {error}")

    def _value(self, expression: str) -> object:
        """Return the value of an expression that only looks, or what is wrong."""
        values = list[object]()
        caught = self.capture(lambda: values.append(eval(expression, self.namespace)))
        if caught.raised:
            return _Trouble(f" raises {caught.raised!r}")
        if trouble := self._trouble(caught):
            return _Trouble(f": {trouble}")
        if caught.output or figures.take_open() or _assigns(expression):
            return _Trouble(" prints, draws or assigns; it should only look")
        return values[0]

    def _block(self, block: Block) -> Iterator[Finding]:
        if not block.facts.runs:
            if name := unresolved(block, self.namespace):
                yield Problem(block.line, f"nothing here is called {name}")
        elif not block.facts.role:
            yield from self._run(block)
        else:
            yield from self._part_of_exercise(block)

    def _part_of_exercise(self, block: Block) -> Iterator[Finding]:
        exercise = self.page.exercise_of(block)
        if block is exercise.solution:
            if self.terms.mutate:
                self.mutants += try_mutants(exercise, self._attempt)
            found = [*self._run(block)]
            yield from found or self._run(exercise.check)
        elif block is exercise.check:
            return  # it judges each answer where that stands
        elif reason := misjudged(block, exercise.check, self._attempt):
            yield Problem(block.line, reason)

    def _execute(self, block: Block) -> None:
        source = block.source
        known = self._lines.setdefault(source.filename, {})
        known.update(zip(source.lines, source.text.split("\n"), strict=True))
        text = [f"{known.get(line, '')}\n" for line in range(1, max(known) + 1)]
        linecache.cache[source.filename] = (1, None, text, source.filename)
        code = compile(source.tree(), source.filename, "exec", dont_inherit=True)
        exec(code, self.namespace)

    def _attempt(self, block: Block) -> None:
        self.guard.violations.clear()
        try:
            self._execute(block)
        finally:
            if self.guard.violations:
                raise PermissionError(self.guard.violations[0])

    def _run(self, block: Block) -> Iterator[Finding]:
        self.guard.violations.clear()
        caught = self.capture(lambda: self._execute(block))
        drawn, expected = figures.take_open(), block.facts.expects
        raised = caught.raised
        if raised and (expected != "exception" or not isinstance(raised, Exception)):
            yield self._unexpected(block, raised)
        elif trouble := self._trouble(caught, may_warn=expected == "warning"):
            yield Problem(block.line, trouble)
        elif problems := [*findings.of_outcome(block, caught)]:
            yield from problems
        else:
            record = self.records[block.line] = Record(caught.report)
            yield from findings.of_output(block, record.output, self.terms)
            yield from findings.of_figures(block, drawn, record, self.terms)
            self._shown += (figure for figure in drawn if not figure.stale)

    def _trouble(self, caught: Captured, *, may_warn: bool = False) -> str | None:
        if self.guard.violations:
            return self.guard.violations[0]
        if caught.errors:
            return f"it writes to the standard error:\n{caught.errors}"
        if caught.warnings and not may_warn:
            return f"an unexpected warning: {caught.warnings[0].rstrip()}"
        if any(figure.stale for figure in self._shown):
            return "it draws into a figure that an earlier block has shown"
        return None

    def _unexpected(self, block: Block, error: BaseException) -> Problem:
        self._stopped = True
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename.startswith(_MACHINERY):
            frames = frames.tb_next
        line = block.line
        for frame, number in traceback.walk_tb(frames):
            if frame.f_code.co_filename == self.page.name:
                line = number
        report = "".join(traceback.format_exception(type(error), error, frames))
        return Problem(
            line, f"the block raised {type(error).__name__}: {error}\n{report}"
        )


def _assigns(expression: str) -> bool:
    tree = ast.parse(expression, mode="eval")
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(tree))
