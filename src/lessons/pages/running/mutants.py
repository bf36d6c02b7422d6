"""Right answers with one small change each, to see which of them a check lets pass."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeVar

from lessons.pages.reading.objects import Source
from lessons.pages.reading.steps import Block, Exercise
from lessons.pages.running.record import Mutant
from lessons.pages.running.trial import Execute, judge

_SECONDS = 3
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
_SWAPS: Final = {a: [c for b, c in _PAIRS if b == a] for a, _ in _PAIRS}
_DATA = ast.List | ast.Constant | ast.UnaryOp | ast.USub | ast.Load
_Node = TypeVar("_Node", bound=ast.AST)
# Without these an answer is the same in another style.
_STYLE: Final = {"item", "detach", "tolist", "float", "double", "contiguous", "numpy"}
# What an answer looks like from outside whose functions do not look at all they get.
_LAZY: Final = """\
def _repeats_first_result(function):
    import functools
    results = []
    @functools.wraps(function)
    def lazy(*args, **kwargs):
        if not results:
            results.append(function(*args, **kwargs))
        return results[0]
    return lazy

def _ignores_later(name):
    def decorate(function):
        import functools, inspect
        signature, first = inspect.signature(function), {}
        @functools.wraps(function)
        def lazy(*args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            bound.arguments[name] = first.setdefault(name, bound.arguments[name])
            return function(*bound.args, **bound.kwargs)
        return lazy
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
        answer: What to change; `stub`: constants that it gives are left as they are.
    """
    tree = answer.source.tree()
    given = {ast.dump(node) for node in ast.walk(stub.source.tree())}
    times = Counter([*_bound(tree), *(n.arg for n in _all(tree, ast.arg))])
    again = {name for name in times if times[name] > 1}
    before = ast.unparse(tree).split("\n")
    for line in _mutate(tree, given, again):
        after = ast.unparse(tree).split("\n")
        pairs = zip(before, after, strict=False)
        for one, other in [pair for pair in pairs if pair[0] != pair[1]][:1]:
            change = f"{one.strip()} -> {other.strip()}"
            yield line, change, "\n".join((_LAZY, *after))


def _mutate(node: ast.AST, given: set[str], again: set[str]) -> Iterator[int]:
    """Change one thing below a node at a time; yield its line while it is changed."""
    for field, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST) or _is_left(child, field, given):
                continue
            for new in (*_others(child, node), *_without(child, node, again)):
                changed = [*children[:place], new, *children[place + 1 :]]
                setattr(node, field, changed if children is value else new)
                yield getattr(child, "lineno", getattr(node, "lineno", 1))
            setattr(node, field, value)
            yield from _mutate(child, given, again)


def _is_left(node: ast.AST, field: str, given: set[str]) -> bool:
    """Whether a node is a type, a constant of the stub or a list of bare data."""
    if isinstance(node, ast.List):
        return all(isinstance(n, _DATA) for n in ast.walk(node))
    is_given = isinstance(node, ast.Constant) and ast.dump(node) in given
    return is_given or field in ("annotation", "returns")


def _others(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node of an expression could be instead."""
    for other in _SWAPS.get(type(node).__name__, ()):
        yield getattr(ast, other)()
    match node:
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(float(value)):
            yield ast.Constant(2 * value or 1.0)
        case ast.Constant(str(value)):
            yield from map(ast.Constant, _SWAPS.get(value, ()))
        case ast.Attribute(owner, name, context):
            for other in _SWAPS.get(name, ()):
                yield ast.Attribute(owner, other, context)
        case ast.Name(name, context) if getattr(parent, "func", None) is node:
            for other in _SWAPS.get(name, ()):
                yield ast.Name(other, context)
        case ast.FunctionDef() if isinstance(parent, ast.Module | ast.ClassDef):
            for decorator in _lazy(node):
                decorators = [*node.decorator_list, decorator]
                yield ast.FunctionDef(**vars(node) | {"decorator_list": decorators})


def _lazy(function: ast.FunctionDef) -> Iterator[ast.expr]:
    used = {name.id for name in _all(function, ast.Name)}
    arguments = [a.arg for a in _all(function.args, ast.arg) if a.arg in used]
    if function.name != "__init__" and set(arguments) - {"self"}:
        yield ast.Name("_repeats_first_result", ast.Load())
    for name in arguments:
        if name != "self":
            call = f"_ignores_later({name!r})"
            yield ast.parse(call, mode="eval").body


def _without(node: ast.AST, parent: ast.AST, again: set[str]) -> Iterator[ast.AST]:
    """Yield a node without one of its parts, or what stands there without the node."""
    match node:
        case ast.UnaryOp(ast.USub() | ast.Not() | ast.Invert(), inner):
            yield inner
        case ast.Attribute(inner, "T" | "mT"):
            yield inner
        case ast.Call(ast.Attribute(inner, name), [], []):
            if name not in _STYLE and not isinstance(parent, ast.Expr):
                yield inner
        case ast.Call(function, arguments, keywords):
            if (
                len(arguments) + isinstance(function, ast.Attribute) * bool(arguments)
                > 1
            ):
                yield ast.Call(function, arguments[:-1], keywords)
            for keyword in keywords:
                others = [other for other in keywords if other is not keyword]
                yield ast.Call(function, arguments, others)
        case ast.Expr(ast.Constant()):
            pass  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.If() | ast.For() | ast.While():
            yield ast.Pass()
        case ast.Break() | ast.Continue() | ast.Raise() | ast.Assert() | ast.Return():
            if not isinstance(parent, ast.FunctionDef):
                yield ast.Pass()
        case ast.Assign() | ast.AnnAssign() if set(_bound(node)) <= again:
            yield ast.Pass()


def _all(tree: ast.AST, kind: type[_Node]) -> Iterator[_Node]:
    return (node for node in ast.walk(tree) if isinstance(node, kind))


def _bound(tree: ast.AST) -> Iterator[str]:
    names = _all(tree, ast.Name)
    return (name.id for name in names if isinstance(name.ctx, ast.Store))
