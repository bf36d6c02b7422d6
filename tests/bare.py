"""Programs as a copier runs them: with torch and the usual libraries, without ours."""

import json
import re
import subprocess
import sysconfig
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fork_programs
from lessons.pages.running import torchvision_ops
from sandbox import ENVIRONMENT

# What takes long to import. A program that imports it finds it imported.
SLOW = {"matplotlib.pyplot", "pandas", "sklearn.datasets", "torch", "torchvision"}
_IMPORT = re.compile(
    r"^ *(?:from (?P<one>[\w.]+) import|import (?P<some>[\w., ]+))", re.MULTILINE
)
SHIM = "\ndeclare_missing()\n"
_QUIET = ["-W", "ignore:FigureCanvasAgg is non-interactive"]


@dataclass(frozen=True)
class Ran:
    """What a program printed, and what it said when it failed."""

    printed: str
    error: str


@dataclass(frozen=True)
class BarePython:
    """A Python that sees this environment's libraries, and in which ours is missing.

    Its one `.pth` line names the libraries. A `.pth` file found that way is not read,
    so our own editable package is not seen.
    """

    folder: Path

    @classmethod
    def make(cls, folder: Path) -> "BarePython":
        """Make it in a new folder."""
        venv.create(folder / "bare", with_pip=False, symlinks=True)
        (site_packages,) = folder.glob("bare/lib/python3*/site-packages")
        libraries = sysconfig.get_path("purelib")
        (site_packages / "libraries.pth").write_text(f"{libraries}\n")
        source = Path(torchvision_ops.__file__).read_text(encoding="utf-8")
        shim = folder / "shim/sitecustomize.py"
        shim.parent.mkdir()
        shim.write_text(source + SHIM, encoding="utf-8")
        return cls(folder)

    def run(self, programs: Mapping[str, str]) -> dict[str, Ran]:
        """Run programs, many quickly; return what came of each, by its name."""
        ran: dict[str, Ran] = {}
        for torchvision in (False, True):
            chosen = {
                name: code
                for name, code in programs.items()
                if ("torchvision" in code) == torchvision
            }
            if chosen:
                ran |= self._run(chosen, torchvision=torchvision)
        return ran

    def _run(self, programs: dict[str, str], *, torchvision: bool) -> dict[str, Ran]:
        folder = self.folder / ("torchvision" if torchvision else "programs")
        folder.mkdir()
        paths = {name: folder / f"{n}.py" for n, name in enumerate(programs)}
        for name, path in paths.items():
            path.write_text(programs[name], encoding="utf-8")
        told = [
            {
                "path": str(paths[name]),
                "imports": sorted(SLOW.intersection(imports(code))),
            }
            for name, code in programs.items()
        ]
        self.start(fork_programs.__file__, told, folder, torchvision=torchvision)
        return {name: _ran(path) for name, path in paths.items()}

    def start(self, script: str, told: Any, folder: Path, *, torchvision: bool) -> None:
        """Let a script run what it is told, in a folder that is its home as well."""
        environment = {
            "PATH": ENVIRONMENT["PATH"],
            "HOME": str(folder),
            "MPLBACKEND": "agg",
            "OMP_NUM_THREADS": "1",
        }
        if torchvision:  # it could not be imported beside a CPU build of torch
            environment["PYTHONPATH"] = str(self.folder / "shim")
        done = subprocess.run(
            [self.folder / "bare/bin/python", *_QUIET, "-P", script],
            cwd=folder,
            env=environment,
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def _ran(path: Path) -> Ran:
    printed, error = (
        path.with_suffix(suffix).read_text(encoding="utf-8")
        for suffix in (".out", ".err")
    )
    is_done = path.with_suffix(".done").exists()
    return Ran(printed, "" if is_done else error or "it ended without a word")


def imports(code: str) -> Iterator[str]:
    """Yield the modules that a program imports, and those that hold them.

    The code is searched, not parsed: this runs beside tests, and Python 3.11 fails at
    times where two threads parse code.
    """
    for match in _IMPORT.finditer(code):
        for name in (match["one"] or match["some"]).split(","):
            parts = name.split()[0].split(".")
            yield from (".".join(parts[:n]) for n in range(1, len(parts) + 1))


def without_places(text: str) -> str:
    """Drop where PyTorch raised a warning, as the pages do."""
    lines = text.rstrip().split("\n")
    return "\n".join(
        line.partition(" (Triggered internally")[0].rstrip() for line in lines
    )
