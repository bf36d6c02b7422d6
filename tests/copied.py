"""Blocks copied with what they need, run as a copier would run them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fork_copies
from bare import SLOW, BarePython, imports
from lessons.pages.publishing.copying import needed
from lessons.pages.publishing.program import program_blocks
from lessons.pages.reading.slices import Slice
from lessons.pages.reading.steps import Block, Page


@dataclass(frozen=True)
class Copied:
    """What a reader copies, and what must come of it.

    Attributes:
        name: Where its block is.
        slice: The block and what it needs.
        shown: What it prints, by the page; of what a check refuses, nothing is shown.
        is_program: It is the program of the page up to there, which is run elsewhere.
    """

    name: str
    slice: Slice
    shown: str | None
    is_program: bool


def copies(page: Page, every: Iterable[Slice]) -> list[Copied]:
    """Return the slices of a page as what can be copied: a block with what it needs."""
    program = list(program_blocks(page))
    found = []
    for each in every:
        parts = [*each.needs, *each.piece]
        is_program = parts == program[: len(parts)]
        name = f"{page.name}:{each.block.line}"
        found.append(Copied(name, each, _shown(each), is_program))
    return found


def _shown(each: Slice) -> str | None:
    if each.piece[0].facts.role == "refused":
        return None
    outputs = [block.output.text for block in each.piece if block.output]
    return "".join(f"{text}\n" for text in outputs)


@dataclass(frozen=True)
class Job:
    """Copies of a page that are run, and the slow modules that they import."""

    copied: list[Copied]
    modules: list[str]

    @classmethod
    def of(cls, copied: list[Copied]) -> "Job":
        """Take those that no program of a page runs."""
        chosen = [each for each in copied if not each.is_program]
        blocks = (block for each in chosen for block in _blocks(each))
        code = "\n".join(block.source.text for block in blocks)
        return cls(chosen, sorted(SLOW.intersection(imports(code))))


def _blocks(each: Copied) -> tuple[Block, ...]:
    return (*each.slice.needs, *each.slice.piece)


def run_copies(bare: BarePython, jobs: list[Job], folder: Path) -> dict[str, str]:
    """Run copies; return what each printed and raised, by its name."""
    folder.mkdir()
    told, results = [], {}
    for number, job in enumerate(jobs):
        home, tree = folder / str(number), _tree(job.copied)
        told.append({"results": str(home), "imports": job.modules, "tree": tree})
        results |= {each.name: home / f"{_file(each)}.txt" for each in job.copied}
    bare.start(fork_copies.__file__, told, folder, torchvision=True)
    return {name: _read(path) for name, path in results.items()}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else "it did not end"


def _tree(copied: list[Copied]) -> dict[str, Any]:
    """Return copies as a tree of the blocks that they begin with."""
    root: dict[str, Any] = _node("")
    for each in copied:
        node, piece = root, each.slice.piece
        is_plain = len(piece) == 1 and not piece[0].facts.expects
        for block in (*each.slice.needs, *(piece if is_plain else ())):
            node = node["next"].setdefault(block.line, _node(needed(block)))
        if is_plain:  # others may go on from it
            node["name"] = _file(each)
            continue
        told = {"name": _file(each), "codes": [block.source.text for block in piece]}
        node["copies"].append(told | {"warns": piece[0].facts.expects == "warning"})
    return _listed(root)


def _node(code: str) -> dict[str, Any]:
    return {"name": "", "code": code, "copies": [], "next": {}}


def _listed(node: dict[str, Any]) -> dict[str, Any]:
    return node | {"next": [_listed(child) for child in node["next"].values()]}


def _file(each: Copied) -> str:
    return f"line-{each.slice.block.line}"
