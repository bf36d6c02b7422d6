"""The loss of one guess: the squared error of a line through the origin."""

from torch import Tensor


def squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Return the squared difference between a prediction and its target.

    Args:
        prediction: What the model says, of any shape.
        target: What was measured, of a shape that broadcasts with `prediction`.

    Returns:
        One loss for each pair, never negative, in the squared unit of the target.
    """
    return (prediction - target) ** 2


def loss_derivative(weight: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the derivative of (weight * x - y)**2 with respect to the weight.

    The chain rule: the outer square gives `2 * (weight * x - y)`, the inner product
    gives `x`.

    Args:
        weight: The weight or weights at which to take the derivative.
        x: The input of a sample, or of several, in a shape that broadcasts.
        y: The target of the same sample or samples.

    Returns:
        The slope of the loss curve at each weight for each sample, in the shape to
        which the arguments broadcast.
    """
    return 2 * (weight * x - y) * x


def loss_curvature(x: Tensor) -> Tensor:
    """Return the second derivative of (weight * x - y)**2, the same at every weight.

    Args:
        x: The input of one sample, a 0-D tensor.

    Returns:
        `2 * x**2`: positive for every input but zero, so the loss curve is convex.
    """
    return 2 * x**2


def best_weight(x: Tensor, y: Tensor) -> Tensor:
    """Return the weight at which the derivative of (weight * x - y)**2 is zero.

    Args:
        x: The input of one sample, a 0-D tensor. For zero the loss does not depend on
            the weight, and the quotient is infinite or NaN.
        y: The target of the same sample, a 0-D tensor.

    Returns:
        `y / x`, the weight of the line through the origin and the sample.
    """
    return y / x
