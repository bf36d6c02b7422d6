"""The sigmoid: from a score to the probability of class 1."""

import torch
from torch import Tensor


def sigmoid(z: Tensor) -> Tensor:
    """Return the probability of class 1 for each score, by the formula.

    In float32, the derivative that autograd finds is NaN for scores below about -88.

    Args:
        z: The scores, floating point, any shape.

    Returns:
        Numbers from 0 to 1 in the shape of `z`.
    """
    return 1 / (1 + torch.exp(-z))


def log_odds(p: Tensor) -> Tensor:
    """Return the score that the sigmoid turns into a probability: its inverse.

    Args:
        p: Probabilities between 0 and 1, floating point, any shape; 0 and 1 themselves
            give minus and plus infinity.

    Returns:
        The scores, in the shape of `p`.
    """
    return torch.log(p / (1 - p))


def sigmoid_derivative(z: Tensor) -> Tensor:
    """Return how steep the sigmoid is at each score.

    Args:
        z: The scores, floating point, any shape.

    Returns:
        Numbers from 0 to 0.25 in the shape of `z`.
    """
    p = sigmoid(z)
    return p * (1 - p)


def stable_sigmoid(z: Tensor) -> Tensor:
    """Return the sigmoid from powers of e that are never larger than 1.

    Args:
        z: The scores, floating point, any shape.

    Returns:
        Numbers from 0 to 1 in the shape of `z`; their derivative is finite as well.
    """
    falling = torch.exp(-z.clamp(min=0))
    rising = torch.exp(z.clamp(max=0))
    return torch.where(z >= 0, 1 / (1 + falling), rising / (1 + rising))
