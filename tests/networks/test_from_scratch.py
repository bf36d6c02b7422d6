"""The program of three models against NumPy's least squares and a loop by hand."""

import numpy as np
import pytest
import torch
from torch import nn

from lessons.networks.from_scratch import leaf_damage, pot_readings, train
from lessons.networks.modules import MLP


def test_pots_scatter_around_their_line() -> None:
    torch.manual_seed(0)
    share, weight = pot_readings(20_000)
    assert share.shape == weight.shape == (20_000,)
    slope, bias = np.polyfit(share.numpy(), weight.numpy(), 1)
    assert slope == pytest.approx(2, abs=0.01)
    assert bias == pytest.approx(3, abs=0.01)
    assert (weight - 2 * share - 3).std().item() == pytest.approx(0.05, rel=0.03)


def test_damage_is_a_parabola_and_a_little_more() -> None:
    torch.manual_seed(0)
    share, damage = leaf_damage(20_000)
    other = damage - (2 * share - 1) ** 2
    assert -1e-6 < other.min() < 0.001
    assert 0.099 < other.max() < 0.1 + 1e-6
    assert other.var().item() == pytest.approx(0.01 / 12, rel=0.03)


def test_a_seed_fixes_the_readings() -> None:
    torch.manual_seed(42)
    share, weight = pot_readings()
    assert share[:3].tolist() == pytest.approx([0.8823, 0.9150, 0.3829], abs=1e-4)
    assert weight[:3].tolist() == pytest.approx([4.7684, 4.8563, 3.7413], abs=1e-4)


def test_a_line_takes_the_steps_of_the_derivative() -> None:
    torch.manual_seed(1)
    x, y = torch.rand(7, 1), torch.rand(7, 1)
    model = nn.Linear(1, 1)
    w, b = model.weight.item(), model.bias.item()
    wanted = []
    for _ in range(6):
        error = w * x + b - y
        wanted.append((error**2).mean().item())
        w -= 0.3 * (2 * error * x).mean().item()
        b -= 0.3 * (2 * error).mean().item()
    assert train(model, x, y, 0.3, epochs=5) == pytest.approx(wanted, rel=1e-4)
    assert model.weight.item() == pytest.approx(
        w + 0.3 * (2 * error * x).mean().item(), rel=1e-4
    )


def test_a_line_ends_at_least_squares() -> None:
    torch.manual_seed(42)
    share, weight = pot_readings()
    model = nn.Linear(1, 1)
    train(model, share.unsqueeze(1), weight.unsqueeze(1))
    slope, bias = np.polyfit(share.numpy(), weight.numpy(), 1)
    assert model.weight.item() == pytest.approx(slope, abs=2e-4)
    assert model.bias.item() == pytest.approx(bias, abs=2e-4)


def test_the_three_tables_of_losses() -> None:
    torch.manual_seed(42)
    share, damage = leaf_damage()
    x, y = share.unsqueeze(1), damage.unsqueeze(1)
    line = train(nn.Linear(1, 1), x, y)
    network = train(MLP(1, 100, 1), x, y)
    assert line[:200:100] == pytest.approx([1.673574, 0.080875], abs=2e-6)
    assert line[-1] == pytest.approx(0.079586, abs=2e-6)
    assert network[0] == pytest.approx(0.646976, abs=2e-6)
    assert network[100] == pytest.approx(0.026540, abs=2e-5)
    assert network[-1] == pytest.approx(0.001095, abs=2e-5)


def test_no_epochs_leave_the_model_alone() -> None:
    model = nn.Linear(1, 1)
    before = model.weight.item()
    assert len(train(model, torch.ones(2, 1), torch.ones(2, 1), epochs=0)) == 1
    assert model.weight.item() == before
