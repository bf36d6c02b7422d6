"""The readings of the two pans against least squares."""

import pytest
import torch

from lessons.multiple_regression.many_outputs import two_pan_readings


def test_each_load_moves_both_pointers() -> None:
    x, y = two_pan_readings(100_000, seed=3)
    assert (x.shape, y.shape, x.dtype, y.dtype) == (
        (100_000, 2),
        (100_000, 2),
        torch.float32,
        torch.float32,
    )
    assert x.min().item() == pytest.approx(0, abs=0.01)
    assert x.max().item() == pytest.approx(6, abs=0.01)
    table = torch.cat([x, torch.ones(len(x), 1)], dim=1).double()
    solution = torch.linalg.lstsq(table, y.double()).solution
    truth = torch.tensor([[3.0, 0.5], [1.0, 2.0], [4.0, 6.0]]).double()
    assert torch.allclose(solution, truth, atol=0.03)
    assert (y - table @ solution).std(dim=0).tolist() == pytest.approx([1, 1], abs=0.01)


def test_the_seed_decides() -> None:
    assert torch.equal(two_pan_readings(seed=1)[1], two_pan_readings(seed=1)[1])
    assert not torch.equal(two_pan_readings(seed=1)[1], two_pan_readings(seed=2)[1])


def test_no_reading_is_too_few() -> None:
    with pytest.raises(ValueError, match="readings=0: at least one"):
        two_pan_readings(0)
