"""Objects of the lessons package as source text, found by their name."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Source:
    """Lines of code and where each of them stands.

    Attributes:
        text: The code, without indentation common to all lines.
        filename: The file that the lines are from, as it shall appear in a traceback.
        lines: The line number in that file of each line of `text`.
    """

    text: str
    filename: str
    lines: tuple[int, ...]

    def tree(self) -> ast.Module:
        """Return the syntax tree, numbered as in the file it comes from.

        Raises:
            SyntaxError: With the file and the true line.
        """
        try:
            tree = ast.parse(self.text, self.filename)
        except SyntaxError as error:
            error.lineno = error.end_lineno = self.line(error.lineno or 1)
            raise
        for node in ast.walk(tree):
            for field in ("lineno", "end_lineno"):
                if isinstance(number := getattr(node, field, None), int):
                    setattr(node, field, self.lines[number - 1])
        return tree

    def line(self, number: int) -> int:
        """Return the line in its file of a line of the text, counted from 1."""
        return self.lines[min(number, len(self.lines)) - 1]


def extract(text: str, name: str, filename: str) -> Source:
    """Return the object `name` of a module, docstrings cut to their first line.

    Args:
        text: The source of the module.
        name: A function, a class, `Class.method` or the target of an assignment.
        filename: What to call the module in messages.

    Raises:
        LookupError: If the module has no such object; names those it has.
    """
    node: Any = parse(text, filename)
    for part in name.split("."):
        members = dict(_members(node))
        if part not in members:
            raise LookupError(f"{filename} has no {name!r}; it has {sorted(members)}")
        node = members[part]
    first = min(n.lineno for n in (node, *getattr(node, "decorator_list", ())))
    kept = dict(enumerate(text.split("\n")[first - 1 : node.end_lineno], first))
    for owner in ast.walk(node):
        if isinstance(owner, Documented) and ast.get_docstring(owner):
            top, bottom = owner.body[0].lineno, owner.body[0].end_lineno or 0
            if top < bottom:
                kept[top] = kept[top].rstrip() + '"""'
            for line in range(top + 1, bottom + 1):
                del kept[line]
    indent = len(kept[first]) - len(kept[first].lstrip())
    rows = (line[indent:] for line in kept.values())
    return Source("\n".join(rows), filename, tuple(kept))


@functools.lru_cache(maxsize=4096)
def parse(text: str, filename: str) -> ast.Module:
    """Return a syntax tree to read and not to change; the same text is parsed once."""
    return ast.parse(text, filename)


@functools.lru_cache(maxsize=64)
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return a tree and all below it; what is asked for again soon is walked once."""
    return tuple(ast.walk(tree))


def imported(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Yield each import: its line, the module, the name taken from it or nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, module, alias.name) for alias in node.names)


def _members(node: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    for statement in getattr(node, "body", []):
        if isinstance(statement, Documented):
            yield statement.name, statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            for target in ast.iter_child_nodes(statement):
                if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                    yield target.id, statement
