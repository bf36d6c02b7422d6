"""The form of a chapter: what a page keeps besides being a program.

`CONTRIBUTING.md` says what each rule is good for.
"""

import ast
from collections.abc import Iterator, Sequence

from lessons.pages.project import Project
from lessons.pages.reading.fences import Finding, Problem
from lessons.pages.reading.front_matter import unmet
from lessons.pages.reading.headings import about_the_source, unheaded
from lessons.pages.reading.predictions import read_predictions
from lessons.pages.reading.steps import Block, Page, module_of

EARLIER = "From earlier chapters"
_OPEN_DRAWING = 8  # lines of a block that draws and need not be folded


def contradictions(project: Project, pages: Sequence[Page]) -> Iterator[Finding]:
    """Yield where the pages of a course do not keep its form."""
    for page in pages:
        found = [*unmet(page, project), *read_predictions(page)[1], *_folded(page)]
        found += [*_definitions(page), *_drawings(page)]
        if module_of(page.name) or page.name.startswith("docs/labs/"):
            found += [*unheaded(page), *_earlier(page), *about_the_source(page)]
        yield from (Finding(page.name, each.line, each.message) for each in found)


def _definitions(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if block.is_included or block.facts.role or block.facts.expects == "exception":
            continue
        for node in ast.walk(_tree(block)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                message = (
                    f"{node.name} is defined on the page, where no test holds it: move "
                    "it to the chapter's module and show it with an include"
                )
                yield Problem(block.source.line(node.lineno), message)


def _earlier(page: Page) -> Iterator[Problem]:
    boxes: set[int] = set()
    for block in page.blocks:
        if not block.is_included or block.source.filename == module_of(page.name):
            continue
        folds = page.folds(block.fence.start)
        if EARLIER not in [box.title for box in folds]:
            message = f'an object of another chapter is in the box "{EARLIER}"'
            yield Problem(block.line, message)
        boxes.update(box.start for box in folds if box.title == EARLIER)
    for start in sorted(boxes)[1:]:
        yield Problem(page.line(start), f'one box "{EARLIER}" is enough')


def _drawings(page: Page) -> Iterator[Problem]:
    for block in page.blocks:
        if not block.images or block.facts.draws:
            continue
        rows = sum(bool(row.strip()) for row in block.source.text.split("\n"))
        folds = page.folds(block.fence.start)
        is_outside = folds and page.line(folds[-1].end) <= block.images[-1].line
        if is_outside or (rows > _OPEN_DRAWING and not folds):
            message = (
                f"{rows} lines that draw: first the picture, then the drawing code in "
                'a .draw block, folded below it ("Draw it")'
            )
            yield Problem(block.line, message)


def _folded(page: Page) -> Iterator[Problem]:
    for block in (block for block in page.blocks if block.facts.draws):
        if not page.folds(block.fence.start):
            message = f'a .{block.kind} block is in a folded box: ??? example "Draw it"'
            yield Problem(block.line, message)
        if not block.images:
            yield Problem(block.line, f"a .{block.kind} block is below its pictures")


def _tree(block: Block) -> ast.AST:
    try:
        return ast.parse(block.source.text)
    except (SyntaxError, ValueError):
        return ast.Module([], [])  # reported with the page
