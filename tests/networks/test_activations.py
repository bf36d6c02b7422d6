"""Activations against PyTorch's own, and what they do to learning."""

import pytest
import torch
from torch import nn

from lessons.networks.activations import fit


def test_a_line_is_fitted_like_least_squares() -> None:
    torch.manual_seed(0)
    x = torch.randn(40, 2)
    y = x @ torch.tensor([[1.0], [-2.0]]) + 0.5 + 0.3 * torch.randn(40, 1)
    loss = fit(nn.Linear(2, 1), x, y, steps=800)
    table = torch.cat([x, torch.ones(40, 1)], dim=1)
    best = table @ torch.linalg.lstsq(table, y).solution
    assert loss == pytest.approx(nn.functional.mse_loss(best, y).item(), rel=1e-4)


def test_steps_and_rate_are_used() -> None:
    x, y = torch.ones(1, 1), torch.full((1, 1), 100.0)
    model = nn.Linear(1, 1, bias=False)
    before = model.weight.item()
    fit(model, x, y, steps=3, learning_rate=0.5)
    assert model.weight.item() == pytest.approx(before + 1.5, abs=0.01)
