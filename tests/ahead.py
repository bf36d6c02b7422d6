"""Slow work that many tests look at, done beside the tests before them.

Pages and builds wait for nothing but processors, tests in the browser keep one of them
busy: while one runs, so does the other. `do_ahead` names the work and gives a fixture
for what comes of it. Only work that the selected tests ask for is done, one after the
other, and the tests that ask for it are moved behind all others.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

Work = Callable[[pytest.Session, Path], Any]
_works: dict[str, Work] = {}
_late: list[str] = []
_done = pytest.StashKey[dict[str, Future[Any]]]()


def do_ahead(work: Work) -> Callable[..., Any]:
    """Return a session's fixture with what `work` returns; it is given a folder."""
    name = work.__name__
    _works[name] = work

    def fixture(request: pytest.FixtureRequest) -> Any:
        return done(request.session, name)

    return pytest.fixture(scope="session", name=name)(fixture)


def do_last(work: Work) -> Callable[..., Any]:
    """Do the same, after all other work."""
    _late.append(work.__name__)
    return do_ahead(work)


def done(session: pytest.Session, name: str) -> Any:
    """Return what came of a work, as soon as it is done."""
    return session.stash[_done][name].result()


def _in_order() -> list[str]:
    return sorted(_works, key=_late.__contains__)


def asked_for(item: pytest.Item) -> list[str]:
    """Return the work that a test looks at."""
    return [name for name in _works if name in getattr(item, "fixturenames", ())]


def order(items: list[pytest.Item]) -> None:
    """Move the tests that look at work behind the others, in the order of the work."""
    places = {name: place for place, name in enumerate(_in_order(), 1)}
    items.sort(key=lambda item: max(map(places.get, asked_for(item)), default=0))


def start(session: pytest.Session, folder: Path) -> ThreadPoolExecutor:
    """Start what the selected tests ask for; return what does it."""
    wanted = {name for item in session.items for name in asked_for(item)}
    pool = ThreadPoolExecutor(max_workers=1)
    futures = session.stash[_done] = {}
    for name in _in_order():
        if name in wanted:
            futures[name] = pool.submit(_works[name], session, folder / name)
    return pool
