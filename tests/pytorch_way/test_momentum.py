"""Momentum against torch's, Nesterov's two forms, and when a run has arrived."""

import itertools
import math
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.optim import SGD

from lessons.pytorch_way.momentum import MomentumSGD, arrival, look_ahead

OPTIONS: list[dict[str, Any]] = [
    {"momentum": momentum, "dampening": dampening, "weight_decay": decay}
    for momentum, dampening, decay in itertools.product(
        (0.0, 0.5, 0.9, 1.0), (0.0, 0.3), (0.0, 0.1)
    )
] + [
    {"momentum": momentum, "weight_decay": decay, "nesterov": True}
    for momentum, decay in itertools.product((0.5, 0.9), (0.0, 0.1))
]


def two_layers() -> nn.Sequential:
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    model[2].bias.requires_grad_(False)
    return model


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_hundred_steps_are_those_of_torch(options: dict[str, Any]) -> None:
    ours, theirs = two_layers(), two_layers()
    optimizers: list[MomentumSGD | SGD] = [
        MomentumSGD(ours.parameters(), lr=0.05, **options),
        SGD(theirs.parameters(), lr=0.05, **options),
    ]
    for step in range(100):
        generator = torch.Generator().manual_seed(step)
        x = torch.randn(8, 3, generator=generator, dtype=torch.float64)
        for model, optimizer in zip((ours, theirs), optimizers, strict=True):
            optimizer.zero_grad()
            model(x).square().mean().backward()
            optimizer.step()
    for mine, torchs in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(mine, torchs, rtol=1e-9, atol=1e-9)


def test_the_velocity_is_no_view_of_the_gradient() -> None:
    weight = torch.tensor([0.0], requires_grad=True)
    optimizer = MomentumSGD([weight], lr=1.0, momentum=0.5)
    weight.grad = torch.tensor([1.0])
    optimizer.step()
    weight.grad.zero_()
    optimizer.step()
    assert weight.item() == -1.5


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_nesterov_is_torchs_seen_from_ahead(momentum: float) -> None:
    bends = torch.tensor([1.0, 6.0], dtype=torch.float64)

    def gradient(place: Tensor) -> Tensor:
        return bends * place

    place = torch.tensor([3.0, -2.0], dtype=torch.float64)
    velocity = torch.zeros_like(place)
    weights = place.clone().requires_grad_()
    nesterov = momentum > 0
    optimizer = SGD([weights], lr=0.1, momentum=momentum, nesterov=nesterov)
    for _ in range(100):
        place, velocity = look_ahead(gradient, place, velocity, 0.1, momentum)
        weights.grad = gradient(weights.detach())
        optimizer.step()
        ahead = place - 0.1 * momentum * velocity
        torch.testing.assert_close(weights.detach(), ahead)


def test_arrival_counts_from_the_last_loss_above() -> None:
    assert arrival([5.0, 1.0, 3.0, 1.0, 0.5], level=1.0) == 3
    assert arrival([1.0, 0.5], level=1.0) == 0
    assert arrival([5.0, 4.0], level=1.0) is None
    assert arrival([5.0, 0.5, math.nan], level=1.0) is None
    assert arrival([5.0, 0.5, 2.0], level=1.0) is None
