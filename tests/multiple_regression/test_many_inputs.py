"""The readings against least squares, and what a model of two inputs does."""

import pytest
import torch

from lessons.multiple_regression.many_inputs import kitchen_readings


def test_readings_follow_load_and_temperature() -> None:
    x, y = kitchen_readings(100_000, seed=3)
    assert (x.shape, y.shape, x.dtype, y.dtype) == (
        (100_000, 2),
        (100_000, 1),
        torch.float32,
        torch.float32,
    )
    assert x.amin(dim=0).tolist() == pytest.approx([0, 5], abs=0.01)
    assert x.amax(dim=0).tolist() == pytest.approx([6, 35], abs=0.01)
    table = torch.cat([x, torch.ones_like(y)], dim=1).double()
    solution = torch.linalg.lstsq(table, y.double()).solution
    assert solution[:, 0].tolist() == pytest.approx([3, 0.15, 4], abs=0.03)
    assert (y - table @ solution).std().item() == pytest.approx(1, abs=0.01)


def test_the_seed_decides() -> None:
    assert torch.equal(kitchen_readings(seed=1)[1], kitchen_readings(seed=1)[1])
    assert not torch.equal(kitchen_readings(seed=1)[1], kitchen_readings(seed=2)[1])


def test_no_reading_is_too_few() -> None:
    with pytest.raises(ValueError, match="readings=0: at least one"):
        kitchen_readings(0)
