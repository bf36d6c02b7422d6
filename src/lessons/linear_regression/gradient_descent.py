"""Gradient descent on one weight: the step, the walk and what a step does."""

from collections.abc import Callable

import torch
from torch import Tensor


def gradient_step(weight: Tensor, gradient: Tensor, learning_rate: float) -> Tensor:
    """Return the weight after one step against the gradient.

    Args:
        weight: The current weight.
        gradient: The derivative of the loss at that weight, in the same shape.
        learning_rate: The positive factor between gradient and step.
    """
    return weight - learning_rate * gradient


def descend(
    gradient_at: Callable[[Tensor], Tensor],
    start: float,
    learning_rate: float,
    steps: int,
) -> Tensor:
    """Return the weights of a descent, from the start to the last step.

    Args:
        gradient_at: Gives the derivative of the loss at a weight (a 0-D tensor).
        start: The first guess.
        learning_rate: The positive factor between gradient and step.
        steps: How many updates to make.

    Returns:
        A tensor of shape `(steps + 1,)` whose first element is the start.
    """
    weight = torch.tensor(float(start))
    weights = [weight]
    for _ in range(steps):
        weight = gradient_step(weight, gradient_at(weight), learning_rate)
        weights.append(weight)
    return torch.stack(weights)


def step_factor(learning_rate: float, curvature: Tensor) -> Tensor:
    """Return the factor by which a step multiplies the distance to the minimum.

    For a parabola with second derivative `curvature` the gradient is `curvature`
    times the distance to the minimum, so a step leaves `1 - learning_rate * curvature`
    of that distance. It shrinks while `learning_rate < 2 / curvature`.

    Args:
        learning_rate: The positive factor between gradient and step.
        curvature: The second derivative of the loss with respect to the weight.
    """
    return 1 - learning_rate * curvature
