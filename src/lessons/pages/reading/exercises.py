"""Exercises: a stub, its check, slips that the check refuses, and right answers."""

import ast
from collections.abc import Iterator

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.steps import Block, Exercise

_NEXT = {
    "": ("stub",),
    "stub": ("check",),
    "check": ("wrong",),
    "wrong": ("wrong", "solution"),
    "solution": ("solution", "stub"),
}
_FORM = "an exercise is .stub, .check, .wrong once or more, .solution once or more"


def group_exercises(blocks: list[Block]) -> tuple[list[Exercise], list[Problem]]:
    """Return the exercises of a page in order, and what is wrong with their form."""
    exercises: list[Exercise] = []
    problems: list[Problem] = []
    last = ""
    for block in blocks:
        if not block.facts.role and last in ("", "solution"):
            last = ""
        elif block.kind not in _NEXT[last]:
            problems.append(Problem(block.line, f"{_FORM}; here is .{block.kind}"))
            return exercises, problems
        else:
            last = block.kind
            if last == "stub":
                exercises.append(Exercise())
            exercises[-1].blocks.append(block)
    if last not in ("", "solution"):
        problems.append(Problem(exercises[-1].stub.line, f"{_FORM}; here it ends"))
    problems += [p for exercise in exercises for p in _other_names(exercise)]
    return exercises, problems


def _other_names(exercise: Exercise) -> Iterator[Problem]:
    """Yield the answers that leave out a name that the stub defines."""
    wanted = defined(exercise.stub)
    for answer in exercise.answers:
        if missing := sorted(wanted - defined(answer)):
            message = f"this .{answer.kind} does not define {', '.join(missing)}"
            yield Problem(answer.line, f"{message}, as the .stub does")


def defined(block: Block) -> set[str]:
    """Return the names that a block binds at its top level."""
    try:
        body = block.source.tree().body
    except SyntaxError:
        return set()  # reported on its own
    names = {node.name for node in body if isinstance(node, Named)}
    targets = (n for s in body if not isinstance(s, Named) for n in ast.walk(s))
    return names | {
        node.id
        for node in targets
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
