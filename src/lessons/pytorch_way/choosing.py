"""Choosing a learning rate: many runs side by side, and the best one of them."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from lessons.pytorch_way.splits import split_by_group
from lessons.pytorch_way.stochastic_gradient_descent import factory_readings


def factory_parts(seed: int) -> list[tuple[Tensor, Tensor]]:
    """Return training readings, and checked readings for validation and test.

    Three readings for each of a hundred springs, split by spring. One in twenty of the
    training readings is misread; the others were checked.

    Args:
        seed: Fixes the factory and the split.

    Returns:
        Loads in newtons and readings in millimetres for training, shape `(180, 1)`,
        validation and test, shape `(60, 1)`, all float32.
    """
    spring, x, y = factory_readings(readings=3, misread=0.05, seed=seed)
    _, _, checked = factory_readings(readings=3, misread=0, seed=seed)
    generator = torch.Generator().manual_seed(seed)
    rows = split_by_group(spring, [60, 20, 20], generator)
    targets = (y, checked, checked)
    return [(x[part], target[part]) for part, target in zip(rows, targets, strict=True)]


def best_run(losses: Sequence[float]) -> int:
    """Return the number of the run with the lowest loss, never one that has diverged.

    Args:
        losses: The validation loss of each run; NaN and infinity are passed over.

    Raises:
        ValueError: If no loss is finite.
    """
    finite = [(loss, run) for run, loss in enumerate(losses) if math.isfinite(loss)]
    if not finite:
        raise ValueError("no run has a finite loss: try lower learning rates")
    return min(finite)[1]


def train_side_by_side(
    x: Tensor, y: Tensor, orders: Tensor, rates: Tensor
) -> tuple[Tensor, Tensor]:
    """Train a line in each factory at each rate, one reading a step, from zero.

    Args:
        x: The loads of each factory, shape `(factories, N)`.
        y: The readings of each factory, shape `(factories, N)`.
        orders: The rows in the order of the steps, int64, `(epochs, factories, N)`.
        rates: The learning rates, shape `(R,)`.

    Returns:
        Weights and biases before the first and after each epoch, both of shape
        `(epochs + 1, factories, R)`. A run that diverges ends in infinity and NaN.
    """
    weight = torch.zeros(len(x), len(rates))
    bias = torch.zeros_like(weight)
    weights, biases = [weight], [bias]
    for order in orders:
        loads, readings = x.gather(1, order), y.gather(1, order)
        steps = zip(loads.T.unsqueeze(2), readings.T.unsqueeze(2), strict=True)
        for load, reading in steps:
            pull = 2 * (weight * load + bias - reading)
            weight, bias = weight - rates * pull * load, bias - rates * pull
        weights.append(weight)
        biases.append(bias)
    return torch.stack(weights), torch.stack(biases)


def losses_side_by_side(
    weights: Tensor, biases: Tensor, x: Tensor, y: Tensor
) -> Tensor:
    """Return the mean squared error of each line on the readings of its factory.

    Args:
        weights: Shape `(epochs, factories, R)`.
        biases: Shape `(epochs, factories, R)`.
        x: The loads of each factory, shape `(factories, N)`.
        y: The readings of each factory, shape `(factories, N)`.

    Returns:
        The losses, shape `(epochs, factories, R)`.
    """
    prediction = weights.unsqueeze(-1) * x.unsqueeze(1) + biases.unsqueeze(-1)
    return (prediction - y.unsqueeze(1)).square().mean(dim=-1)
