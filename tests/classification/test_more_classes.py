"""Three kinds of chicks: their order, their means and their scatter."""

import pytest
import torch

from lessons.classification.more_classes import three_kinds


def test_the_kinds_have_their_order_means_and_scatter() -> None:
    x, kind = three_kinds(each=4000, seed=3)
    assert x.shape == (12000, 2)
    assert x.dtype == torch.float32
    assert kind.dtype == torch.int64
    assert (kind.diff() >= 0).all()
    assert kind.bincount().tolist() == [4000] * 3
    for number, mean in enumerate(([5.0, 3.0], [8.0, 7.0], [3.5, 8.0])):
        chicks = x[kind == number]
        assert chicks.mean(dim=0).tolist() == pytest.approx(mean, abs=0.1)
        assert chicks.std(dim=0).tolist() == pytest.approx([1.5, 1.5], abs=0.1)
        assert torch.corrcoef(chicks.T)[0, 1].item() == pytest.approx(0, abs=0.06)


def test_the_seed_decides_about_the_measurements() -> None:
    assert torch.equal(three_kinds(5, seed=1)[0], three_kinds(5, seed=1)[0])
    assert not torch.equal(three_kinds(5, seed=1)[0], three_kinds(5, seed=2)[0])


def test_there_is_at_least_one_chick_of_each_kind() -> None:
    assert three_kinds(each=1)[1].tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="each=0"):
        three_kinds(each=0)
