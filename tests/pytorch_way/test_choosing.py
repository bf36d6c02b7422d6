"""Runs side by side against one torch loop each, and choices against NaN."""

import math

import pytest
import torch
from torch import nn, optim

from lessons.linear_regression.good_practice import zero_model
from lessons.pytorch_way.choosing import (
    best_run,
    factory_parts,
    losses_side_by_side,
    train_side_by_side,
)
from lessons.pytorch_way.stochastic_gradient_descent import factory_readings


def test_parts_share_no_spring_and_only_training_readings_are_misread() -> None:
    parts = factory_parts(4)
    assert [tuple(x.shape) for x, _ in parts] == [(180, 1), (60, 1), (60, 1)]
    assert [tuple(y.shape) for _, y in parts] == [(180, 1), (60, 1), (60, 1)]
    spring, x, right = factory_readings(readings=3, misread=0, seed=4)
    table = {load: row for row, load in enumerate(x.flatten().tolist())}
    rows = [[table[load] for load in loads.flatten().tolist()] for loads, _ in parts]
    springs = [set(spring[part].tolist()) for part in rows]
    assert [len(part) for part in springs] == [60, 20, 20]
    assert len(set.union(*springs)) == 100
    wrong = [
        int(((y - right[part]) > 10).sum())
        for part, (_, y) in zip(rows, parts, strict=True)
    ]
    assert 0 < wrong[0] < 25
    assert wrong[1:] == [0, 0]


def test_the_seed_decides_about_the_parts() -> None:
    assert torch.equal(factory_parts(1)[0][0], factory_parts(1)[0][0])
    assert not torch.equal(factory_parts(1)[0][0], factory_parts(2)[0][0])


@pytest.mark.parametrize(
    ("losses", "best"),
    [
        ([3.0, 1.0, 2.0], 1),
        ([math.nan, 2.0, 1.0], 2),
        ([2.0, math.nan, math.inf, 3.0], 0),
        ([-math.inf, 5.0], 1),
        ([4.0, 4.0], 0),
    ],
)
def test_the_best_run_is_finite(losses: list[float], best: int) -> None:
    assert best_run(losses) == best
    assert best_run(torch.tensor(losses).tolist()) == best


@pytest.mark.parametrize("losses", [[], [math.nan], [math.inf, math.nan]])
def test_no_run_is_left(losses: list[float]) -> None:
    with pytest.raises(ValueError, match="no run has a finite loss"):
        best_run(losses)


def test_each_run_is_that_of_a_plain_torch_loop() -> None:
    x, y = torch.rand(3, 20) * 6, torch.randn(3, 20)
    orders = torch.stack(
        [torch.stack([torch.randperm(20) for _ in range(3)]) for _ in range(4)]
    )
    rates = torch.tensor([0.001, 0.01, 0.02])
    weights, biases = train_side_by_side(x, y, orders, rates)
    assert weights.shape == biases.shape == (5, 3, 3)
    losses = losses_side_by_side(weights, biases, x, y)
    for factory in range(3):
        for place, rate in enumerate(rates.tolist()):
            model = zero_model(1)
            optimizer = optim.SGD(model.parameters(), lr=rate)
            loads, readings = x[factory].unsqueeze(1), y[factory].unsqueeze(1)
            for epoch in range(5):
                found = (
                    weights[epoch, factory, place].item(),
                    biases[epoch, factory, place].item(),
                    losses[epoch, factory, place].item(),
                )
                mean = nn.functional.mse_loss(model(loads), readings).item()
                wanted = (model.weight.item(), model.bias.item(), mean)
                assert found == pytest.approx(wanted, rel=1e-4, abs=1e-5)
                if epoch == 4:
                    break
                for row in orders[epoch, factory].tolist():
                    loss = nn.functional.mse_loss(model(loads[row]), readings[row])
                    optimizer.zero_grad()
                    loss.backward()
                    optimizer.step()


def test_a_rate_that_is_too_large_diverges() -> None:
    x, y = torch.full((1, 50), 3.0), torch.ones(1, 50)
    orders = torch.arange(50).expand(10, 1, 50)
    weights, biases = train_side_by_side(x, y, orders, torch.tensor([0.01, 1.0]))
    losses = losses_side_by_side(weights, biases, x, y)[-1, 0]
    assert losses[0] < 1e-6
    assert not losses[1].isfinite()
