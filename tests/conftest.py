"""Settings for all tests, and the site that several of them look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import settings

import ahead
from counts import counted
from hosting import built_site
from lessons.pages.project import Project
from lessons.pages.publishing.build import keep
from lessons.pages.verifying.collect import for_a_site, verified
from sandbox import Copy

settings.register_profile("lessons", deadline=None, derandomize=True)
settings.load_profile("lessons")
# Threads that wait for a busy processor cost more than they bring: pages and builds run
# beside the tests.
torch.set_num_threads(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "visit this built site instead of building one from nothing"
    parser.addoption("--site", type=Path, metavar="FOLDER", help=help_text)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    for item in items:
        names = getattr(item, "fixturenames", [])
        if {"site", "looks"} & {*names} and not config.getoption("--site"):
            names.append("cold_build")
        if "cold_build" in names:
            config.stash[for_a_site] = True
    ahead.order(items)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if line := counted(config):
        terminalreporter.write_line(f"verified {line}")


@pytest.fixture(scope="session", autouse=True)
def _ahead(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    pool = ahead.start(request.session, tmp_path_factory.mktemp("ahead"))
    yield
    pool.shutdown(cancel_futures=True)


@ahead.do_ahead
def cold_build(session: pytest.Session, folder: Path) -> Copy:
    """Return a copy of the project with its site, made of the pages as verified.

    What was not selected to be verified is run by the build.
    """
    copy = Copy.make(folder / "project")
    keep(Project(copy.root), verified(session.config))
    copy.build(
        LC_ALL="C",
        PYTHONHASHSEED="1",
        OMP_NUM_THREADS="1",
        MKL_NUM_THREADS="1",
        TZ="UTC",
    )
    return copy


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """Return the built site; without a fault, or it would not be there."""
    return built_site(request.session)
