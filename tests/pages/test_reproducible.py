"""Two runs of all pages, as different as two machines can be, give the same bytes."""

from pathlib import Path

import pytest

from ahead import do_ahead
from sandbox import Copy


@do_ahead
def another_build(_session: pytest.Session, folder: Path) -> Copy:
    """Build from nothing: other folder, locale, zone, threads and filled memory."""
    copy = Copy.make(folder / "another-folder/project")
    copy.build(
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="4321",
        MALLOC_PERTURB_="85",  # glibc gives memory full of rubbish, not of zeros
        OMP_NUM_THREADS="4",
        MKL_NUM_THREADS="3",
        TZ="Asia/Tokyo",
    )
    return copy


def test_two_builds_of_pages_run_anew_are_byte_identical(
    cold_build: Copy, another_build: Copy
) -> None:
    one, other = cold_build.made(), another_build.made()
    for suffix in (".dark.svg", ".ipynb", ".py", "index.html", "search/index.js"):
        assert any(name.endswith(suffix) for name in one), suffix
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
