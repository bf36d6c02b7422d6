"""What a page may not do: use the network, write into the project, run for ever."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
_CHANGES = {
    f"os.{name}" for name in ("mkdir", "remove", "rename", "rmdir", "symlink", "link")
}
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class TimeLimitError(BaseException):
    """Raised in a page that runs too long; no `except Exception` holds it back."""


class Guard:
    """Closes the network and the project's folder to the rest of this process.

    Attributes:
        violations: What was refused, also where the page caught the exception.
    """

    def __init__(self, root: Path) -> None:
        """Watch this process from now on; an audit hook cannot be removed."""
        self.violations: list[str] = []
        self._root = f"{root}{os.sep}"
        self._environment = sys.prefix
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITE:
                self._protect(path)
        elif event in _CHANGES:
            for path in arguments:
                self._protect(path)
        elif event in _NETWORK:
            self._refuse("a page has no network: use .shown for a real download")
        elif event in _PROGRAMS:
            self._refuse("a page starts no other program")

    def _protect(self, path: object) -> None:
        if isinstance(path, str | bytes | os.PathLike):
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 resolves nothing
            if name.startswith(self._root) and not name.startswith(self._environment):
                relative = name.removeprefix(self._root)
                self._refuse(f"a page does not write into the project: {relative}")

    def _refuse(self, message: str) -> None:
        self.violations.append(message)
        raise PermissionError(message)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitError` in the body once it has run for `seconds`."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeLimitError(f"over the time limit of {seconds:g} s for one page")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
