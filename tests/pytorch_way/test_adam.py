"""RMSProp, Adam and AdamW against torch's, and the three landscapes."""

import itertools
from functools import partial
from typing import Any

import pytest
import torch
from torch import nn
from torch.optim import SGD, Adam, AdamW, Optimizer, RMSprop

from lessons.pytorch_way.adam import (
    PlainAdam,
    PlainRMSprop,
    line_losses,
    saddle_losses,
    sampled_losses,
    walk,
)
from lessons.pytorch_way.momentum import MomentumSGD
from lessons.pytorch_way.optimizers import PlainSGD
from lessons.pytorch_way.stochastic_gradient_descent import factory_readings


def two_layers() -> nn.Sequential:
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)).double()
    model[2].bias.requires_grad_(False)
    return model


def assert_same(
    ours: type[PlainSGD],
    theirs: type[Optimizer],
    options: dict[str, Any],
    extra: dict[str, Any],
) -> None:
    models = (two_layers(), two_layers())
    optimizers = (
        ours(models[0].parameters(), lr=0.05, **options, **extra),
        theirs(models[1].parameters(), lr=0.05, **options),  # type: ignore[call-arg]
    )
    for step in range(100):
        generator = torch.Generator().manual_seed(step)
        x = torch.randn(8, 3, generator=generator, dtype=torch.float64)
        for model, optimizer in zip(models, optimizers, strict=True):
            assert isinstance(optimizer, PlainSGD | Optimizer)
            optimizer.zero_grad()
            model(x).square().mean().backward()
            optimizer.step()
    for mine, torchs in zip(
        models[0].parameters(), models[1].parameters(), strict=True
    ):
        torch.testing.assert_close(mine, torchs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("alpha", [0.0, 0.9, 0.99])
@pytest.mark.parametrize("eps", [1e-8, 0.1])
def test_rmsprop_is_torchs(alpha: float, eps: float) -> None:
    assert_same(PlainRMSprop, RMSprop, {"alpha": alpha, "eps": eps}, {})


@pytest.mark.parametrize("decoupled", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        {"betas": betas, "eps": eps, "weight_decay": decay}
        for betas, eps, decay in itertools.product(
            ((0.9, 0.999), (0.0, 0.9), (0.9, 0.5)), (1e-8, 0.1), (0.0, 0.1)
        )
    ],
    ids=str,
)
def test_adam_and_adamw_are_torchs(options: dict[str, Any], decoupled: bool) -> None:
    assert_same(
        PlainAdam, AdamW if decoupled else Adam, options, {"decoupled": decoupled}
    )


def test_lines_have_the_mean_squared_error() -> None:
    _, x, y = factory_readings(springs=2, readings=5)
    places = torch.randn(7, 2)
    losses = line_losses(places, x.flatten(), y.flatten())
    for (weight, bias), loss in zip(places, losses, strict=True):
        torch.testing.assert_close(loss, nn.functional.mse_loss(weight * x + bias, y))
    rows = line_losses(places, x[:7], y[:7])
    for row, loss in enumerate(rows):
        torch.testing.assert_close(
            loss, line_losses(places[row : row + 1], x[row], y[row])[0]
        )


def test_a_drawn_reading_is_right_on_average() -> None:
    _, x, y = factory_readings(springs=2, readings=10, misread=0)
    torch.manual_seed(0)
    places = torch.tensor([[2.0, 5.0]]).expand(20000, 2)
    losses = sampled_losses(places, x.flatten(), y.flatten())
    assert losses.shape == (20000,)
    assert len(losses.unique()) == 20
    wanted = line_losses(places[:1], x.flatten(), y.flatten())[0]
    torch.testing.assert_close(losses.mean(), wanted, rtol=0.05, atol=0)


def test_the_saddle_is_flat_and_neither_high_nor_low() -> None:
    place = torch.zeros(1, 2, requires_grad=True)
    saddle_losses(place).sum().backward()
    assert place.grad is not None
    assert place.grad.tolist() == [[0, 0]]
    beside = torch.tensor([[0.1, 0.1], [0.1, -0.1], [3.0, 1.0], [-1.0, -3.0]])
    low, high, *ends = saddle_losses(beside).tolist()
    assert low < 9 < high
    assert ends == [0, 0]


@pytest.mark.parametrize("rule", [SGD, Adam, partial(SGD, momentum=0.5), RMSprop])
def test_runs_that_walk_together_do_not_meet(rule: Any) -> None:
    starts = torch.tensor([[1.0, 2.0], [-0.5, 0.6], [0.1, -3.0]])
    together = starts.clone().requires_grad_()
    path = walk(rule([together], lr=0.01), together, saddle_losses, 20)
    assert path.shape == (21, 3, 2)
    torch.testing.assert_close(path[0], starts)
    torch.testing.assert_close(path[-1], together.detach())
    for row, start in enumerate(starts):
        alone = start[None].clone().requires_grad_()
        single = walk(rule([alone], lr=0.01), alone, saddle_losses, 20)
        torch.testing.assert_close(single[:, 0], path[:, row])


@pytest.mark.parametrize(
    "rule", [PlainSGD, partial(MomentumSGD, momentum=0.5), PlainRMSprop, PlainAdam]
)
def test_rows_with_rates_of_their_own_walk_as_alone(rule: Any) -> None:
    start = torch.tensor([[0.1, -3.0]])
    rates = [0.003, 0.01, 0.03]
    together = start.repeat(3, 1).requires_grad_()
    column = torch.tensor(rates).reshape(3, 1)
    path = walk(rule([together], lr=column), together, saddle_losses, 20)
    for row, rate in enumerate(rates):
        alone = start.clone().requires_grad_()
        single = walk(rule([alone], lr=rate), alone, saddle_losses, 20)
        torch.testing.assert_close(single[:, 0], path[:, row])
    assert not torch.equal(path[:, 0], path[:, 1])
