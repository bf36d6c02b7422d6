"""Activations against PyTorch's own, and the race against training one by one."""

import math

import pytest
import torch
from torch import Tensor, nn, optim

from lessons.networks.activations import FORMULAS, SLOPES, Maxout, race

MODULES = {
    "sigmoid": nn.Sigmoid(),
    "tanh": nn.Tanh(),
    "ReLU": nn.ReLU(),
    "leaky ReLU": nn.LeakyReLU(),
    "ELU": nn.ELU(),
    "GELU": nn.GELU(),
    "SiLU": nn.SiLU(),
}


@pytest.mark.parametrize("name", MODULES)
def test_formula_and_slope_equal_torch(name: str) -> None:
    a = torch.linspace(-6, 6, 601, dtype=torch.float64, requires_grad=True)
    values = MODULES[name](a)
    torch.testing.assert_close(FORMULAS[name](a), values)
    values.sum().backward()
    slopes = SLOPES[name](a.detach()).double()
    torch.testing.assert_close(slopes, a.grad, rtol=1e-7, atol=1e-7)


def test_the_names_are_the_same() -> None:
    assert list(FORMULAS) == list(SLOPES) == list(MODULES)


def test_a_maxout_unit_is_the_highest_of_its_lines() -> None:
    torch.manual_seed(0)
    layer = Maxout(2, 4, 3)
    x = torch.randn(7, 2)
    out = layer(x)
    assert out.shape == (7, 4)
    for sample in range(7):
        for unit in range(4):
            weight = layer.lines.weight[3 * unit : 3 * unit + 3]
            lines = weight @ x[sample] + layer.lines.bias[3 * unit : 3 * unit + 3]
            torch.testing.assert_close(out[sample, unit], lines.max())


def test_the_race_trains_each_network_as_if_alone() -> None:
    generator = torch.Generator().manual_seed(5)
    x = torch.randn(30, 2, generator=generator)
    y = x.prod(dim=1, keepdim=True).sin()
    fresh = torch.randn(10, 2, generator=generator)
    new = (fresh, fresh.prod(dim=1, keepdim=True).sin())
    trained, tested = race(torch.tanh, [4, 3], (x, y), new, starts=3, steps=25)
    assert trained.shape == tested.shape == (3,)

    generator = torch.Generator().manual_seed(0)
    drawn: list[Tensor] = []
    for before, after in ((2, 4), (4, 3), (3, 1)):
        for rows in (before, 1):
            even = torch.rand(3, rows, after, generator=generator)
            drawn.append((2 * even - 1) / math.sqrt(before))
    for start in range(3):
        model = nn.Sequential(
            nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 1)
        )
        with torch.no_grad():
            for parameter, value in zip(model.parameters(), drawn, strict=True):
                parameter.copy_(value[start].T.reshape(parameter.shape))
        optimizer = optim.Adam(model.parameters(), lr=0.02)
        for _ in range(25):
            loss = nn.functional.mse_loss(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        loss = nn.functional.mse_loss(model(x), y).detach()
        torch.testing.assert_close(trained[start], loss, rtol=1e-4, atol=1e-6)
        loss = nn.functional.mse_loss(model(new[0]), new[1]).detach()
        torch.testing.assert_close(tested[start], loss, rtol=1e-4, atol=1e-6)
