"""Planes: the gradient of many weights, the loop in batches, and the way back."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def plane_gradient(
    weight: Tensor, bias: Tensor, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the gradient of the mean squared error of x @ weight + bias.

    Args:
        weight: One weight for each input, a column of shape `(D, 1)`.
        bias: Shape `(1,)`.
        x: The inputs, a row for each sample, shape `(N, D)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        The derivatives with respect to the weights, `2 / N * x.T @ error` in the shape
        of `weight`, and with respect to the bias, twice the mean error in the shape of
        `bias`. Their units are that of the squared target divided by that of the
        parameter.
    """
    error = x @ weight + bias - y
    return 2 / len(x) * x.T @ error, 2 * error.mean(dim=0)


def train_in_batches(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    learning_rate: float,
    epochs: int,
) -> list[float]:
    """Train with plain descent on the mean squared error and return the losses.

    Args:
        model: Maps inputs `(B, D)` to predictions in the shape of the targets; its
            parameters are changed.
        batches: Pairs of inputs and targets, such as a `DataLoader`, or a list with one
            pair. It is gone through once in each epoch.
        learning_rate: The positive factor between gradient and step.
        epochs: How often to go through the batches.

    Returns:
        The loss of each batch before its step, in the squared unit of the targets.
    """
    loss_fn = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        for batch_x, batch_y in batches:
            loss = loss_fn(model(batch_x), batch_y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


def in_own_units(
    weight: Tensor, bias: Tensor, mean: Tensor, std: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the weight and bias for raw inputs of a model of standardised inputs.

    Args:
        weight: For the inputs `(x - mean) / std`, shape `(1, D)`, as in `nn.Linear`.
        bias: The prediction where every input is at its mean, shape `(1,)`.
        mean: The means of the raw inputs, shape `(D,)`.
        std: Their standard deviations, shape `(D,)`, none of them zero.

    Returns:
        Weight `(1, D)` and bias `(1,)` that give the same predictions for raw inputs.
    """
    raw = weight / std
    return raw, bias - raw @ mean
