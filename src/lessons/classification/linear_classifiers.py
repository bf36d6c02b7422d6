"""Linear classifiers: a line between two classes, and how mistakes move it."""

import torch
from torch import Tensor


def decide(z: Tensor) -> Tensor:
    """Decide for class 1 where the score is positive, else for class 0.

    Args:
        z: The scores, any shape.

    Returns:
        The classes, int64, in the shape of `z`; a score of exactly zero gives class 0.
    """
    return (z > 0).long()


def halfway_line(x: Tensor, kind: Tensor) -> tuple[Tensor, Tensor]:
    """Return the line that lies halfway between the means of the two classes.

    It decides for the class whose mean is nearer, like the digit reader.

    Args:
        x: Samples, floating point `(N, D)`.
        kind: Their classes, 0 or 1, integer `(N,)`; each occurs.

    Returns:
        The weight `(D,)`, which points from the mean of class 0 to that of class 1, and
        the bias, 0-D.
    """
    ones, zeros = x[kind == 1].mean(dim=0), x[kind == 0].mean(dim=0)
    weight = ones - zeros
    return weight, -weight @ (ones + zeros) / 2


def perceptron(
    x: Tensor, kind: Tensor, epochs: int
) -> tuple[Tensor, Tensor, list[int]]:
    """Learn a line from its mistakes, sample by sample.

    It stops after the first epoch without a mistake.

    Args:
        x: Samples, floating point `(N, D)`; it goes through them in their order.
        kind: Their classes, 0 or 1, integer `(N,)`.
        epochs: How often it goes through all samples at most.

    Returns:
        The weight `(D,)`, the bias, 0-D, and the number of mistakes in each epoch.

    Source:
        F. Rosenblatt, The perceptron, Psychological Review 65 (1958).
    """
    weight = torch.zeros(x.shape[1], dtype=x.dtype)
    bias = torch.zeros((), dtype=x.dtype)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for sample, target in zip(x, kind, strict=True):
            error = target - decide(weight @ sample + bias)
            weight = weight + error * sample
            bias = bias + error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if wrong == 0:
            break
    return weight, bias, mistakes
