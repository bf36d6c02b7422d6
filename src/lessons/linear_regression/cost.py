"""The cost: the mean of the losses of all samples, its derivative and its minimum."""

from torch import Tensor

from lessons.linear_regression.training import mean_squared_error


def cost(weight: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error of the line weight * x over all samples.

    Args:
        weight: The weight, a 0-D tensor.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        A 0-D tensor, in the squared unit of `y`.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    return mean_squared_error(weight * x, y)


def cost_derivative(weight: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the derivative of the cost with respect to the weight.

    The derivative of a mean is the mean of the derivatives: 2/N times the sum of
    `(weight * x - y) * x`.

    Args:
        weight: The weight at which to take the derivative, a 0-D tensor.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        A 0-D tensor, in the squared unit of `y` per unit of the weight.
    """
    return (2 * (weight * x - y) * x).mean()


def cost_curvature(x: Tensor) -> Tensor:
    """Return the second derivative of the cost with respect to the weight.

    It is the mean of `2 * x**2`, the same at every weight and for all targets. Gradient
    descent converges while the learning rate is below 2 divided by it.

    Args:
        x: The inputs, shape `(N, 1)`.

    Returns:
        A 0-D tensor, positive unless every input is zero.
    """
    return (2 * x**2).mean()


def least_squares_weight(x: Tensor, y: Tensor) -> Tensor:
    """Return the weight with the smallest cost, where its derivative is zero.

    Least squares for a line through the origin: the sum of `x * y` over the sum of
    `x**2`.

    Args:
        x: The inputs, shape `(N, 1)`, not all zero.
        y: The targets, shape `(N, 1)`.

    Returns:
        A 0-D tensor. If every input is zero no weight is the best, and it is NaN or
        infinite.
    """
    return (x * y).sum() / (x**2).sum()
