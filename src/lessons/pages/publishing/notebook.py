"""A page as a notebook that has been run."""

import posixpath
import re
from collections.abc import Iterator
from functools import partial
from xml.sax.saxutils import quoteattr

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lessons.pages.project import PYTHON, Project
from lessons.pages.reading.markdown import NUMBER
from lessons.pages.reading.steps import Block, Page

_BOX = re.compile(
    r'(?P<mark>!!!|\?\?\?\+?|===) *(?P<kind>\w+)? *(?:"(?P<title>[^"]*)")?'
)
_HEADING = re.compile(r"^(#+ .+?) *\{ *#([\w-]+) *\}$")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FIGURE = re.compile(r"!\[(?:\{= [^\n]+? \}|[^]])*\]\(figures/[^)]*\)(?:\{[^}\n]*\})?")
_LINK = re.compile(
    r"\]\((?!\w+:)(?P<path>[^)#\s]*)\.(?:md|ipynb)(?P<anchor>#[^)\s]*)?\)"
)


def to_notebook(
    page: Page, drawn: dict[str, str], project: Project, *, answers: bool = True
) -> str:
    """Return the page as a notebook that has been run, the same bytes each time.

    Args:
        page: What to publish, its outputs verified; `drawn`: its figures, by name.
        project: Where links to other pages lead.
        answers: Whether slips and solutions are in it. Where they are, running all
            cells puts a solution in the place of what a reader has written.
    """
    cells = list(_cells(page, drawn, project, answers=answers))
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(
        cells=cells,
        metadata={
            "kernelspec": kernel,
            "language_info": {"name": "python", "version": PYTHON},
        },
    )
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def _cells(
    page: Page, drawn: dict[str, str], project: Project, *, answers: bool
) -> Iterator[NotebookNode]:
    text = page.text
    left_out = [] if answers else sorted({_answer(page, b) for b in answers_of(page)})
    places = [(start, end, "") for start, end in left_out]
    places += [(*each.span, "") for each in page.explorables]
    for number, block in enumerate(page.blocks):
        places.append((*block.span, f"\0{number}\0"))
        if block.output:
            places.append((block.output.start, block.output.end, ""))
    for start, end, mark in sorted(places, reverse=True):
        if all((start, end) == out or not out[0] <= start < out[1] for out in left_out):
            text = text[:start] + mark + text[end:]
    folder = posixpath.dirname(page.path.relative_to(project.docs).as_posix())
    site = project.config.get("site_url") or "../" * (folder.count("/") + 2)
    text = _FIGURE.sub("", _FRONT_MATTER.sub("", text))
    text = _LINK.sub(partial(_target, folder, site), NUMBER.sub(_number, text))
    pieces = re.split("\0(.+?)\0", "\n".join(_lines(text)))
    for index, piece in enumerate(pieces):
        if index % 2:
            yield _code(page.blocks[int(piece)], drawn)
        elif piece.strip():
            yield new_markdown_cell(piece.strip("\n"))


def answers_of(page: Page) -> list[Block]:
    """Return the slips and the solutions of a page."""
    return [block for exercise in page.exercises for block in exercise.answers]


def _answer(page: Page, block: Block) -> tuple[int, int]:
    """Return the place of an answer, with the box that it waits in."""
    boxes = page.folds(block.fence.start)
    return (boxes[-1].start, boxes[-1].end) if boxes else block.span


def _code(block: Block, drawn: dict[str, str]) -> NotebookNode:
    cell: NotebookNode = new_code_cell(block.source.text)
    cell["metadata"] = _metadata(block)
    if block.output:
        text = f"{block.output.text}\n"
        cell["outputs"].append(new_output("stream", name="stdout", text=text))
    for image in block.images:
        alt = quoteattr(NUMBER.sub(lambda m: m["code"] or m["word"], image.alt))
        _, tag, svg = drawn[image.name].partition("<svg")
        data = {"image/svg+xml": f'{tag} role="img" aria-label={alt}{svg}'}
        cell["outputs"].append(new_output("display_data", data=data))
    return cell


def _metadata(block: Block) -> dict[str, object]:
    tags = [block.kind] if block.fence.kind else []
    if block.facts.may_stop:
        tags.append("raises-exception")
    metadata: dict[str, object] = {"tags": tags} if tags else {}
    if block.facts.is_folded:
        metadata["jupyter"] = {"source_hidden": True}
    return metadata


def _lines(text: str) -> Iterator[str]:
    """Yield the lines as notebooks know them: boxes as quotations, ids as anchors."""
    boxes: list[tuple[int, str]] = []
    is_first, blank = True, False
    for row in text.split("\n"):
        if not row.strip() or row.startswith("\0"):
            yield from filter(str.strip, (row,))
            is_first = is_first or bool(row.strip())
            blank = not is_first
            continue
        indent = len(row) - len(row.lstrip())
        while boxes and indent < boxes[-1][0]:
            boxes.pop()
        depth, quote = boxes[-1] if boxes else (0, "")
        if blank:
            yield quote.rstrip()
        is_first = blank = False
        line = row[depth:]
        if box := _BOX.fullmatch(line):
            quote = quote if box["mark"] == "===" else f"{quote}> "
            boxes.append((depth + 4, quote))
            line = f"**{box['title'] or (box['kind'] or '').capitalize()}**"
        elif heading := _HEADING.match(line):
            yield from (f'{quote}<a id="{heading[2]}"></a>', quote.rstrip())
            line = heading[1]
        yield f"{quote}{line}".rstrip()


def _number(match: re.Match[str]) -> str:
    return f"`{match['code']}`" if match["code"] else match["word"]


def _target(folder: str, site: str, match: re.Match[str]) -> str:
    path = posixpath.normpath(posixpath.join(folder, match["path"]))
    path = re.sub(r"(?:^|/)index$", "", path)
    return f"]({site}{path}/{match['anchor'] or ''})"
