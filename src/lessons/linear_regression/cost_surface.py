"""The cost surface: the cost of a line as a landscape over its slope and bias."""

from collections.abc import Callable

import torch
from mpl_toolkits.mplot3d import Axes3D
from torch import Tensor

from lessons.linear_regression.cost import cost_gradient
from lessons.linear_regression.prediction import line
from lessons.linear_regression.training import mean_squared_error


def line_cost(parameters: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the cost of one point of the parameter space, the height of the surface.

    Args:
        parameters: The slope and the bias of the line, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        The mean squared error, a 0-D tensor in the squared unit of `y`.
    """
    weight, bias = parameters
    return mean_squared_error(line(x, weight, bias), y)


def gradient_vector(parameters: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return both partial derivatives of the cost as one vector.

    Args:
        parameters: The slope and the bias of the line, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Shape `(2,)`: the derivative by the slope, then the derivative by the bias.
    """
    weight, bias = parameters
    return torch.stack(cost_gradient(weight, bias, x, y))


def compass(degrees: Tensor) -> Tensor:
    """Return the step of length 1 in a direction: 0 degrees along w, 90 along b.

    Args:
        degrees: Angles, shape `(K,)` or `()`.

    Returns:
        Shape `(K, 2)` or `(2,)`: the share of the slope, then that of the bias.
    """
    angle = torch.deg2rad(degrees)
    return torch.stack([angle.cos(), angle.sin()], dim=-1)


def measured_slope(
    parameters: Tensor, direction: Tensor, x: Tensor, y: Tensor
) -> Tensor:
    """Return how fast the cost grows in a direction, from two heights alone.

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


def measured_curvature(
    parameters: Tensor, direction: Tensor, x: Tensor, y: Tensor
) -> Tensor:
    """Return how sharply the surface bends in a direction, from three heights alone.

    The second difference, exact on a quadratic surface.

    Args:
        parameters: Where to measure, shape `(2,)`.
        direction: A step of length 1, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
    """
    ahead = line_cost(parameters + direction, x, y)
    behind = line_cost(parameters - direction, x, y)
    return ahead - 2 * line_cost(parameters, x, y) + behind


def across(vector: Tensor) -> Tensor:
    """Return the step of length 1 at a right angle to a vector, to its left.

    Args:
        vector: Shape `(2,)`, not zero.
    """
    first, second = vector / vector.norm()
    return torch.stack([-second, first])


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
    point, points = start, [start]
    for _ in range(steps):
        half_way = point + length / 2 * across(gradient_vector(point, x, y))
        point = point + length * across(gradient_vector(half_way, x, y))
        points.append(point)
    return torch.stack(points)


def draw_surface(
    ax: Axes3D,
    height_at: Callable[[Tensor], Tensor],
    centre: Tensor,
    reach: Tensor,
) -> None:
    """Draw a cost as a landscape around a point, out to an ellipse.

    Args:
        ax: Axes with `projection="3d"`; the three get their labels.
        height_at: Gives the cost at a slope and a bias, shape `(2,)` to 0-D.
        centre: The middle of the ellipse, shape `(2,)`.
        reach: How far it goes along the slope and along the bias, shape `(2,)`.
    """
    rays = reach * compass(torch.linspace(0, 360, 49))
    rings = torch.linspace(0, 1, 31).view(-1, 1, 1)
    points = centre + rings * rays
    heights = torch.stack([height_at(point) for point in points.flatten(0, 1)])
    weights, biases = points.unbind(-1)
    ax.computed_zorder = False
    look = {"cmap": "viridis", "linewidth": 0, "antialiased": False}
    ax.plot_surface(weights, biases, heights.view_as(weights), **look)
    ax.set(xlabel="weight $w$", ylabel="bias $b$", zlabel="cost $J$")
    ax.set_box_aspect((1, 1, 0.45), zoom=1.1)
    ax.view_init(elev=48)
