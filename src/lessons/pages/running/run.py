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

from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.steps import Block, Number, Page, Step
from lessons.pages.running import figures
from lessons.pages.running.capture import Capture, Captured
from lessons.pages.running.compare import diff, equal, first_difference, trim
from lessons.pages.running.guard import Guard, TimeLimitError
from lessons.pages.running.mutants import try_mutants
from lessons.pages.running.record import Edit, Mutant, Record, Result, Terms
from lessons.pages.running.shown import unresolved
from lessons.pages.running.trial import misjudged

_MACHINERY = str(Path(__file__).parent)


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
        self._taken: list[Figure] = []
        self._stopped = False
        self._lines: dict[str, dict[int, str]] = {}
        self.document = Document(page.text, str(page.path))
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.document.namespace = module.__dict__
        for step in page.steps:
            evaluator = self._number if isinstance(step, Number) else self._block
            self.document.add(Region(*step.span, parsed=step, evaluator=evaluator))

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
        """Let the page end as a program does; what it still says is a fault."""
        caught = self.capture(atexit._run_exitfuncs)
        if said := caught.output + caught.errors:
            line = self.page.text.count("\n") or 1
            message = f"after its last block the page still says\n{said}"
            yield Result(line, "form", "failed", self.page.at(line, message))

    def _number(self, example: Example) -> str | None:
        number: Number = example.parsed
        expression, line = number.expression, number.line
        values: list[object] = []
        caught = self.capture(
            lambda: values.append(eval(expression, example.namespace))
        )
        if caught.raised:
            return self.page.at(line, f"{expression} raises {caught.raised!r}")
        if trouble := self._trouble(caught):
            return self.page.at(line, f"{expression}: {trouble}")
        if caught.output or figures.take_open() or _assigns(expression):
            message = f"{expression} prints, draws or assigns; it should only look"
            return self.page.at(line, message)
        actual = str(values[0])
        if equal(number.value, actual, exact=self.terms.exact):
            return None
        mark = "`" if self.page.text[number.span[0] - 1] == "`" else ""
        fits = NUMBER.fullmatch(f"{mark}{actual}{mark}{{= x }}")
        if self.terms.accept and fits:
            self.edits.append(Edit(*number.span, actual))
            return None
        message = f"the page says {number.value}, {expression} is {actual}"
        return self.page.at(line, message)

    def _block(self, example: Example) -> str | None:
        block: Block = example.parsed
        if not block.facts.runs:
            name = unresolved(block, example.namespace)
            message = f"nothing here is called {name}"
            return self.page.at(block.line, message) if name else None
        if not block.facts.role:
            return self._run(block)
        exercise = self.page.exercise_of(block)
        if block is exercise.check:
            return None  # it judges each answer where that stands
        if block is exercise.solution:
            if self.terms.mutate:
                self.mutants += try_mutants(exercise, self._attempt)
            return self._run(block) or self._run(exercise.check)
        reason = misjudged(block, exercise.check, self._attempt)
        return self.page.at(block.line, reason) if reason else None

    def _execute(self, block: Block) -> None:
        source = block.source
        known = self._lines.setdefault(source.filename, {})
        known.update(zip(source.lines, source.text.split("\n"), strict=True))
        text = [f"{known.get(line, '')}\n" for line in range(1, max(known) + 1)]
        linecache.cache[source.filename] = (1, None, text, source.filename)
        code = compile(source.tree(), source.filename, "exec", dont_inherit=True)
        exec(code, self.document.namespace)

    def _attempt(self, block: Block) -> None:
        self.guard.violations.clear()
        try:
            self._execute(block)
        finally:
            if self.guard.violations:
                raise PermissionError(self.guard.violations[0])

    def _run(self, block: Block) -> str | None:
        self.guard.violations.clear()
        caught = self.capture(lambda: self._execute(block))
        raised, line, drawn = caught.raised, block.line, figures.take_open()
        expected = block.facts.expects
        if raised and (expected != "exception" or not isinstance(raised, Exception)):
            return self._unexpected(block, raised)
        if expected == "exception" and raised is None:
            return self.page.at(line, "the block is marked .raises and does not raise")
        if expected == "warning" and not caught.warnings:
            return self.page.at(line, "the block is marked .warns and does not warn")
        if trouble := self._trouble(caught, may_warn=expected == "warning"):
            return self.page.at(line, trouble)
        record = self.records[line] = Record(caught.report)
        found = self._compare(block, record.output), self._draw(block, record, drawn)
        return "\n".join(filter(None, found)) or None

    def _trouble(self, caught: Captured, *, may_warn: bool = False) -> str | None:
        if self.guard.violations:
            return self.guard.violations[0]
        if caught.errors:
            return f"it writes to the standard error:\n{caught.errors}"
        if caught.warnings and not may_warn:
            return f"an unexpected warning: {caught.warnings[0].rstrip()}"
        return None

    def _compare(self, block: Block, actual: str) -> str | None:
        output, lines = block.output, trim(actual).split("\n")
        if not actual.strip():
            message = "an output too many: nothing printed"
            return self.page.at(output.line, message) if output else None
        if output and equal(output.text, actual, exact=self.terms.exact):
            return None
        if self.terms.accept:
            self.edits.append(_printed(block, lines))
            return None
        if output is None:
            message = f"a missing output: the block prints\n{actual}"
            return self.page.at(block.line, message)
        shown = trim(output.text).split("\n")
        place = first_difference(shown, lines, exact=self.terms.exact)
        message = f"the output differs from the run\n{diff(shown, lines)}"
        return self.page.at(output.line + 1 + place, message)

    def _draw(self, block: Block, record: Record, drawn: list[Figure]) -> str | None:
        shown = block.images
        if any(figure.stale for figure in self._taken):
            message = "it draws into a figure that an earlier block has shown"
            return self.page.at(block.line, message)
        if len(drawn) != len(shown):
            line = shown[len(drawn)].line if len(shown) > len(drawn) else block.line
            counts = f"draws {_figures(len(drawn))} and shows {len(shown)}"
            return self.page.at(line, f"the block in line {block.line} {counts}")
        for figure, image in zip(drawn, shown, strict=True):
            svg = record.figures[image.name] = figures.to_svg(figure, image.name)
            self._taken.append(figure)
            for problem in figures.problems(figure, svg):
                return self.page.at(image.line, f"{image.name} {problem}")
        return None

    def _unexpected(self, block: Block, error: BaseException) -> str:
        self._stopped = True
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename.startswith(_MACHINERY):
            frames = frames.tb_next
        line = block.line
        for frame, number in traceback.walk_tb(frames):
            if frame.f_code.co_filename == self.page.name:
                line = number
        report = "".join(traceback.format_exception(type(error), error, frames))
        head = f"the block raised {type(error).__name__}: {error}"
        return self.page.at(line, f"{head}\n{report}")


def _assigns(expression: str) -> bool:
    tree = ast.parse(expression, mode="eval")
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(tree))


def _figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"


def _printed(block: Block, lines: list[str]) -> Edit:
    """Return the output of a block as a change of its page."""
    fence = block.output or block.fence
    indent = fence.indent
    text = "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
    if block.output:
        return Edit(*fence.body, text)
    return Edit(fence.end, fence.end, f"\n\n{indent}```output\n{text}{indent}```")
