"""Names whose objects code changes in place, and names that may share an object."""

import ast
from collections.abc import Iterable, Iterator

from lessons.pages.reading.objects import nodes
from lessons.pages.reading.origins import backward_calls
from lessons.pages.reading.state import DRAWING, STATES, Known, words

_CHANGING = words(
    "append extend insert pop popitem remove clear update add discard sort reverse "
    "setdefault backward zero_grad step load_state_dict train eval fit fill put "
    "register_buffer register_hook register_forward_hook add_module remove_hook "
    "write writelines close seek"
)
_CHANGED = ("generator", "out")  # by whatever is given them
# They hand on what they are called on, or what they are given, or hold on to it.
_SHARING = words(
    "view reshape squeeze unsqueeze flatten transpose permute t expand numpy detach "
    "parameters named_parameters from_numpy as_tensor asarray iter enumerate zip "
    "state_dict values items unbind split chunk ravel to contiguous data buffers "
    "add_param_group named_buffers next"
)


def changed(node: ast.AST, known: Known) -> set[str]:
    """Return the names whose objects a node may change, not looking below it.

    Args:
        node: A statement or an expression; `known`: which functions of the page
            change what they are given.
    """
    match node:
        case ast.AugAssign(target=target):
            return base(target)
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            parts = (part for target in targets for part in ast.walk(target))
            return _bases(
                p for p in parts if isinstance(p, ast.Attribute | ast.Subscript)
            )
        case ast.For(iter=ast.Name(id=name)):
            return {name}  # an iterator is used up
        case ast.Call():
            return _changed_by(node, known)
    return set()


def _changed_by(call: ast.Call, known: Known) -> set[str]:
    """Return the names whose objects a call may change."""
    given = _bases([*call.args, *(keyword.value for keyword in call.keywords)])
    match call.func:
        case ast.Name(id=name):
            if name == "next":
                return given
            done = known.get(name, set()) - STATES
            return done | _bases(_given(call, done))
        case ast.Attribute(value=owner, attr=name):
            if _is_in_place(name):
                return base(owner) | given
            if name in _CHANGING:
                return base(owner)
            named = _bases(k.value for k in call.keywords if k.arg in _CHANGED)
            return base(owner) | named if name in DRAWING else named
    return set()


def _is_in_place(name: str) -> bool:
    return name.endswith("_") and not name.endswith("__")


def _given(call: ast.Call, parameters: set[str]) -> Iterator[ast.expr]:
    """Yield what a call gives to some parameters, each known by place and name."""
    for place, value in enumerate(call.args):
        if _parameter(place) in parameters or isinstance(value, ast.Starred):
            yield value
    for keyword in call.keywords:
        if _parameter(keyword.arg) in parameters or keyword.arg is None:
            yield keyword.value


def _parameter(place: object) -> str:
    return f"<parameter {place}>"


def changed_by_calling(function: ast.FunctionDef, looked_up: set[str]) -> set[str]:
    """Return the names of the page whose objects a function may change, and parameters.

    Args:
        function: Its definition; `looked_up`: the names that it takes from the page.
    """
    found: set[str] = set().union(*(changed(node, {}) for node in nodes(function)))
    if differentiates := any(backward_calls(function)):
        found |= set().union(*(base(node) for node in _gradients(function)))
    arguments = function.args
    given = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    named = {*given, *(argument.arg for argument in arguments.kwonlyargs)}
    changes = found & named or (named if differentiates else set())
    places = {place for place, name in enumerate(given) if name in changes}
    reached = looked_up if differentiates else found & looked_up
    return reached | set(map(_parameter, places | changes))


def _gradients(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what code takes gradients or parameters of."""
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("grad", "parameters"):
            yield node


def shared(value: ast.expr) -> set[str]:
    """Return the names whose objects an expression may hand on."""
    parts: list[ast.expr] = []
    match value:
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return base(value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            parts = elements
        case ast.Dict(values=values):
            parts = values
        case ast.Starred(value=inner):
            parts = [inner]
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.Call(func=function, args=args, keywords=keywords):
            name = getattr(function, "attr", getattr(function, "id", ""))
            shares = name in _SHARING or _is_in_place(name)
            if shares or name[:1].isupper():
                parts = [*args, *(keyword.value for keyword in keywords)]
            if shares and isinstance(function, ast.Attribute):
                parts.append(function.value)
    return set().union(*map(shared, parts))


def base(node: ast.expr) -> set[str]:
    """Return the name that an expression begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _bases(nodes: Iterable[ast.expr]) -> set[str]:
    return set().union(*map(base, nodes))
