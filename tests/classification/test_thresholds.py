"""The chicks against the values that a seminar prints, and thresholds."""

import pytest
import torch

from lessons.classification.thresholds import chicks


def test_the_chicks_of_seed_zero_are_those_of_the_seminar() -> None:
    x, kind = chicks()
    assert (x.shape, x.dtype, kind.dtype) == ((20, 2), torch.float32, torch.int64)
    assert kind.tolist() == [1] * 10 + [0] * 10
    assert x[0].tolist() == pytest.approx([6.3112, 5.2715], abs=5e-5)
    assert x[-1].tolist() == pytest.approx([5.6683, 4.9879], abs=5e-5)


def test_many_chicks_have_the_stated_means_and_spreads() -> None:
    x, kind = chicks(100_000, seed=4)
    for number, means in ((1, [8, 7]), (0, [5, 3])):
        assert x[kind == number].mean(dim=0).tolist() == pytest.approx(means, abs=0.02)
        assert x[kind == number].std(dim=0).tolist() == pytest.approx(
            [1.5, 1.5], abs=0.02
        )


def test_no_chick_is_too_few() -> None:
    with pytest.raises(ValueError, match="each=0: at least one"):
        chicks(0)
