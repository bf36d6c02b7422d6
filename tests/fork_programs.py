"""Runs programs, each in a process of its own; started by a bare Python.

A program finds imported what it imports itself, and nothing else beyond what those
modules import: it is forked from a process that has done so once for many programs.
It runs in an empty folder that is its home as well, and ends as a program ends.
"""

import atexit
import gc
import importlib
import json
import os
import sys
import threading
import traceback
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

AT_A_TIME = 2
# What PyTorch imports when an optimizer or a loader is first made: a second each time.
LATE = "torch._dynamo"
MANY = 4
Programs = list[dict[str, Any]]


def main() -> None:
    """Run the programs of the list on standard input, those alike side by side."""
    groups: dict[frozenset[str], Programs] = {}
    for program in json.load(sys.stdin):
        groups.setdefault(frozenset(program["imports"]), []).append(program)
    run_all(frozenset(), groups.pop(frozenset(), []))
    common = frozenset.intersection(*groups) if groups else frozenset()
    load(common)
    each_in_a_fork(groups, lambda imports: run_all(imports, groups[imports]), 1)


def load(modules: Iterable[str]) -> None:
    for name in sorted(modules):
        importlib.import_module(name)


def run_all(imports: frozenset[str], programs: Programs) -> None:
    load(imports)
    if "torch" in imports and len(programs) > MANY:
        load([LATE])
    each_in_a_fork(programs, become, AT_A_TIME)


def each_in_a_fork(
    things: Iterable[Any], act: Callable[[Any], None], jobs: int
) -> None:
    """Act on each in a fork that then ends, some side by side."""
    gc.freeze()  # else the collector of each fork copies all that it looks at
    running = 0
    for thing in things:
        if running == jobs:
            os.wait()
            running -= 1
        if os.fork() == 0:
            try:
                act(thing)
            except BaseException:
                traceback.print_exc()
            end()
        running += 1
    while running:
        os.wait()
        running -= 1


def become(program: dict[str, Any]) -> None:
    """Run a program to its end, its output and errors going to files beside it."""
    path = Path(program["path"])
    home = path.with_suffix("")
    home.mkdir()
    os.chdir(home)
    os.environ["HOME"] = str(home)
    for descriptor, suffix in ((1, ".out"), (2, ".err")):
        target = os.open(path.with_suffix(suffix), os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(target, descriptor)
    sys.argv = [str(path)]
    sys.path.insert(0, "")
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    exec(compile(path.read_text(encoding="utf-8"), path, "exec"), module.__dict__)
    path.with_suffix(".done").touch()


def end() -> NoReturn:
    """End as Python does, but for modules: to take them down costs half a second."""
    threading._shutdown()
    atexit._run_exitfuncs()
    vars(sys.modules["__main__"]).clear()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
