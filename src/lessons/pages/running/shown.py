"""Blocks that are shown and not run are still checked for their names."""

import ast
import builtins
import dis
import types
from collections.abc import Iterator

from lessons.pages.reading.steps import Block


def unresolved(block: Block, namespace: dict[str, object]) -> str | None:
    """Return the first name of a block that would not resolve, if there is one.

    Its imports are made, so that the names in imported modules are looked up as well.
    """
    tree, file = block.source.tree(), block.source.filename
    scope: dict[str, object] = dict(vars(builtins)) | namespace
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            try:
                exec(compile(ast.Module([node], []), file, "exec"), scope)
            except ImportError as error:
                return str(error.name)
    instructions = list(_instructions(compile(tree, file, "exec")))
    own = {i.argval for i in instructions if i.opname in ("STORE_NAME", "STORE_GLOBAL")}
    owner: object = None
    path = ""
    for instruction in instructions:
        name = instruction.argval
        if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL"):
            if name not in own and name not in scope:
                return str(name)
            owner, path = scope.get(name), str(name)
        elif instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            path = f"{path}.{name}"
            if isinstance(owner, types.ModuleType) and not hasattr(owner, name):
                return path
            owner = getattr(owner, name, None)
        else:
            owner = None
    return None


def _instructions(code: types.CodeType) -> Iterator[dis.Instruction]:
    yield from dis.get_instructions(code)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _instructions(constant)
