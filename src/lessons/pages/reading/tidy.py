"""The inline blocks of pages, as ruff formats them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lessons.pages.project import ProjectError
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Page

_WIDTH = 88


def untidy(pages: Sequence[Page]) -> Iterator[tuple[Page, Problem]]:
    """Yield which inline blocks are not formatted, and which lines are too long."""
    for page, block, text in _formatted(pages):
        if text != block.source.text.rstrip("\n"):
            message = "not as ruff formats it: make accept formats the blocks of a page"
            yield page, Problem(block.line, message)
        for number, row in enumerate(block.source.text.split("\n"), 1):
            if len(row) > _WIDTH:
                message = f"{len(row)} characters in a line of code, at most {_WIDTH}"
                yield page, Problem(block.source.line(number), message)


def tidied(pages: Sequence[Page]) -> dict[Path, str]:
    """Return the texts of pages with their inline blocks formatted, by their paths."""
    texts = {page.path: page.text for page in pages}
    for page, block, new in reversed(_formatted(pages)):
        if new != block.source.text.rstrip("\n"):
            text, (start, end) = texts[page.path], block.fence.body
            rows = (f"{block.fence.indent}{row}".rstrip() for row in new.split("\n"))
            rows = (f"{row}\n" for row in rows)
            texts[page.path] = "".join((text[:start], *rows, text[end:]))
    return texts


def _formatted(pages: Sequence[Page]) -> list[tuple[Page, Block, str]]:
    """Return each inline block with its text as ruff formats it, if it is Python."""
    blocks = [(page, b) for page in pages for b in page.blocks if not b.is_included]
    with tempfile.TemporaryDirectory(prefix="ruff-") as folder:
        files = [Path(folder, f"{number}.py") for number in range(len(blocks))]
        for file, (_, block) in zip(files, blocks, strict=True):
            file.write_text(block.source.text.rstrip("\n") + "\n", encoding="utf-8")
        ruff = (sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache")
        done = subprocess.run(
            [*ruff, folder], capture_output=True, text=True, check=False
        )
        if "No module named" in done.stderr:
            raise ProjectError(done.stderr.strip())
        texts = (file.read_text(encoding="utf-8").rstrip("\n") for file in files)
        return [(*pair, text) for pair, text in zip(blocks, texts, strict=True)]
