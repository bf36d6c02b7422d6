"""Learning rates: the optimizer, and steps on single samples."""

import torch
from torch import Tensor, nn
from torch.optim import Optimizer


def train(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor, epochs: int
) -> list[float]:
    """Make one step per epoch on the mean squared error of all samples.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
        epochs: How many steps to make; each sees all the samples.

    Returns:
        The loss before each step, in the squared unit of `y`.
    """
    loss_fn = nn.MSELoss()
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def train_by_sample(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor
) -> float:
    """Make one step for each single sample, in random order, and return the loss.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        The mean squared error over all samples after the last step.
    """
    loss_fn = nn.MSELoss()
    for row in torch.randperm(len(x)).tolist():
        loss = loss_fn(model(x[row]), y[row])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final: Tensor = loss_fn(model(x), y)
    return final.item()
