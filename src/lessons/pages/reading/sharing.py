"""Names that may share an object at some place of a program."""

import ast
from collections.abc import Iterable, Iterator

from lessons.pages.reading.changes import shared
from lessons.pages.reading.objects import nodes
from lessons.pages.reading.origins import stored
from lessons.pages.reading.state import words

# An object holds on to what is given to its method.
_HOLDING = words("append extend insert add update setdefault add_param_group")


class Sharing(dict[str, frozenset[str]]):
    """For each name those that may mean its object, or a part of it, or hold it."""

    def note(self, statement: ast.stmt, settled: set[str]) -> None:
        """Note what a statement makes share an object.

        Args:
            statement: The code; `settled`: names that no longer mean what they did.
        """
        pairs = [(one, self.of({other})) for one, other in _pairs(statement)]
        for name in settled:
            self._leave(name)
        for name, others in pairs:
            self._join(self.of(others | {name}))

    def of(self, names: Iterable[str]) -> frozenset[str]:
        """Return names and all that may share an object with one of them."""
        return frozenset().union(*(self.get(name, {name}) for name in names))

    def _leave(self, name: str) -> None:
        for other in self.pop(name, frozenset()) - {name}:
            self[other] -= {name}

    def _join(self, names: frozenset[str]) -> None:
        self.update(dict.fromkeys(names, names))


def _pairs(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that code makes mean one object, or parts of one."""
    for node in nodes(tree):
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                targets = [target]
            case ast.For(target=target, iter=value):
                targets = [target]
            case ast.Call(func=ast.Attribute(value=owner, attr=name), args=args):
                if name not in _HOLDING:
                    continue
                given = set().union(*map(shared, args))
                yield from ((one, other) for one in shared(owner) for other in given)
                continue
            case _:
                continue
        names = set().union(*map(_held, targets))
        yield from ((name, other) for name in names for other in shared(value))


def _held(target: ast.expr) -> set[str]:
    """Return the names that mean, or hold, what is assigned to a target."""
    if isinstance(target, ast.Attribute | ast.Subscript):
        return shared(target)
    return stored(target)
