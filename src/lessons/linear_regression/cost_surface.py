"""The cost surface: the loss of a line as a landscape over its weight and bias."""

import torch
from torch import Tensor, nn


def line_cost(parameters: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the loss at one point of the parameter space, the height of the surface.

    Args:
        parameters: The weight and the bias of the line, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        The mean squared error, a 0-D tensor in the squared unit of `y`.
    """
    weight, bias = parameters.unbind()
    error = weight * x + bias - y
    return (error**2).mean()


def cost_grid(weights: Tensor, biases: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the heights of the surface over a grid of weights and biases.

    Args:
        weights: The weights to try, shape `(W,)`.
        biases: The biases to try, shape `(B,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Shape `(B, W)`, as contour plots expect it: one row per bias.
    """
    column = biases.reshape(-1, 1)
    heights = torch.zeros(len(biases), len(weights))
    for load, reading in zip(x.flatten(), y.flatten(), strict=True):
        heights += (weights * load + column - reading) ** 2
    return heights / len(x)


def gradient_vector(parameters: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return both partial derivatives of the loss as one vector.

    Args:
        parameters: The weight and the bias of the line, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Shape `(2,)`: the derivative by the weight, then the derivative by the bias.
    """
    weight, bias = parameters.unbind()
    error = weight * x + bias - y
    return torch.stack([(2 * error * x).mean(), (2 * error).mean()])


def compass(degrees: Tensor) -> Tensor:
    """Return the step of length 1 in a direction: 0 degrees along w, 90 along b.

    Args:
        degrees: Angles, shape `(K,)` or `()`.

    Returns:
        Shape `(K, 2)` or `(2,)`: the share of the weight, then that of the bias.
    """
    angle = torch.deg2rad(degrees)
    return torch.stack([angle.cos(), angle.sin()], dim=-1)


def measured_slope(
    parameters: Tensor, direction: Tensor, x: Tensor, y: Tensor
) -> Tensor:
    """Return how fast the loss grows in a direction, from two heights alone.

    The surface is quadratic, so that the difference quotient is exact for any distance
    between the two; here it is 1.

    Args:
        parameters: Where to measure, shape `(2,)`.
        direction: A step of length 1, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
    """
    ahead = line_cost(parameters + direction / 2, x, y)
    behind = line_cost(parameters - direction / 2, x, y)
    return ahead - behind


def walk_across(
    start: Tensor, x: Tensor, y: Tensor, length: float, steps: int
) -> Tensor:
    """Return the points of a walk that is always at a right angle to the gradient.

    Each step takes the direction that holds in the middle of the step, or the walk
    would drift outward (the midpoint rule).

    Args:
        start: The first point, shape `(2,)`, not the minimum.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        length: The length of a step.
        steps: How many steps to make.

    Returns:
        Shape `(steps + 1, 2)`, the start first.
    """
    left_turn = torch.tensor([[0.0, -1.0], [1.0, 0.0]])

    def across(point: Tensor) -> Tensor:
        gradient = gradient_vector(point, x, y)
        return nn.functional.normalize(left_turn @ gradient, dim=0)

    point, points = start, [start]
    for _ in range(steps):
        half_way = point + length / 2 * across(point)
        point = point + length * across(half_way)
        points.append(point)
    return torch.stack(points)
