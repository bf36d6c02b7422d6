from pathlib import Path

import pytest

from lessons.pages.project import ProjectError
from lessons.pages.running import compare
from lessons.pages.running.compare import diff, equal, first_difference


@pytest.mark.parametrize(
    ("shown", "actual"),
    [("a  \nb\n\n", "a\nb"), ("", "\n"), ("tensor([1., 2.])\n", "tensor([1., 2.])")],
)
def test_exact_ignores_trailing_blanks_only(shown: str, actual: str) -> None:
    assert equal(shown, actual, exact=True)


@pytest.mark.parametrize(
    ("shown", "actual"), [("0.25", "0.26"), (" a", "a"), ("", "x")]
)
def test_exact_refuses_any_other_difference(shown: str, actual: str) -> None:
    assert not equal(shown, actual, exact=True)


@pytest.mark.parametrize(
    ("shown", "actual"),
    [
        ("loss 0.25", "loss 0.26"),
        ("1.234e-05", "1.235e-05"),
        ("tensor([1., 2.])", "tensor([1.,  2.])"),
        ("-0.0001", "0.0000"),
    ],
)
def test_tolerant_allows_one_unit_of_the_last_digit(shown: str, actual: str) -> None:
    assert equal(shown, actual, exact=False)


@pytest.mark.parametrize(
    ("shown", "actual"),
    [
        ("tensor([1., 2.])", "tensor([2., 3.])"),
        ("loss 0.25", "loss 0.27"),
        ("loss 0.25", "cost 0.25"),
        ("7 rows", "8 rows"),
        ("1.234e-05", "1.234e-04"),
        ("1 2", "12"),
        ("0.5", "nan"),
    ],
)
def test_tolerant_refuses_the_rest(shown: str, actual: str) -> None:
    assert not equal(shown, actual, exact=False)


def test_without_pins_nothing_can_be_exact(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"constraints\.txt: there is no such file"):
        compare.deviations(tmp_path)


def test_another_version_is_a_deviation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "constraints.txt").write_text("torch==1.0\n")
    monkeypatch.setattr(compare, "DECISIVE", ("torch",))
    monkeypatch.setattr(compare.platform, "machine", lambda: "arm64")
    found = compare.deviations(tmp_path)
    assert any("arm64, not Linux x86_64" in text for text in found)
    assert any(text.startswith("torch ") and "not 1.0" in text for text in found)


@pytest.mark.parametrize(
    ("shown", "actual", "place"),
    [("a b c", "a x c", 1), ("a b c", "a b", 2), ("a b", "a b c", 1), ("", "a b", 0)],
)
def test_the_line_at_which_texts_part(shown: str, actual: str, place: int) -> None:
    lines = shown.split(" "), actual.split(" ")
    assert first_difference(*lines, exact=True) == place


def test_what_is_tolerated_is_no_difference() -> None:
    shown, actual = ["0.25", "word"], ["0.26", "other"]
    assert first_difference(shown, actual, exact=False) == 1


def test_a_long_difference_is_cut_with_a_count() -> None:
    million = [str(number) for number in range(1_000_000)]
    found = diff(["x"], million).split("\n")
    assert found[:3] == ["--- page", "+++ run", "@@ -1 +1,5001 @@"]
    assert found[-1] == "... and 4805 more lines"
    assert len(found) == 201
    assert diff(["a"], ["b"]).endswith("-a\n+b")
