"""Running a page: Sybil evaluates its steps in order, in one namespace."""

import difflib
import linecache
import sys
import traceback
import types
from collections.abc import Iterator
from pathlib import Path

from sybil import Document, Example, Region
from sybil.example import SybilFailure

from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.steps import Block, Number, Page, Step
from lessons.pages.running import figures
from lessons.pages.running.capture import capture
from lessons.pages.running.compare import equal, first_difference, trim
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

    def __init__(self, page: Page, guard: Guard, terms: Terms) -> None:
        """Prepare the page's namespace; nothing runs yet."""
        self.page, self.guard, self.terms = page, guard, terms
        self.records: dict[int, Record] = {}
        self.edits: list[Edit] = []
        self.mutants: list[Mutant] = []
        self._lines: dict[str, dict[int, str]] = {}
        self.document = Document(page.text, str(page.path))
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.document.namespace = module.__dict__
        for step in page.steps:
            evaluator = self._number if isinstance(step, Number) else self._block
            self.document.add(Region(*step.span, parsed=step, evaluator=evaluator))

    def results(self) -> Iterator[Result]:
        """Evaluate the steps in order; after a failure nothing more is run."""
        for problem in self.page.problems:
            message = self.page.at(problem.line, problem.message)
            yield Result(problem.line, "form", "failed", message)
        stopped = bool(self.page.problems)
        if not stopped:
            yield Result(1, "form", "passed")
        for example in self.document.examples():
            step: Step = example.parsed
            if stopped:
                yield Result(step.line, step.kind, "not run")
                continue
            try:
                example.evaluate()
            except SybilFailure as failure:
                yield Result(step.line, step.kind, "failed", failure.result)
                stopped = True
            except TimeLimitError as error:
                message = self.page.at(step.line, str(error))
                yield Result(step.line, step.kind, "failed", message)
                stopped = True
            else:
                yield Result(step.line, step.kind, "passed")

    def _number(self, example: Example) -> str | None:
        number: Number = example.parsed
        expression, line = number.expression, number.line
        try:
            actual = str(eval(expression, example.namespace))
        except Exception as error:
            return self.page.at(line, f"{expression} raises {error!r}")
        if equal(number.value, actual, exact=self.terms.exact):
            return None
        in_code = self.page.text[number.span[0] - 1] == "`"
        if self.terms.accept and (in_code or NUMBER.fullmatch(f"{actual}{{= x }}")):
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
        caught = capture(lambda: self._execute(block))
        raised, line = caught.raised, block.line
        expected = block.facts.expects
        if raised and (expected != "exception" or not isinstance(raised, Exception)):
            return self._unexpected(block, raised)
        if self.guard.violations:
            return self.page.at(line, self.guard.violations[0])
        if expected == "exception" and raised is None:
            return self.page.at(line, "the block is marked .raises and does not raise")
        if expected == "warning" and not caught.warnings:
            return self.page.at(line, "the block is marked .warns and does not warn")
        if caught.warnings and expected != "warning":
            message = f"an unexpected warning: {caught.warnings[0].rstrip()}"
            return self.page.at(line, message)
        record = self.records[line] = Record(caught.report)
        return self._compare(block, record.output) or self._draw(block, record)

    def _compare(self, block: Block, actual: str) -> str | None:
        if block.output is None:
            message = f"a missing output: the block prints\n{actual}"
            return self.page.at(block.line, message) if actual.strip() else None
        fence = block.output
        if not actual.strip():
            return self.page.at(fence.line, "an output too many: nothing printed")
        if equal(fence.text, actual, exact=self.terms.exact):
            return None
        if self.terms.accept:
            lines = trim(actual).split("\n")
            text = "".join(f"{fence.indent}{line}".rstrip() + "\n" for line in lines)
            self.edits.append(Edit(*fence.body, text))
            return None
        shown, ran = trim(fence.text).split("\n"), trim(actual).split("\n")
        diff = "\n".join(difflib.unified_diff(shown, ran, "page", "run", lineterm=""))
        line = fence.line + 1 + first_difference(shown, ran, exact=self.terms.exact)
        return self.page.at(line, f"the output differs from the run\n{diff}")

    def _draw(self, block: Block, record: Record) -> str | None:
        drawn, shown = figures.take_open(), block.images
        if len(drawn) != len(shown):
            line = shown[len(drawn)].line if len(shown) > len(drawn) else block.line
            counts = f"draws {len(drawn)} figures and {len(shown)} are shown"
            return self.page.at(line, f"the block in line {block.line} {counts}")
        for figure, image in zip(drawn, shown, strict=True):
            svg = record.figures[image.name] = figures.to_svg(figure, image.name)
            for problem in figures.problems(figure, svg):
                return self.page.at(image.line, f"{image.name} {problem}")
        return None

    def _unexpected(self, block: Block, error: BaseException) -> str:
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
