"""Blocks that are shown and not run: few, listed, and still checked for their names."""

import ast
import builtins
import types
from collections.abc import Iterator

from lessons.pages.project import Project
from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Page

LIMIT = 5
LIST = "docs/reference/not-run.txt"


def unlisted(page: Page, project: Project) -> Iterator[Problem]:
    """Yield a problem for each shown block that is not accounted for."""
    path = project.root / LIST
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    allowed = lines.count(page.name)
    for number, block in enumerate(b for b in page.blocks if not b.facts.runs):
        if number >= allowed:
            message = f"a block that is not run must be listed in {LIST}"
            yield Problem(block.line, message)
        elif len(lines) > LIMIT or lines != sorted(lines):
            yield Problem(block.line, f"{LIST} has at most {LIMIT} lines, sorted")


def unresolved(block: Block, namespace: dict[str, object]) -> str | None:
    """Return the first name of a block that would not resolve, if there is one."""
    tree = block.source.tree()
    scope: dict[str, object] = dict(vars(builtins)) | namespace
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            exec(compile(ast.Module([node], []), block.source.filename, "exec"), scope)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            scope.setdefault(node.id, None)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in scope:
            return node.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = scope.get(node.value.id)
            if isinstance(owner, types.ModuleType) and not hasattr(owner, node.attr):
                return f"{node.value.id}.{node.attr}"
    return None
