"""The program against gradient descent by hand, least squares and printed losses."""

import numpy as np
import pytest
import torch
from torch import nn

from lessons.networks.from_scratch import train
from lessons.networks.modules import MLP


def test_each_step_is_that_of_gradient_descent() -> None:
    torch.manual_seed(0)
    x, y = torch.randn(20, 2), torch.randn(20, 1)
    model = nn.Linear(2, 1)
    weight = model.weight.detach().clone().double()
    bias = model.bias.detach().clone().double()
    losses = train(model, x, y, epochs=7, learning_rate=0.2)
    for loss in losses:
        error = x.double() @ weight.T + bias - y.double()
        assert loss == pytest.approx(error.square().mean().item(), rel=1e-5)
        weight -= 0.2 * 2 / 20 * error.T @ x.double()
        bias -= 0.2 * 2 * error.mean()
    torch.testing.assert_close(
        model.weight.detach().double(), weight, rtol=1e-4, atol=1e-5
    )
    torch.testing.assert_close(model.bias.detach().double(), bias, rtol=1e-4, atol=1e-5)


def test_a_line_ends_at_least_squares() -> None:
    torch.manual_seed(1)
    x = torch.rand(60, 1)
    y = 2 * x + 3 + 0.05 * torch.randn(60, 1)
    model = nn.Linear(1, 1)
    losses = train(model, x, y, epochs=2000, learning_rate=0.3)
    slope, offset = np.polyfit(x.flatten().double(), y.flatten().double(), 1)
    assert model.weight.item() == pytest.approx(slope, abs=1e-3)
    assert model.bias.item() == pytest.approx(offset, abs=1e-3)
    assert losses[-1] < losses[0]


def test_a_network_learns_a_parabola_as_printed() -> None:
    torch.manual_seed(42)
    x = torch.rand(100)
    y = (2 * x - 1) ** 2 + torch.rand(100) * 0.1
    line, network = nn.Linear(1, 1), MLP(1, 100, 1)
    printed = [1.673574, 0.080875, 0.079673, 0.079591, 0.079586]
    losses = train(line, x.unsqueeze(1), y.unsqueeze(1), epochs=401)
    assert losses[::100] == pytest.approx(printed, abs=2e-6)
    printed = [0.646976, 0.026540, 0.005861, 0.002618, 0.001986]
    losses = train(network, x.unsqueeze(1), y.unsqueeze(1), epochs=401)
    assert losses[::100] == pytest.approx(printed, abs=2e-6)


def test_flat_targets_are_refused() -> None:
    with pytest.raises(ValueError, match=r"predictions \(5, 1\), targets \(5,\)"):
        train(nn.Linear(1, 1), torch.rand(5, 1), torch.rand(5))
