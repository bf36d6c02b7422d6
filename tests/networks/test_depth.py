"""Starts and sizes against their formulas, gradients against autograd."""

import math

import pytest
import torch
from torch import nn

from lessons.networks.depth import (
    ResidualBlock,
    deep_network,
    residual_network,
    sizes_by_layer,
    start_kaiming,
    train,
)


def test_a_deep_network_has_the_layers_that_were_asked_for() -> None:
    model = deep_network(3, 8, 4, 2)
    lengths = [tuple(m.weight.shape) for m in model if isinstance(m, nn.Linear)]
    assert lengths == [(8, 3), (8, 8), (8, 8), (8, 8), (2, 8)]
    assert sum(isinstance(layer, nn.ReLU) for layer in model) == 4
    normal = deep_network(3, 8, 2, 2, bend=nn.Sigmoid, norm=nn.LayerNorm)
    kinds = [type(layer).__name__ for layer in normal]
    assert kinds == ["Linear", "LayerNorm", "Sigmoid"] * 2 + ["Linear"]


def test_the_start_has_the_variance_of_kaiming() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(400, 300), nn.Sequential(nn.Linear(300, 500)))
    start_kaiming(model)
    for layer, fan_in in ((model[0], 400), (model[1][0], 300)):
        assert layer.weight.std().item() == pytest.approx(
            math.sqrt(2 / fan_in), rel=0.02
        )
        assert not layer.bias.any()


def test_kaiming_keeps_sizes_and_the_default_shrinks_them() -> None:
    torch.manual_seed(0)
    x = torch.randn(100, 200)
    model = deep_network(200, 200, 20, 200)
    values, gradients = sizes_by_layer(model, x)
    shrink = (gradients[0] / gradients[-1]).item() ** (1 / 20)
    assert shrink == pytest.approx(math.sqrt(1 / 6), rel=0.05)
    start_kaiming(model)
    values, gradients = sizes_by_layer(model, x)
    assert 0.3 < values[-1] / values[0] < 3
    assert 0.3 < gradients[0] / gradients[-1] < 3


def test_sizes_are_those_of_values_and_gradients() -> None:
    torch.manual_seed(1)
    model = deep_network(2, 5, 1, 3)
    x = torch.randn(4, 2)
    values, gradients = sizes_by_layer(model, x)
    a = model[0](x)
    bent = (a > 0) * model[2].weight.sum(dim=0)
    wanted = bent.square().mean().sqrt()
    torch.testing.assert_close(values[0], a.square().mean().sqrt())
    torch.testing.assert_close(gradients, torch.stack([wanted, torch.tensor(1.0)]))
    assert model[0].weight.grad is None


def test_a_residual_block_adds_to_its_input() -> None:
    torch.manual_seed(2)
    block = ResidualBlock(6)
    x = torch.randn(3, 6)
    torch.testing.assert_close(block(x) - x, block.second(block.first(x).relu()))
    normal = ResidualBlock(6, norm=True)
    inner = normal.first(nn.functional.layer_norm(x, (6,))).relu()
    torch.testing.assert_close(normal(x) - x, normal.second(inner))
    model = residual_network(1, 6, 3, 2, norm=True)
    assert sum(isinstance(layer, ResidualBlock) for layer in model) == 3
    assert model(torch.zeros(7, 1)).shape == (7, 2)


def test_training_lowers_the_loss() -> None:
    torch.manual_seed(0)
    x = torch.linspace(-1, 1, 20).reshape(-1, 1)
    losses = train(deep_network(1, 8, 2, 1), x, x.abs(), steps=50, learning_rate=0.01)
    assert len(losses) == 50
    assert losses[-1] < losses[0] / 2


def test_a_large_eps_keeps_adam_from_moving() -> None:
    torch.manual_seed(0)
    model = deep_network(1, 8, 2, 1)
    before = model[0].weight.detach().clone()
    x = torch.linspace(-1, 1, 20).reshape(-1, 1)
    train(model, x, x.abs(), steps=5, eps=1e6)
    torch.testing.assert_close(model[0].weight.detach(), before)
    train(model, x, x.abs(), steps=5)
    assert (model[0].weight - before).abs().max() > 1e-3
