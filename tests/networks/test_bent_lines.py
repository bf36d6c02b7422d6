"""The growth of beans against the curve that it scatters about."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from lessons.networks.bent_lines import (
    bend_table,
    growth_readings,
    hat,
    relu,
)


def test_growth_scatters_about_a_bell() -> None:
    temperature, growth = growth_readings(100_000, seed=3)
    assert (temperature.shape, temperature.dtype) == ((100_000, 1), torch.float32)
    assert (growth.shape, growth.dtype) == ((100_000, 1), torch.float32)
    assert temperature.min().item() == pytest.approx(5, abs=0.01)
    assert temperature.max().item() == pytest.approx(40, abs=0.01)
    for celsius in (10, 17, 25, 33, 39):
        near = (temperature - celsius).abs() < 0.25
        mean = 20 * math.exp(-(((celsius - 25) / 8) ** 2))
        assert growth[near].mean().item() == pytest.approx(mean, abs=0.15)
    best = (temperature - 25).abs() < 0.25
    assert growth[best].std().item() == pytest.approx(1, abs=0.1)


def test_the_seed_decides() -> None:
    assert torch.equal(growth_readings(seed=1)[1], growth_readings(seed=1)[1])
    assert not torch.equal(growth_readings(seed=1)[1], growth_readings(seed=2)[1])


def test_no_pot_is_too_few() -> None:
    with pytest.raises(ValueError, match="pots=0: at least one"):
        growth_readings(0)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_relu_is_torchs(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    z = torch.randn(4, 5, dtype=dtype)
    assert torch.equal(relu(z), torch.relu(z))
    assert relu(z).dtype == dtype


def test_relu_has_torchs_slope_and_odd_numbers() -> None:
    values = [-math.inf, -2.0, 0.0, 3.0, math.inf, math.nan]
    z, other = (torch.tensor(values, requires_grad=True) for _ in range(2))
    torch.testing.assert_close(relu(z), torch.relu(other), equal_nan=True)
    relu(z)[:5].sum().backward()
    torch.relu(other)[:5].sum().backward()
    assert z.grad is not None
    assert other.grad is not None
    assert torch.equal(z.grad, other.grad)


def test_the_hat_runs_straight_from_corner_to_corner() -> None:
    x = torch.linspace(0, 50, 501, dtype=torch.float64)
    wanted = np.interp(x.numpy(), [11, 25, 39], [0, 19.6, 0])
    np.testing.assert_allclose(hat(x).numpy(), wanted, atol=1e-12)


def test_the_table_has_a_column_for_each_bend_and_one_of_ones() -> None:
    table = bend_table(torch.tensor([[1.0], [4.0]]), torch.tensor([0.0, 3.0, 5.0]))
    assert table.tolist() == [[1, 0, 0, 1], [4, 1, 0, 1]]


def solve(x: Tensor, y: Tensor, places: Tensor) -> Tensor:
    """Least squares for the weight of each bent line and the bias."""
    solution: Tensor = torch.linalg.lstsq(
        bend_table(x, places), y, driver="gelsd"
    ).solution
    return solution


def test_bends_at_the_corners_find_the_hat_again() -> None:
    x = torch.linspace(5, 45, 60, dtype=torch.float64).unsqueeze(1)
    weights = solve(x, hat(x), torch.tensor([11.0, 25.0, 39.0]).double())
    assert weights.flatten().tolist() == pytest.approx([1.4, -2.8, 1.4, 0], abs=1e-9)


def test_more_bends_fit_no_worse() -> None:
    x, y = growth_readings(seed=5)
    errors = []
    for places in ([5.0], [5.0, 25.0], [5.0, 15.0, 25.0, 32.0]):
        bends = torch.tensor(places)
        weights = solve(x, y, bends)
        fitted = relu(x - bends) @ weights[:-1] + weights[-1]
        errors.append((fitted - y).square().mean().item())
    line = np.polyfit(x.flatten().double(), y.flatten().double(), 1, full=True)[1]
    assert errors[0] == pytest.approx(line[0] / 100, rel=1e-4)
    assert errors[2] < errors[1] < errors[0]
