"""A process for each page, forked from a server that has imported the libraries."""

import contextlib
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from lessons.pages.project import Project
from lessons.pages.reading.steps import Page
from lessons.pages.running import preload
from lessons.pages.running.capture import ERRORS
from lessons.pages.running.child import run_page
from lessons.pages.running.record import Edit, Mutant, Record, Result, Terms

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"
)
# What reads memory that nobody has written, as `torch.linalg.lstsq` does, finds the
# same in each run: glibc then gives out memory that is full of zeros.
_FILLED = "MALLOC_PERTURB_"
_ZEROS = "255"
_PRELOADED = [
    preload.__name__,
    "lessons.pages.running.run",
    "lessons.pages.reading.parity",
]
# What PyTorch imports when an optimizer or a loader is first made: a second each time.
_LATE = "torch._dynamo"
_MANY = 4
_GRACE = 10.0


@dataclass
class Outcome:
    """What came of a page.

    Attributes:
        page: The page; `results`: one for each step, in order.
        records: What each block left behind, by its line; `edits`: what to rewrite.
        mutants: What came of the mutants of its solutions.
    """

    page: Page
    results: list[Result] = field(default_factory=list)
    records: dict[int, Record] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    mutants: list[Mutant] = field(default_factory=list)

    @property
    def failures(self) -> list[str]:
        """The messages of the steps that failed."""
        return [result.message for result in self.results if result.status == "failed"]


@dataclass
class _Job:
    outcome: Outcome
    process: BaseProcess
    folder: Path
    deadline: float


def run_pages(
    project: Project,
    pages: Sequence[Page],
    terms: Terms | None = None,
    jobs: int | None = None,
) -> Iterator[Outcome]:
    """Run every page in a process of its own; yield each as it finishes.

    Args:
        project: Where the pages are; `pages`: what to run, on which `terms`.
        jobs: Processes at a time, by default one for each processor.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    environment = _ONE_THREAD | {
        preload.VARIABLE: " ".join(_imports(pages)),
        _FILLED: os.environ.get(_FILLED, _ZEROS),
    }
    waiting = list(enumerate(pages))[::-1]
    running: dict[Connection, _Job] = {}
    with tempfile.TemporaryDirectory(prefix="pages-") as base:
        try:
            while waiting or running:
                while waiting and len(running) < (jobs or os.cpu_count() or 1):
                    number, page = waiting.pop()
                    folder = Path(base, str(number))
                    folder.mkdir()
                    arguments = (project.root, page, terms or Terms(), folder)
                    with _environment(environment):
                        pipe, job = _start(context, *arguments)
                    running[pipe] = job
                for pipe in _ready(running):
                    job = running[pipe]
                    if _receive(pipe, job):
                        del running[pipe]
                        yield job.outcome
        finally:
            for job in running.values():
                _end(job.process)


def _imports(pages: Sequence[Page]) -> list[str]:
    """Return what the server imports; torchvision may need its operators first."""
    names = {"torch"}.union(*(page.imports for page in pages))
    late = [_LATE] if len(pages) > _MANY else []
    return sorted(n for n in names if not n.startswith("torchvision")) + late


def _start(
    context: ForkServerContext, root: Path, page: Page, terms: Terms, folder: Path
) -> tuple[Connection, _Job]:
    reading, writing = context.Pipe(duplex=False)
    arguments = (writing, root, page, terms, folder)
    process = context.Process(target=run_page, args=arguments)
    process.start()
    writing.close()
    deadline = time.monotonic() + terms.seconds + _GRACE
    return reading, _Job(Outcome(page), process, folder, deadline)


def _end(process: BaseProcess) -> None:
    """End a page's process and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        assert process.pid  # 0 would be this process's own group
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _ready(running: dict[Connection, _Job]) -> list[Connection]:
    nearest = min(job.deadline for job in running.values())
    ready = wait(list(running), timeout=max(0.0, nearest - time.monotonic()))
    now = time.monotonic()
    late = [pipe for pipe, job in running.items() if job.deadline <= now]
    for pipe in late:
        _end(running[pipe].process)
    return [pipe for pipe in running if pipe in ready or pipe in late]


def _receive(pipe: Connection, job: _Job) -> bool:
    """Take one message of a page; return whether it was the last."""
    with contextlib.suppress(EOFError):
        message = pipe.recv()
        if isinstance(message, Result):
            is_late_form = message.kind == "form" and job.outcome.results
            place = 0 if is_late_form else len(job.outcome.results)
            job.outcome.results.insert(place, message)
            return False
        outcome = job.outcome
        outcome.records, outcome.edits, outcome.mutants = message
        _end(job.process)
        return True
    job.process.join(timeout=max(0.0, job.deadline - time.monotonic()))
    _end(job.process)
    _report_death(job)
    return True


def _report_death(job: _Job) -> None:
    """Fail the step at which a process ended; the steps after it were not run."""
    outcome, errors = job.outcome, job.folder / ERRORS
    if not outcome.results:
        outcome.results.append(Result(1, "form", "passed"))
    done = sum(result.kind != "form" for result in outcome.results)
    rest = outcome.page.steps[done:]
    line = rest[0].line if rest else 1
    said = errors.read_text(errors="replace") if errors.is_file() else ""
    code = job.process.exitcode
    message = f"the process of this page ended here, with exit code {code}\n{said}"
    status, text = "failed", outcome.page.at(line, message)
    for step in rest:
        outcome.results.append(Result(step.line, step.kind, status, text))
        status, text = "not run", ""
    if not rest:
        outcome.results[0] = Result(1, "form", "failed", text)


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
