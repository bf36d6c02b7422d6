"""Running a page: Sybil evaluates its steps in order, in one namespace."""

import contextlib
import difflib
import io
import linecache
import sys
import traceback
import types
import warnings
from collections.abc import Iterator

from sybil import Document, Example, Region
from sybil.example import SybilFailure

from lessons.pages import figures
from lessons.pages.compare import equal, trim
from lessons.pages.exercises import refusal
from lessons.pages.guard import Guard, TimeLimitError
from lessons.pages.markdown import NUMBER
from lessons.pages.record import Edit, Record, Result, Terms
from lessons.pages.shown import unresolved
from lessons.pages.steps import Block, Number, Page, Step

_FILTERS: tuple[tuple[str, type[Warning], str], ...] = (
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, ""),
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
)


class Run:
    """One run of a page.

    Attributes:
        records: What each block left behind, by its line.
        edits: What to rewrite in the page, where outputs may differ (`accept`).
    """

    def __init__(self, page: Page, guard: Guard, terms: Terms) -> None:
        """Prepare the page's namespace; nothing runs yet."""
        self.page, self.guard, self.terms = page, guard, terms
        self.records: dict[int, Record] = {}
        self.edits: list[Edit] = []
        self._lines: dict[str, dict[int, str]] = {}
        self.document = Document(page.text, str(page.path))
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.document.namespace = module.__dict__
        for step in page.steps:
            self.document.add(_region(step, self._number, self._block))

    def results(self) -> Iterator[Result]:
        """Evaluate the steps in order; after a failure nothing more is run."""
        for problem in self.page.problems:
            message = f"{self.page.name}:{problem.line}: {problem.message}"
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
                message = f"{self.page.name}:{step.line}: {error}"
                yield Result(step.line, step.kind, "failed", message)
                stopped = True
            else:
                yield Result(step.line, step.kind, "passed")

    def _number(self, example: Example) -> str | None:
        number: Number = example.parsed
        place = f"{self.page.name}:{number.line}"
        try:
            actual = str(eval(number.expression, example.namespace))
        except Exception as error:
            return f"{place}: {number.expression} raises {error!r}"
        if equal(number.value, actual, exact=self.terms.exact):
            return None
        in_code = self.page.text[number.span[0] - 1] == "`"
        if self.terms.accept and (in_code or NUMBER.fullmatch(f"{actual}{{= x }}")):
            self.edits.append(Edit(*number.span, actual))
            return None
        return f"{place}: the page says {number.value}, {number.expression} is {actual}"

    def _block(self, example: Example) -> str | None:
        block: Block = example.parsed
        if block.kind == "shown":
            name = unresolved(block, example.namespace)
            place = f"{self.page.name}:{block.line}"
            return f"{place}: nothing here is called {name}" if name else None
        if block.kind in ("stub", "wrong", "check"):
            return None  # part of the item of the solution
        for answer in block.answers:
            if answer.kind in ("stub", "wrong"):
                message = refusal(answer, block.answers[1], self._execute)
                if message:
                    return f"{self.page.name}:{answer.line}: {message}"
        failure = self._run(block)
        for check in (answer for answer in block.answers if answer.kind == "check"):
            failure = failure or self._run(check)
        return failure

    def _execute(self, block: Block) -> None:
        source = block.source
        known = self._lines.setdefault(source.filename, {})
        known.update(zip(source.lines, source.text.split("\n"), strict=True))
        text = [f"{known.get(line, '')}\n" for line in range(1, max(known) + 1)]
        linecache.cache[source.filename] = (1, None, text, source.filename)
        code = compile(source.tree(), source.filename, "exec", dont_inherit=True)
        exec(code, self.document.namespace)

    def _run(self, block: Block) -> str | None:
        stdout = io.StringIO()
        raised: BaseException | None = None
        self.guard.violations.clear()
        with (
            contextlib.redirect_stdout(stdout),
            warnings.catch_warnings(record=True) as caught,
        ):
            warnings.resetwarnings()
            for action, category, module in reversed(_FILTERS):
                warnings.filterwarnings(action, "", category, module)  # type: ignore[arg-type]
            try:
                self._execute(block)
            except BaseException as error:
                raised = error
        output = stdout.getvalue()
        place = f"{self.page.name}:{block.line}"
        if raised and (block.kind != "raises" or not isinstance(raised, Exception)):
            return self._unexpected(block, raised)
        if self.guard.violations:
            return f"{place}: {self.guard.violations[0]}"
        if block.kind == "raises":
            if raised is None:
                return f"{place}: the block is marked .raises and does not raise"
            output += "".join(traceback.format_exception_only(raised))
        messages = [f"{w.category.__name__}: {_told(w)}\n" for w in caught]
        if block.kind == "warns" and not messages:
            return f"{place}: the block is marked .warns and does not warn"
        if messages and block.kind != "warns":
            return f"{place}: an unexpected warning: {messages[0].rstrip()}"
        record = self.records[block.line] = Record(output + "".join(messages))
        return self._compare(block, record.output) or self._draw(block, record)

    def _compare(self, block: Block, actual: str) -> str | None:
        if block.output is None:
            place = f"{self.page.name}:{block.line}"
            message = f"{place}: a missing output: the block prints\n{actual}"
            return message if actual.strip() else None
        fence = block.output
        if not actual.strip():
            return f"{self.page.name}:{fence.line}: an output too many: nothing printed"
        if equal(fence.text, actual, exact=self.terms.exact):
            return None
        if self.terms.accept:
            lines = trim(actual).split("\n")
            text = "".join(f"{fence.indent}{line}".rstrip() + "\n" for line in lines)
            self.edits.append(Edit(*fence.body, text))
            return None
        shown, ran = trim(fence.text).split("\n"), trim(actual).split("\n")
        diff = "\n".join(difflib.unified_diff(shown, ran, "page", "run", lineterm=""))
        return f"{self.page.name}:{fence.line}: the output differs from the run\n{diff}"

    def _draw(self, block: Block, record: Record) -> str | None:
        drawn, shown = figures.take_open(), block.images
        if len(drawn) != len(shown):
            line = shown[len(drawn)].line if len(shown) > len(drawn) else block.line
            counts = f"draws {len(drawn)} figures and {len(shown)} are shown"
            return f"{self.page.name}:{line}: the block in line {block.line} {counts}"
        for figure, image in zip(drawn, shown, strict=True):
            svg = record.figures[image.name] = figures.to_svg(figure, image.name)
            for problem in figures.problems(figure, svg):
                return f"{self.page.name}:{image.line}: {image.name} {problem}"
        return None

    def _unexpected(self, block: Block, error: BaseException) -> str:
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        line = block.line
        for frame, number in traceback.walk_tb(frames):
            if frame.f_code.co_filename == self.page.name:
                line = number
        report = "".join(traceback.format_exception(type(error), error, frames))
        head = f"the block raised {type(error).__name__}: {error}"
        return f"{self.page.name}:{line}: {head}\n{report}"


def _told(warning: warnings.WarningMessage) -> str:
    """Return what a warning says, without where in its sources PyTorch raised it."""
    return str(warning.message).partition(" (Triggered internally at")[0]


def _region(step: Step, number: object, block: object) -> Region:
    span = step.span if isinstance(step, Number) else (step.fence.start, step.fence.end)
    evaluator = number if isinstance(step, Number) else block
    return Region(*span, parsed=step, evaluator=evaluator)  # type: ignore[arg-type]
