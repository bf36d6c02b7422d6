"""Right answers with one small change each, to see which of them a check lets pass."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lessons.pages.reading.objects import Source
from lessons.pages.reading.steps import Block, Exercise
from lessons.pages.running.record import Mutant
from lessons.pages.running.trial import Execute, judge

_SECONDS = 2
_BOTH_WAYS = (
    "Add Sub, Mult Div, BitAnd BitOr, And Or, Lt LtE, Gt GtE, Eq NotEq, Is IsNot, "
    "In NotIn, all any, amax amin, argmax argmin, cat stack, ceil floor, cos sin, "
    "exp log, hstack vstack, max min, maximum minimum, mean sum, ones zeros, "
    "ones_like zeros_like, rand randn, sqrt square, std var"
)
_ONE_WAY = (
    "MatMult Mult, Pow Mult, FloorDiv Div, Mod FloorDiv, BitXor BitOr, "
    "Lt GtE, LtE Gt, Gt LtE, GtE Lt, prod sum"
)
_PAIRS = [pair.split() for pair in f"{_BOTH_WAYS}, {_ONE_WAY}".split(", ")]
_PAIRS += [pair.split()[::-1] for pair in _BOTH_WAYS.split(", ")]
_SWAPS: Final = {name: [b for a, b in _PAIRS if a == name] for name, _ in _PAIRS}
# An answer without one of these is right as well, in another style.
_STYLE: Final = {"item", "detach", "tolist", "float", "double", "contiguous", "numpy"}
_DATA: Final = {ast.List, ast.Constant, ast.UnaryOp, ast.USub, ast.Load}
# For a function that looks at some of its arguments only when it is first called; if
# at none later, it repeats its first result.
_KEEPS = """
def _keeps_first(*names):
    def decorate(function):
        import functools, inspect
        signature, first = inspect.signature(function), {}
        @functools.wraps(function)
        def kept(*args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            first.update({n: bound.arguments[n] for n in names if n not in first})
            bound.arguments.update(first)
            return function(*bound.args, **bound.kwargs)
        return kept
    return decorate
"""


def try_mutants(exercise: Exercise, execute: Execute) -> Iterator[Mutant]:
    """Judge the mutants of each right answer to an exercise.

    Args:
        exercise: None of its blocks has been run in the page's namespace.
        execute: Runs a block there.
    """
    for answer in exercise.answers:
        if answer.facts.role == "answer":
            for line, change, text in mutations(answer, exercise.stub):
                lines = tuple(range(1, text.count("\n") + 2))
                mutant = replace(answer, source=Source(text, "a mutant", lines))
                verdict = judge(mutant, exercise.check, execute, _SECONDS)
                yield Mutant(line, change, verdict.outcome, verdict.reason)


def mutations(answer: Block, stub: Block) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the change and the whole text of each mutant of an answer.

    Args:
        answer: What to change; `stub`: what stands there as well is left as it is.
    """
    tree = answer.source.tree()
    given = {ast.dump(node) for node in ast.walk(stub.source.tree())}
    names = [node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)]
    names += _bound(tree)
    again = {name for name in names if names.count(name) > 1}
    before = ast.unparse(tree).split("\n")
    for line in _mutate(tree, given, again):
        after = ast.unparse(tree).split("\n")
        pairs = zip(before, after, strict=False)
        for one, other in [pair for pair in pairs if pair[0] != pair[1]][:1]:
            change = f"{one.strip()} => {other.strip()}"
            yield line, change, "\n".join((_KEEPS, *after))


def _mutate(node: ast.AST, given: set[str], again: set[str]) -> Iterator[int]:
    """Change one thing below a node at a time; yield its line while it is changed."""
    for field, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_left(child, field, given):
                continue
            for new in _variants(child, node, again):
                changed = [*children[:place], new, *children[place + 1 :]]
                setattr(node, field, changed if children is value else new)
                yield getattr(child, "lineno", getattr(node, "lineno", 1))
            setattr(node, field, value)
            yield from _mutate(child, given, again)


def _is_left(node: ast.AST, field: str, given: set[str]) -> bool:
    """Whether a node is a type, what the stub says as well, or a list of bare data."""
    is_given = isinstance(node, ast.stmt | ast.Constant) and ast.dump(node) in given
    is_list = isinstance(node, ast.List) and _DATA.issuperset(map(type, ast.walk(node)))
    return is_given or is_list or field in ("annotation", "returns")


def _variants(node: ast.AST, parent: ast.AST, again: set[str]) -> Iterator[ast.AST]:  # noqa: PLR0912 a table
    """Yield what could stand where a node stands."""
    yield from (getattr(ast, name)() for name in _SWAPS.get(type(node).__name__, ()))
    is_called = getattr(parent, "func", None) is node
    for field in ("attr", "value", *(["id"] if is_called else [])):
        for name in _SWAPS.get(getattr(node, field, ""), ()):
            yield type(node)(**vars(node) | {field: name})
    match node:
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1 if type(value) is int else not value)
        case ast.Constant(float(value)):
            yield ast.Constant(2 * value or 1.0)
        case ast.UnaryOp(ast.USub() | ast.Not() | ast.Invert(), inner):
            yield inner
        case ast.Attribute(inner, "T" | "mT"):
            yield inner
        case ast.Call(ast.Attribute(inner, name), [], []):
            if name not in _STYLE and not isinstance(parent, ast.Expr):
                yield inner
        case ast.Call(function, args, keywords):
            if len(args) > 1 or (args and isinstance(function, ast.Attribute)):
                yield ast.Call(function, args[:-1], keywords)
            for keyword in keywords:
                yield ast.Call(function, args, [k for k in keywords if k != keyword])
        case ast.Expr(ast.Constant()):
            pass  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.If() | ast.For() | ast.While():
            yield ast.Pass()
        case ast.Break() | ast.Continue() | ast.Raise() | ast.Assert() | ast.Return():
            if not isinstance(parent, ast.FunctionDef):
                yield ast.Pass()
        case ast.Assign() | ast.AnnAssign() if set(_bound(node)) <= again:
            yield ast.Pass()
        case ast.FunctionDef() if isinstance(parent, ast.Module | ast.ClassDef):
            names = _arguments(node)
            for kept in sorted({names, *zip(names, strict=True)} - {()}):
                call = ast.parse(f"_keeps_first{kept}", mode="eval").body
                decorators = [*node.decorator_list, call]
                yield ast.FunctionDef(**vars(node) | {"decorator_list": decorators})


def _arguments(function: ast.FunctionDef) -> tuple[str, ...]:
    """Return the names of the arguments that a function uses."""
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    nodes = (node for node in ast.walk(function.args) if isinstance(node, ast.arg))
    return tuple(node.arg for node in nodes if node.arg in used - {"self"})


def _bound(tree: ast.AST) -> list[str]:
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return [name.id for name in names if isinstance(name.ctx, ast.Store)]
