"""The slope in PyTorch: one epoch by autograd, and a training loop for one's own data.

The loop is written out. An optimizer that does its step is left to a later chapter.
"""

import math

import torch
from torch import Tensor

from lessons.linear_regression.cost import cost_curvature
from lessons.linear_regression.training import mean_squared_error


def train_epoch(weight: Tensor, x: Tensor, y: Tensor, learning_rate: float) -> float:
    """Make one step of gradient descent on all samples and return the loss before it.

    Args:
        weight: The slope, a 0-D leaf that requires gradients; it is changed in place,
            and its gradient is zero afterwards.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        learning_rate: The positive factor between gradient and step.

    Returns:
        The mean squared error of the line `weight * x` before the step.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    prediction = weight * x
    loss = mean_squared_error(prediction, y)
    loss.backward()
    assert weight.grad is not None
    with torch.no_grad():
        weight -= learning_rate * weight.grad
    weight.grad.zero_()
    return loss.item()


def check_samples(x: Tensor, y: Tensor) -> None:
    """Refuse samples from which torch would learn nonsense without a word.

    Args:
        x: The inputs.
        y: The targets.

    Raises:
        TypeError: If the numbers are not floating point.
        ValueError: If the shapes differ, if there are no samples, or if a value is NaN
            or infinite.
    """
    if x.shape != y.shape:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: they must "
            "be equal, one target per input; .view(-1, 1) makes a column"
        )
    if x.numel() == 0:
        raise ValueError("x and y have no elements: there is nothing to learn from")
    for name, values in (("x", x), ("y", y)):
        if not values.is_floating_point():
            raise TypeError(
                f"{name} has dtype {values.dtype}, not a floating-point one: "
                f"{name}.float() converts it"
            )
        bad = (~values.isfinite()).flatten().nonzero().flatten().tolist()
        if bad:
            raise ValueError(
                f"{name} is nan or infinite in {len(bad)} of {values.numel()} samples, "
                f"first in sample {bad[0]}: leave such samples out"
            )


def check_progress(losses: list[float], learning_rate: float, limit: float) -> None:
    """Stop a run whose loss is not finite, or rises because the rate is too large.

    Args:
        losses: The losses so far, in order, at least one.
        learning_rate: The rate of the run.
        limit: The rate above which it must diverge. Below it a loss can rise only by
            rounding, next to the minimum.

    Raises:
        ValueError: If the run diverges.
    """
    rises = len(losses) > 1 and losses[-1] > losses[-2]
    if not math.isfinite(losses[-1]) or (rises and learning_rate > limit):
        raise ValueError(
            f"the run diverges: the loss is {losses[0]:.4g} at the start and "
            f"{losses[-1]:.4g} in epoch {len(losses) - 1}; for these x learning_rate "
            f"must be below {limit:.4g}, got {learning_rate}"
        )


def train_slope(
    x: Tensor, y: Tensor, start: float, learning_rate: float, epochs: int
) -> tuple[list[float], list[float]]:
    """Learn the slope of a line through the origin, watched in every epoch.

    Args:
        x: The inputs, shape `(N, 1)`, floating point.
        y: The targets, in the same shape.
        start: The first guess.
        learning_rate: The positive factor between gradient and step.
        epochs: How many steps to make; each uses all samples.

    Returns:
        The weights and their losses, two lists of length `epochs + 1`, the start first.

    Raises:
        TypeError: If the samples are not floating point.
        ValueError: If shapes differ, if samples are missing, NaN or infinite, if the
            rate is not positive, or if the run diverges.
    """
    check_samples(x, y)
    if not learning_rate > 0:
        raise ValueError(f"learning_rate must be positive, got {learning_rate}")
    limit = (2 / cost_curvature(x)).item()
    weight = torch.tensor(float(start), requires_grad=True)
    weights, losses = [weight.item()], []
    for _ in range(epochs):
        losses.append(train_epoch(weight, x, y, learning_rate))
        check_progress(losses, learning_rate, limit)
        weights.append(weight.item())
    losses.append(mean_squared_error(weight.detach() * x, y).item())
    check_progress(losses, learning_rate, limit)
    return weights, losses
