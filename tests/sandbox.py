"""A small project to try the machinery on, and pieces of pages for it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lessons.pages.project import Project
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import Outcome, run_pages

ROOT = Path(__file__).parents[1]
ENVIRONMENT = dict(os.environ)  # as it is before any test changes it
COPIED = ("docs", "src", "tests", "constraints.txt", "mkdocs.yml", "pyproject.toml")

MODULE = '''\
"""A chapter."""

from torch import Tensor

RATE = 0.5


def double(x: Tensor) -> Tensor:
    """Return twice `x`.

    Args:
        x: any tensor.
    """
    return 2 * x


class Line:
    """A line."""

    def at(self, x: float) -> float:
        """Return its height.

        More words.
        """
        return x / 0
'''

FIGURE = """\
```python
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.plot([1, 2], color="C1")
ax.set(xlabel="x", ylabel="y")
plt.show()
```

![a line](figures/page-line.svg)
"""
EXERCISE = """\
```python {.stub}
answer = ...
```

```python {.check}
assert answer == 4, "two times two is four"
```

```python {.wrong}
answer = 5
```

```python {.solution}
answer = 4
```
"""


@dataclass
class Sandbox:
    """A project in a temporary folder."""

    project: Project

    def write(self, text: str, name: str = "page") -> Path:
        """Write a page of the part `part`."""
        path = self.project.docs / "part" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, text: str) -> Page:
        """Write a page and read it."""
        return read_pages(self.project, [self.write(text)])[0]

    def run(self, text: str, terms: Terms | None = None) -> Outcome:
        """Write a page and run it."""
        return next(run_pages(self.project, [self.read(text)], terms))

    def failures(self, text: str) -> list[str]:
        """Write a page, run it, return what is wrong with it."""
        return self.run(text).failures


@dataclass(frozen=True)
class Copy:
    """A copy of the real project, to be changed and tried as a person would."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> "Copy":
        """Copy what pages are verified and the site is built from."""
        root.mkdir(parents=True)
        for name in COPIED:
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, root / name, ignore=ignored)
            else:
                shutil.copy(ROOT / name, root)
        return cls(root)

    def run(self, *command: str, **environment: str) -> tuple[int, str]:
        """Run a Python module as a command; return its exit code and all it said."""
        return self._run(command, ENVIRONMENT | environment)

    def build(self, **environment: str) -> None:
        """Build the site in a bare environment; it must be without a fault."""
        home = self.root.parent / "home"
        home.mkdir()
        bare = {"PATH": ENVIRONMENT["PATH"], "HOME": str(home)}
        code, said = self._run(("lessons.pages", "site"), bare | environment)
        assert code == 0, said

    def made(self) -> dict[str, bytes]:
        """Return the digest of every file of the site and of what it is made from."""
        tops = [self.root / top for top in ("docs", ".cache/pages/made", "site")]
        files = (path for top in tops for path in top.rglob("*") if path.is_file())
        return {
            path.relative_to(self.root).as_posix(): sha256(path.read_bytes()).digest()
            for path in files
        }

    def _run(
        self, command: tuple[str, ...], environment: dict[str, str]
    ) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.root,
            env=environment | {"PYTHONPATH": str(self.root / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
