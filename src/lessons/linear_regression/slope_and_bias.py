"""Weight and bias: descent down a surface, its two speeds and its largest rate."""

import torch
from torch import Tensor

from lessons.linear_regression.gradient_descent import step_factor
from lessons.linear_regression.prediction import line
from lessons.linear_regression.training import mean_squared_error


def cost_gradient(
    weight: Tensor, bias: Tensor, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return both partial derivatives of the cost of the line bias + weight * x.

    Args:
        weight: The weight, a 0-D tensor.
        bias: The bias, a 0-D tensor.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Two 0-D tensors: 2/N times the sum of `error * x`, and 2/N times the sum of
        `error`, where `error` is the prediction minus the target.
    """
    error = line(x, weight, bias) - y
    return (2 * error * x).mean(), (2 * error).mean()


def descent_path(
    start: Tensor, x: Tensor, y: Tensor, learning_rate: float, epochs: int
) -> Tensor:
    """Return the points (weight, bias) that training passes, the start first.

    Every epoch takes both gradients at the same point and then makes both steps.

    Args:
        start: The first weight and bias, shape `(2,)`; it is not changed.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        learning_rate: The positive factor between gradient and step.
        epochs: How many steps to make; each sees all samples.

    Returns:
        Shape `(epochs + 1, 2)`, without gradient, in the dtype of the start.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    weight, bias = (value.clone().requires_grad_() for value in start)
    points = [start]
    for _ in range(epochs):
        mean_squared_error(line(x, weight, bias), y).backward()
        with torch.no_grad():
            assert weight.grad is not None
            assert bias.grad is not None
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
            weight.grad.zero_()
            bias.grad.zero_()
        points.append(torch.stack([weight, bias]).detach())
    return torch.stack(points)


def cost_hessian(x: Tensor) -> Tensor:
    """Return the second derivatives of the loss by weight and bias, a 2 by 2 matrix.

    They are the same at every point of the surface, and the targets do not occur in
    them.

    Args:
        x: The inputs, shape `(N, 1)`.

    Returns:
        Shape `(2, 2)`: 2 mean(x**2) and 2 on the diagonal, 2 mean(x) beside it.
    """
    mean, square = x.mean(), x.square().mean()
    return 2 * torch.stack([square, mean, mean, torch.ones_like(mean)]).view(2, 2)


def slowest_factor(learning_rate: float, curvatures: Tensor) -> Tensor:
    """Return what an epoch leaves, at worst, of the distance to the minimum.

    Above 1 the run diverges. The distance along an eigenvector of the matrix of second
    derivatives is multiplied by one minus the learning rate times its eigenvalue.

    Args:
        learning_rate: The positive factor between gradient and step.
        curvatures: The eigenvalues, shape `(2,)`.

    Returns:
        The largest factor in absolute value, a 0-D tensor.
    """
    return step_factor(learning_rate, curvatures).abs().max()
