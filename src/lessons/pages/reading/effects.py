"""What a block of code does to names, seen without a run."""

import ast
import dis
import types
from collections.abc import Iterator
from dataclasses import dataclass, field

from lessons.pages.reading.changes import changed, changed_by_calling
from lessons.pages.reading.objects import nodes
from lessons.pages.reading.origins import Origins, stored
from lessons.pages.reading.sharing import Sharing
from lessons.pages.reading.state import RANDOM, seeds, states

_LOADS = ("LOAD_NAME", "LOAD_GLOBAL")


@dataclass
class Effects:
    """What a piece of code does to names, and to the state that has none.

    Attributes:
        uses: What must be there before it runs.
        binds: Names that may mean something else afterwards; `settles`: those of which
            it does not matter afterwards what they meant before.
        changes: Names whose objects it may change in place.
        later: For each function or class, the names that it looks up when it is used.
        imports: Those of `binds` that come from an import.
    """

    uses: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    settles: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    later: dict[str, set[str]] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)

    def then(self, other: "Effects") -> "Effects":
        """Return the effects of this code and then of another."""
        called = (self.later[name] for name in other.uses & self.later.keys())
        return Effects(
            self.uses | (other.uses.union(*called) - self.settles),
            self.binds | other.binds,
            self.settles | other.settles,
            self.changes | other.changes,
            self.later | other.later,
            self.imports | other.imports,
        )


@dataclass
class Seen:
    """What the code of a page so far says of its names.

    Attributes:
        known: What functions and classes do to state and to what they are given.
        origins: What the values of names were computed from.
        sharing: Which names may mean one object.
    """

    known: dict[str, set[str]] = field(default_factory=dict)
    origins: Origins = field(default_factory=Origins)
    sharing: Sharing = field(default_factory=Sharing)

    def copy(self) -> "Seen":
        """Return the same, to go on from in another way."""
        return Seen(dict(self.known), Origins(self.origins), Sharing(self.sharing))


def effects(statements: list[ast.stmt], seen: Seen) -> Effects:
    """Return what statements do, one after the other.

    Args:
        statements: The code of a block; `seen`: what is above it, and then it as well.
    """
    whole = Effects()
    for statement in statements:
        code = compile(ast.Module([statement], []), "<block>", "exec")
        uses, binds = _names(code)
        one = Effects(uses, binds, _settled(statement))
        seen.origins.note(statement)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            _define(statement, code, seen.known, one)
        else:
            _look(statement, seen.known, one)
            one.changes |= seen.origins.reached(statement) - seen.known.keys()
            one.changes |= seen.sharing.of(one.changes)
        seen.sharing.note(statement, one.settles)
        one.changes |= seen.sharing.of(one.changes)
        whole = whole.then(one)
    return whole


def _define(
    statement: ast.FunctionDef | ast.ClassDef,
    code: types.CodeType,
    known: dict[str, set[str]],
    found: Effects,
) -> None:
    """Note what a definition looks up and does once it is used."""
    name = statement.name
    bodies = (inner for inner in _within(code) if inner.co_name == name)
    found.later[name] = set().union(*map(_globals, bodies))
    known[name] = set(states(statement, known))
    if isinstance(statement, ast.FunctionDef):
        known[name] |= changed_by_calling(statement, found.later[name])


def _look(statement: ast.stmt, known: dict[str, set[str]], found: Effects) -> None:
    """Note what a statement changes, and which names it makes one."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        found.imports |= found.binds
    for node in nodes(statement):
        found.changes |= changed(node, known)
    touched = set(states(statement, known))
    if seeds(statement):
        found.binds.add(RANDOM)
        if RANDOM not in touched:
            found.settles.add(RANDOM)
    found.uses |= touched
    found.changes |= touched


def _names(code: types.CodeType) -> tuple[set[str], set[str]]:
    """Return the names that are read before they are bound, and those bound."""
    uses: set[str] = set()
    bound: set[str] = set()
    for instruction in dis.get_instructions(code):
        if instruction.opname == "STORE_NAME":
            bound.add(instruction.argval)
        elif instruction.opname in (*_LOADS, "DELETE_NAME"):
            uses |= {instruction.argval} - bound
    for inner in _within(code):  # of lambdas and comprehensions, which may run at once
        if inner.co_name.startswith("<"):
            uses |= _globals(inner) - bound
    return uses, bound


def _within(code: types.CodeType) -> Iterator[types.CodeType]:
    yield from (const for const in code.co_consts if isinstance(const, types.CodeType))


def _globals(code: types.CodeType) -> set[str]:
    """Return the names of the page that a function looks up, and those within it."""
    instructions = dis.get_instructions(code)
    names = {each.argval for each in instructions if each.opname in _LOADS}
    return names.union(*map(_globals, _within(code)))


def _settled(statement: ast.stmt) -> set[str]:
    """Return the names that a statement binds in any case."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(n.asname or n.name).partition(".")[0] for n in names}
        case ast.Assign(targets=targets):
            return set().union(*map(stored, targets))
        case ast.AnnAssign(target=target, value=value) if value:
            return stored(target)
        case ast.With(body=body, items=items):
            named = (item.optional_vars for item in items if item.optional_vars)
            return set().union(*map(stored, named), *map(_settled, body))
    return set()
