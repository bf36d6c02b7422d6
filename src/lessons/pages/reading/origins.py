"""From which names each value was computed: there, `backward` leaves its gradients."""

import ast
from collections.abc import Iterator

from lessons.pages.reading.objects import nodes


class Origins(dict[str, set[str]]):
    """For each name those that its value was computed from, directly or not."""

    def note(self, statement: ast.stmt) -> None:
        """Note what a statement computes."""
        computed = [(names, _named(value)) for names, value in _computed(statement)]
        for _ in computed:  # in a loop, what is computed last may be used first
            for names, used in computed:
                self |= dict.fromkeys(names, self._with_theirs(used))

    def of(self, tree: ast.AST) -> set[str]:
        """Return the names in some code, and those that their values come from."""
        return self._with_theirs(_named(tree))

    def _with_theirs(self, names: set[str]) -> set[str]:
        return names.union(*(self.get(name, set()) for name in names))

    def reached(self, tree: ast.AST) -> set[str]:
        """Return the names to whose objects code may add a gradient."""
        return set().union(*(self.of(call) for call in backward_calls(tree)))


def backward_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that compute gradients and keep them."""
    for node in nodes(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "backward":
            yield node


def _computed(statement: ast.stmt) -> Iterator[tuple[set[str], ast.AST]]:
    """Yield names with the code that gives them their values."""
    for node in nodes(statement):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield set().union(*map(stored, targets)), value
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield stored(target), value
            case ast.AugAssign(target=target):
                yield stored(target), node
            case (
                ast.For(target=target, iter=value)
                | ast.comprehension(target=target, iter=value)
            ):
                yield stored(target), value
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield {name}, node


def _named(tree: ast.AST) -> set[str]:
    return {node.id for node in nodes(tree) if isinstance(node, ast.Name)}


def stored(target: ast.expr) -> set[str]:
    """Return the names that an assignment to a target binds."""
    return {
        node.id
        for node in ast.walk(target)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
