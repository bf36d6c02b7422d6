"""Settings for all tests, and the site that several of them look at."""

from pathlib import Path

import pytest
from hypothesis import settings

from sandbox import Copy

settings.register_profile("lessons", deadline=None, derandomize=True)
settings.load_profile("lessons")


def pytest_addoption(parser: pytest.Parser) -> None:
    help_text = "visit this built site instead of building one from nothing"
    parser.addoption("--site", type=Path, metavar="FOLDER", help=help_text)


@pytest.fixture(scope="session")
def cold_build(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy of the project with its site, built from nothing."""
    copy = Copy.make(tmp_path_factory.mktemp("cold") / "project")
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
    given: Path | None = request.config.getoption("--site")
    if given is not None:
        return given.resolve()
    copy: Copy = request.getfixturevalue("cold_build")
    return copy.root / "site"
