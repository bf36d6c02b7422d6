"""The swinging load, the gears, and chords that dip."""

import pytest
import torch
from torch import Tensor, nn
from torch.autograd.functional import hessian

from lessons.pytorch_way.valleys import (
    gear_loss,
    midpoint_gap,
    swing_losses,
    swing_readings,
)


def test_the_swing_is_a_cosine_with_scatter() -> None:
    t, y = swing_readings(frequency=2.0, count=1000, std=0.1, seed=4)
    assert t.shape == y.shape == (1000,)
    assert t.dtype == y.dtype == torch.float32
    assert 0 <= t[0] <= t[-1] <= 4
    assert (t.diff() >= 0).all()
    scatter = y - torch.cos(2 * t)
    assert scatter.mean().item() == pytest.approx(0, abs=0.02)
    assert scatter.std().item() == pytest.approx(0.1, abs=0.01)
    again = swing_readings(frequency=2.0, count=1000, std=0.1, seed=4)
    assert torch.equal(again[1], y)
    assert not torch.equal(swing_readings(count=1000, seed=5)[0], t)


def test_many_frequencies_have_the_mean_squared_error() -> None:
    t, y = swing_readings(count=7)
    w = torch.tensor([0.0, 2.5, 5.0])
    losses = swing_losses(w, t, y)
    rows = swing_losses(w, t[:3, None], y[:3, None])
    for place, frequency in enumerate(w):
        prediction = torch.cos(frequency * t)
        torch.testing.assert_close(losses[place], nn.functional.mse_loss(prediction, y))
        torch.testing.assert_close(rows[place], (prediction - y)[place] ** 2)


def test_the_minimum_of_clean_readings_is_the_true_frequency() -> None:
    t, y = swing_readings(frequency=4.2, std=0.0)
    assert swing_losses(torch.tensor([4.2]), t, y).item() == pytest.approx(0, abs=1e-12)


def test_gears_multiply_and_their_saddle_has_both_signs() -> None:
    x = torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64)
    assert gear_loss(torch.tensor([1.5, 2.0]), x, 3 * x).item() == 0
    loss = gear_loss(torch.tensor([1.0, 1.0]), x, 3 * x).item()
    assert loss == pytest.approx(4 * (x**2).mean().item())

    def at(weights: Tensor) -> Tensor:
        return gear_loss(weights, x, 3 * x)

    zero = torch.zeros(2, dtype=torch.float64)
    bends = torch.linalg.eigvalsh(hessian(at, zero))
    wanted = 6 * (x**2).mean().item()
    assert bends.tolist() == pytest.approx([-wanted, wanted])


def test_a_chord_of_a_bowl_never_dips() -> None:
    torch.manual_seed(0)
    for _ in range(50):
        a, b = torch.randn(2, 3)
        assert midpoint_gap(lambda place: (place**2).sum(), a, b) <= 1e-6
    gap = midpoint_gap(lambda place: place**2, torch.tensor(-1.0), torch.tensor(3.0))
    assert gap.item() == -4
    gap = midpoint_gap(lambda place: -(place**2), torch.tensor(-1.0), torch.tensor(3.0))
    assert gap.item() == 4
