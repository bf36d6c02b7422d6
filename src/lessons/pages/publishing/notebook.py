"""A page as a notebook that has been run."""

import posixpath
import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from sybil import Document

from lessons.pages.project import PYTHON, Project
from lessons.pages.reading.fences import read_fences
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


def to_notebook(page: Page, drawn: dict[str, str], project: Project) -> str:
    """Return the page as a notebook that has been run, the same bytes each time.

    Args:
        page: What to publish, its outputs verified; `drawn`: its figures, by name.
        project: Where links to other pages lead.
    """
    cells = list(_cells(page, drawn, project))
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
    page: Page, drawn: dict[str, str], project: Project
) -> Iterator[NotebookNode]:
    blocks = {block.line: block for block in page.blocks}
    outputs = {block.output.line for block in page.blocks if block.output}
    prose = _Prose(page, project)
    place = 0
    fences, _ = read_fences(Document(page.text, str(page.path)))
    for fence in fences:
        if fence.line in blocks or fence.line in outputs:
            prose.add(page.text[place : fence.start])
            place = fence.end + 1
        if fence.line in blocks:
            yield from prose.take()
            block = blocks[fence.line]
            cell = new_code_cell(block.source.text)
            cell["metadata"] = _metadata(block)
            if block.output:
                text = f"{block.output.text}\n"
                cell["outputs"].append(new_output("stream", name="stdout", text=text))
            for image in block.images:
                alt = quoteattr(NUMBER.sub(_shown, image.alt))
                svg = drawn[image.name]
                svg = svg[svg.index("<svg") :].replace(
                    "<svg", f'<svg role="img" aria-label={alt}', 1
                )
                data = {"image/svg+xml": svg}
                cell["outputs"].append(new_output("display_data", data=data))
            yield cell
    prose.add(page.text[place:])
    yield from prose.take()


def _metadata(block: Block) -> dict[str, object]:
    tags = [block.kind] if block.fence.kind else []
    if block.facts.may_stop:
        tags.append("raises-exception")
    metadata: dict[str, object] = {"tags": tags} if tags else {}
    if block.facts.is_folded:
        metadata["jupyter"] = {"source_hidden": True}
    return metadata


def _shown(match: re.Match[str]) -> str:
    return match["code"] or match["word"]


class _Prose:
    """Turns the Markdown of the site into the Markdown that notebooks know."""

    def __init__(self, page: Page, project: Project) -> None:
        self._folder = posixpath.dirname(page.path.relative_to(project.docs).as_posix())
        self._site = str(project.config.get("site_url") or "")
        self._lines: list[str] = []
        self._boxes: list[tuple[int, str]] = []
        self._blank = False

    def add(self, text: str) -> None:
        """Take in a piece of the page, from where the last one ended."""
        text = _FIGURE.sub("", _FRONT_MATTER.sub("", text))
        text = NUMBER.sub(lambda m: f"`{m['code']}`" if m["code"] else m["word"], text)
        for line in _LINK.sub(self._link, text).split("\n"):
            if line.strip():
                self._add_line(line)
            else:
                self._blank = bool(self._lines)

    def take(self) -> Iterator[NotebookNode]:
        """Yield what has been taken in as one cell, nothing when it is blank."""
        if self._lines:
            yield new_markdown_cell("\n".join(self._lines))
        self._lines, self._blank = [], False

    def _add_line(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        while self._boxes and indent < self._boxes[-1][0]:
            self._boxes.pop()
        depth, quote = self._boxes[-1] if self._boxes else (0, "")
        if self._blank:
            self._lines.append(quote.rstrip())
            self._blank = False
        line = line[depth:]
        if box := _BOX.fullmatch(line):
            title = box["title"] or (box["kind"] or "").capitalize()
            quote = quote if box["mark"] == "===" else f"{quote}> "
            self._boxes.append((depth + 4, quote))
            line = f"**{title}**"
        elif heading := _HEADING.match(line):
            self._lines += [f'{quote}<a id="{heading[2]}"></a>', quote.rstrip()]
            line = heading[1]
        self._lines.append(f"{quote}{line}".rstrip())

    def _link(self, match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(self._folder, match["path"]))
        path = re.sub(r"(?:^|/)index$", "", path)
        base = self._site or f"{'../' * (self._folder.count('/') + 2)}"
        return f"]({base}{path}/{match['anchor'] or ''})"
