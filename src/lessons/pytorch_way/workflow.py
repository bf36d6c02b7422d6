"""The workflow: the gradient by hand, in NumPy, that PyTorch finds by itself."""

import numpy as np


def weight_gradient(weight: float, x: np.ndarray, y: np.ndarray) -> float:
    """Return the derivative of the mean squared error by the weight, without PyTorch.

    The model is `weight * x`, without a bias.
    Source: J(w) = 1/N * sum (w x - y)**2, so dJ/dw = 1/N * sum 2 x (w x - y).

    Args:
        weight: Where the derivative is taken, in the unit of `y` per unit of `x`.
        x: The inputs, floats of shape `(N,)`.
        y: The targets, floats of shape `(N,)`.

    Returns:
        The slope of the loss, in the squared unit of `y` per unit of the weight.

    Raises:
        ValueError: If `x` and `y` differ in shape, or are no vectors.
    """
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"x has shape {x.shape}, y {y.shape}: wanted (N,) for both")
    return float((2 * x * (weight * x - y)).mean())
