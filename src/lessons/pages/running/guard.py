"""What a page may not do: use the network, write outside its folder, run for ever."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_TALKS = {f"socket.{name}" for name in ("bind", "connect", "sendmsg", "sendto")}
_LOOKUPS = {f"socket.get{name}" for name in ("addrinfo", "hostbyaddr", "hostbyname")}
_PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pty.spawn"}
_CHANGES = {"sqlite3.connect"} | {
    f"os.{name}"
    for name in [
        "chmod",
        "link",
        "mkdir",
        "remove",
        "rename",
        "rmdir",
        "symlink",
        "truncate",
    ]
}
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = (os.devnull, "/dev/shm")  # multiprocessing shares memory there


class TimeLimitError(BaseException):
    """Raised in a page that runs too long; no `except Exception` holds it back."""


class Guard:
    """Closes the network and the files of others to the rest of this process.

    Attributes:
        violations: What was refused, also where the page caught the exception.
    """

    def __init__(self, folder: Path) -> None:
        """Watch this process from now on; an audit hook cannot be removed.

        Args:
            folder: Where it may write, and nowhere else.
        """
        self.violations: list[str] = []
        places = [os.path.realpath(path) for path in (str(folder), *_DEVICES)]
        self._open = tuple(f"{place}{os.sep}" for place in places)
        _close_in_the_kernel(folder)
        sys.addaudithook(self._audit)
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse, as the first finder of modules, those that a copier does not have."""
        if name.startswith("lessons."):
            self._refuse("a page never imports lessons: show the object instead")

    def _audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITE:
                self._protect(path)
        elif event in _CHANGES:
            for path in arguments[event == "os.symlink" :]:  # may lead anywhere
                self._protect(path)
        elif event in _LOOKUPS or (event in _TALKS and isinstance(arguments[1], tuple)):
            self._refuse("a page has no network: use .shown for a real download")
        elif event in _PROGRAMS:
            self._refuse("a page starts no other program")

    def _protect(self, path: object) -> None:
        if isinstance(path, str | bytes | os.PathLike):
            name = os.path.realpath(os.fsdecode(path))
            if not f"{name}{os.sep}".startswith(self._open):
                self._refuse(f"a page does not write outside its own folder: {name}")

    def _refuse(self, message: str) -> None:
        self.violations.append(message)
        raise PermissionError(message)


def _close_in_the_kernel(folder: Path) -> None:
    """Let Linux refuse what no audit hook sees: C++, SQLite, paths through links."""
    with contextlib.suppress(ImportError, OSError):
        import landlock  # noqa: PLC0415 only on Linux

        access = landlock.FSAccess
        reading = access.EXECUTE | access.READ_FILE | access.READ_DIR
        ruleset = landlock.Ruleset(access.all() & ~reading)
        ruleset.allow(folder, "/dev/shm")
        ruleset.allow(os.devnull, rules=access.WRITE_FILE)
        ruleset.apply()


@contextlib.contextmanager
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
