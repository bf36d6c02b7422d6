"""When two texts count as equal: to the digit here, to the shown digits elsewhere."""

import functools
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

from lessons.pages.project import ProjectError

_NUMBER = re.compile(r"[-+]?\d+(?:\.(\d*))?(?:[eE]([-+]?\d+))?")
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)
DECISIVE = ("matplotlib", "numpy", "pandas", "scikit-learn", "torch", "torchvision")


@functools.cache
def deviations(root: Path) -> tuple[str, ...]:
    """Return how this environment differs from the one that the outputs are from.

    Outputs are exact for Linux on x86-64, CPython 3.11 and `constraints.txt`.
    """
    try:
        pins = dict(_PIN.findall((root / "constraints.txt").read_text("utf-8")))
    except OSError as error:
        message = "outputs are exact for the versions it names"
        raise ProjectError(f"constraints.txt: {error.strerror}; {message}") from error
    found = [
        ("system", f"{platform.system()} {platform.machine()}", "Linux x86_64"),
        ("Python", "{}.{}".format(*sys.version_info), "3.11"),
    ]
    for name in DECISIVE:
        version = metadata.version(name).partition("+")[0]
        found.append((name, version, pins.get(name, "unpinned")))
    return tuple(f"{n} {have}, not {want}" for n, have, want in found if have != want)


def announce(root: Path) -> bool:
    """Return whether outputs are exact here; say so in one line where they are not."""
    found = deviations(root)
    if found:
        print(f"tolerant mode, numbers to the digits shown: {', '.join(found)}")
    return not found


def equal(shown: str, actual: str, *, exact: bool) -> bool:
    """Compare what a page shows with what a run gave.

    Args:
        shown: Text of the page; `actual`: text of the run.
        exact: Compare to the last character, trailing blanks aside. Otherwise text
            exactly, white space folded, and numbers to the digits shown: `0.25` is
            within 0.01, and `1.` is 1 and nothing else.
    """
    if exact:
        return trim(shown) == trim(actual)
    if _skeleton(shown) != _skeleton(actual):
        return False
    pairs = zip(_NUMBER.finditer(shown), _NUMBER.finditer(actual), strict=True)
    return all(abs(float(a[0]) - float(b[0])) <= _unit(a) for a, b in pairs)


def first_difference(shown: list[str], actual: list[str], *, exact: bool) -> int:
    """Return the index of the shown line at which two unequal texts part."""
    pairs = enumerate(zip(shown, actual, strict=False))
    place = (n for n, (one, other) in pairs if not equal(one, other, exact=exact))
    return min(next(place, len(actual)), len(shown) - 1)


def _skeleton(text: str) -> str:
    return "".join(_NUMBER.sub("0", text).split())


def _unit(number: re.Match[str]) -> float:
    decimals, exponent = number[1], int(number[2] or 0)
    return 1.001 * 10.0 ** (exponent - len(decimals)) if decimals else 0.0


def trim(text: str) -> str:
    """Return the text without trailing blanks."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))
