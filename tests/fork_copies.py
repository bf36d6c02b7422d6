"""Runs copied blocks with what they need; started by a bare Python.

The copies of a page have beginnings in common. They make a tree, in which a process
runs a block once and is forked where copies go on differently. A branch that is forked
has a copy of the folder, so that none sees the files of another.
"""

import contextlib
import gc
import io
import json
import os
import shutil
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from fork_programs import AT_A_TIME, LATE, each_in_a_fork, load

Node = dict[str, Any]


def main() -> None:
    """Run the trees of the list on standard input, each in a folder of its own."""
    pages = json.load(sys.stdin)
    load(set().union(*(page["imports"] for page in pages)))
    if "torch" in sys.modules:
        load([LATE])
    each_in_a_fork(pages, start, AT_A_TIME)


def start(page: dict[str, Any]) -> None:
    """Run the copies of a page; what each prints goes to a file of its name."""
    sys.modules["__main__"] = module = types.ModuleType("__main__")
    results = Path(page["results"])
    results.mkdir()
    os.environ["HOME"] = str(results)
    os.chdir(tempfile.mkdtemp(dir=results))
    grow(page["tree"], Run(module.__dict__, results))


class Run:
    """What a process has run so far: its names, and why it could not go on."""

    def __init__(self, namespace: dict[str, Any], results: Path) -> None:
        """Begin with nothing run."""
        self.namespace, self.results, self.error = namespace, results, ""

    def execute(self, codes: Iterable[str]) -> None:
        """Run code one after the other, up to what fails."""
        try:
            for code in () if self.error else codes:
                exec(compile(code, "<copy>", "exec"), self.namespace)
        except BaseException as error:
            self.error = "".join(traceback.format_exception_only(error))

    def keep(self, name: str, said: str) -> None:
        """Keep what a copy has said, and what it has ended with."""
        path = self.results / f"{name}.txt"
        path.write_text(said + self.error, encoding="utf-8")


def grow(node: Node, run: Run) -> None:
    """Run what comes at a node, then what goes on from it, the last in this process."""
    sys.stderr = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        run.execute([node["code"]])
    if node["name"]:
        run.keep(node["name"], printed.getvalue())
    todo = [partial(finish, copy, run) for copy in node["copies"]]
    todo += (partial(grow, child, run) for child in node["next"])
    gc.freeze()
    for act in todo[:-1]:
        in_a_fork(act)
    for act in todo[-1:]:
        act()


def in_a_fork(act: Callable[[], None]) -> None:
    """Act in a fork with a folder of its own, and wait until it ends."""
    if process := os.fork():
        os.waitpid(process, 0)
        return
    folder = tempfile.mkdtemp(dir="..")
    shutil.copytree(".", folder, dirs_exist_ok=True)
    os.chdir(folder)
    act()
    os._exit(0)


def finish(copy: dict[str, Any], run: Run) -> None:
    """Run the last part of a copy; keep what it prints, and what it says at its end."""
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        run.execute(copy["codes"])
    told = caught if copy["warns"] else []
    said = "".join(f"{each.category.__name__}: {each.message}\n" for each in told)
    run.keep(copy["name"], printed.getvalue() + said)


if __name__ == "__main__":
    main()
