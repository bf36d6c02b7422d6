"""What a piece of code prints, raises and warns of, caught."""

import contextlib
import io
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass

# As in a program that Python starts: deprecations are only told to their own author.
_FILTERS: tuple[tuple[str, type[Warning], str], ...] = (
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, ""),
    ("ignore", PendingDeprecationWarning, ""),
    ("ignore", ImportWarning, ""),
    ("ignore", ResourceWarning, ""),
)


@dataclass(frozen=True)
class Captured:
    """What was caught: the standard output, the exception, a line for each warning."""

    output: str
    raised: BaseException | None
    warnings: tuple[str, ...]

    @property
    def report(self) -> str:
        """All of it, as the program of a page prints it."""
        error = traceback.format_exception_only(self.raised) if self.raised else ()
        return "".join((self.output, *error, *self.warnings))


def capture(execute: Callable[[], None]) -> Captured:
    """Run something with Python's own filters for warnings, whatever those here are."""
    stdout = io.StringIO()
    raised: BaseException | None = None
    with (
        contextlib.redirect_stdout(stdout),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.resetwarnings()
        for action, category, module in reversed(_FILTERS):
            warnings.filterwarnings(action, "", category, module)  # type: ignore[arg-type]
        try:
            execute()
        except BaseException as error:
            raised = error
    return Captured(stdout.getvalue(), raised, tuple(map(_line, caught)))


def _line(warning: warnings.WarningMessage) -> str:
    """Return a warning in a line, without where in its sources PyTorch raised it."""
    text = str(warning.message).partition(" (Triggered internally at")[0]
    return f"{warning.category.__name__}: {text}\n"
