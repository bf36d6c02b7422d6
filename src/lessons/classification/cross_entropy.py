"""Cross-entropy: the loss of a probability, beside the squared error of one."""

import torch
from torch import Tensor


def binary_cross_entropy(probability: Tensor, y: Tensor) -> Tensor:
    """Return the cross-entropy of each sample: minus the log of what was seen.

    Args:
        probability: The predicted probability of class 1, floats between 0 and 1, any
            shape. At exactly 0 or 1 the result is infinite or NaN.
        y: The labels, 0 or 1, of the same shape.

    Returns:
        `-ln(probability)` where the label is 1, `-ln(1 - probability)` where it is 0.
    """
    return -(y * probability.log() + (1 - y) * (1 - probability).log())


def cross_entropy_gradient(
    probability: Tensor, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the derivatives of the mean cross-entropy for weight and bias.

    Args:
        probability: What the model predicts, `sigmoid(weight * x + bias)`, `(N,)`.
        x: The measurement of each sample, `(N,)`.
        y: The labels, 0 or 1, `(N,)`.

    Returns:
        The derivatives with respect to the weight and to the bias, both 0-D.
    """
    error = probability - y
    return (error * x).mean(), error.mean()


def squared_gradient(
    probability: Tensor, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the derivatives of the mean squared error behind a sigmoid.

    Args:
        probability: What the model predicts, `sigmoid(weight * x + bias)`, `(N,)`.
        x: The measurement of each sample, `(N,)`.
        y: The labels, 0 or 1, `(N,)`.

    Returns:
        The derivatives with respect to the weight and to the bias, both 0-D.
    """
    slope = probability * (1 - probability)
    error = 2 * (probability - y) * slope
    return (error * x).mean(), error.mean()


def costs_on_grid(
    weight: Tensor, bias: Tensor, x: Tensor, y: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the mean squared error and the mean cross-entropy for many models.

    Args:
        weight: The weights, any shape.
        bias: The biases, of the same shape.
        x: The measurement of each sample, `(N,)`.
        y: The labels, 0 or 1, `(N,)`.

    Returns:
        Both costs, float64, of the shape of `weight`.
    """
    score = weight.double().unsqueeze(-1) * x + bias.double().unsqueeze(-1)
    probability = torch.sigmoid(score)
    squared = (probability - y).square().mean(dim=-1)
    return squared, binary_cross_entropy(probability, y).mean(dim=-1)
