"""The inline blocks of pages, formatted and checked by ruff."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lessons.pages.project import ProjectError
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Page

_CHECKED = "E501,E70,W6"
_HINT = "not as ruff formats it: make accept formats the blocks of a page"


def untidy(pages: Sequence[Page]) -> Iterator[tuple[Page, Problem]]:
    """Yield which inline blocks are not formatted, and what else ruff finds."""
    places = [(page, b) for page in pages for b in page.blocks if not b.is_included]
    texts, remarks = _ruff([block for _, block in places])
    for number, (page, block) in enumerate(places):
        if texts[number] != block.source.text.rstrip("\n"):
            yield page, Problem(block.line, _HINT)
        else:
            for line, remark in remarks.get(number, []):
                yield page, Problem(block.source.line(line), remark)


def tidied(pages: Sequence[Page]) -> dict[Path, str]:
    """Return the texts of pages with their inline blocks formatted, by their paths."""
    texts = {page.path: page.text for page in pages}
    places = [(page, b) for page in pages for b in page.blocks if not b.is_included]
    formatted, _ = _ruff([block for _, block in places])
    for (page, block), new in reversed(list(zip(places, formatted, strict=True))):
        if new != block.source.text.rstrip("\n"):
            text, (start, end) = texts[page.path], block.fence.body
            rows = (f"{block.fence.indent}{row}".rstrip() for row in new.split("\n"))
            rows = (f"{row}\n" for row in rows)
            texts[page.path] = "".join((text[:start], *rows, text[end:]))
    return texts


def _ruff(
    blocks: Sequence[Block],
) -> tuple[list[str], dict[int, list[tuple[int, str]]]]:
    """Return each block formatted, and by its number what remains to be said of it."""
    if not blocks:
        return [], {}
    with tempfile.TemporaryDirectory(prefix="ruff-") as folder:
        files = [Path(folder, f"{number}.py") for number in range(len(blocks))]
        for file, block in zip(files, blocks, strict=True):
            file.write_text(block.source.text.rstrip("\n") + "\n", encoding="utf-8")
        _run("format", "--quiet", folder)
        said = _run("check", "--output-format=json", f"--select={_CHECKED}", folder)
        texts = [file.read_text(encoding="utf-8").rstrip("\n") for file in files]
    remarks: dict[int, list[tuple[int, str]]] = {}
    for item in json.loads(said):
        remark = f"{item['code']} {item['message']}"
        number = int(Path(item["filename"]).stem)
        remarks.setdefault(number, []).append((item["location"]["row"], remark))
    return texts, remarks


def _run(command: str, *options: str) -> str:
    """Run ruff with its own defaults, whatever configuration lies above the folder."""
    ruff = [sys.executable, "-m", "ruff", command, "--isolated", "--no-cache"]
    done = subprocess.run(
        [*ruff, *options], capture_output=True, text=True, check=False
    )
    if done.stderr and "No module named" in done.stderr:
        raise ProjectError(done.stderr.strip())
    return done.stdout
