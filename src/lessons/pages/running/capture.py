"""What a piece of code prints, raises and warns of, caught at the descriptors."""

import ctypes
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

# As in a program that Python starts: deprecations are only told to their own author.
_FILTERS: tuple[tuple[str, type[Warning], str], ...] = (
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, ""),
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
)


OUTPUT, ERRORS = "output.txt", "errors.txt"


@dataclass(frozen=True)
class Captured:
    """What was caught.

    Attributes:
        output: The standard output; `errors`: the standard error.
        raised: The exception; `warnings`: a line for each warning.
    """

    output: str
    errors: str
    raised: BaseException | None
    warnings: tuple[str, ...]

    @property
    def report(self) -> str:
        """All that a program of the page prints."""
        error = traceback.format_exception_only(self.raised) if self.raised else ()
        return "".join((self.output, *error, *self.warnings))


class Capture:
    """Takes the standard output and error of this process, whoever writes there.

    Threads, other processes, C++ and a logger that kept an earlier `sys.stdout` do so
    as well as `print`.
    """

    def __init__(self, folder: Path) -> None:
        """Lead both descriptors into files of `folder` while this process lives."""
        self._files = [(folder / name).open("w+b") for name in (OUTPUT, ERRORS)]
        for descriptor, file in enumerate(self._files, start=1):
            os.dup2(file.fileno(), descriptor)
        self._process = os.getpid()
        sys.stdout, sys.stderr = self._streams = (_stream(1), _stream(2))

    def __call__(self, execute: Callable[[], object]) -> Captured:
        """Run something with Python's own filters for warnings."""
        raised: BaseException | None = None
        with warnings.catch_warnings(record=True) as caught:
            warnings.resetwarnings()
            for action, category, module in reversed(_FILTERS):
                warnings.filterwarnings(action, "", category, module)  # type: ignore[arg-type]
            try:
                execute()
            except BaseException as error:
                raised = error
        for stream in self._streams:
            stream.flush()
        if os.getpid() != self._process:
            os._exit(0)  # it has called os.fork, and this is the copy
        output, errors = self._take()
        return Captured(output, errors, raised, tuple(map(_line, caught)))

    def _take(self) -> list[str]:
        ctypes.CDLL(None).fflush(None)
        texts = []
        for file in self._files:
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
            file.seek(0)
            file.truncate()
        return texts


def _stream(descriptor: int) -> TextIO:
    return open(descriptor, "w", encoding="utf-8", buffering=1, closefd=False)


def _line(warning: warnings.WarningMessage) -> str:
    """Return a warning in a line, without where in its sources PyTorch raised it."""
    text = str(warning.message).partition(" (Triggered internally at")[0]
    return f"{warning.category.__name__}: {text}\n"
