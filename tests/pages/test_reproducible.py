"""Two cold builds, as different as two machines can be, give the same bytes."""

from pathlib import Path

from sandbox import Copy


def test_two_cold_builds_are_byte_identical(cold_build: Copy, tmp_path: Path) -> None:
    another = Copy.make(tmp_path / "another-folder/project")
    another.build(
        LC_ALL="C.UTF-8",
        PYTHONHASHSEED="4321",
        OMP_NUM_THREADS="4",
        MKL_NUM_THREADS="3",
        TZ="Asia/Tokyo",
    )
    one, other = cold_build.made(), another.made()
    for suffix in (".dark.svg", ".ipynb", ".py", "index.html", "search_index.json"):
        assert any(name.endswith(suffix) for name in one), suffix
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
