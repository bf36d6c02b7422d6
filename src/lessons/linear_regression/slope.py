"""The gradient from PyTorch: gradient descent on one weight by autograd."""

import torch
from torch import Tensor, nn


def train_weight(
    x: Tensor, y: Tensor, start: float, learning_rate: float, epochs: int
) -> tuple[list[float], list[float]]:
    """Train the weight of the model weight * x by gradient descent.

    The loop is written out: predict, loss, backward, step, reset. An optimizer that
    does the last two is left to a later chapter.

    Args:
        x: The inputs, floating point, shape `(N, 1)`.
        y: The targets, in the same shape; torch warns if it differs.
        start: The first weight.
        learning_rate: The factor between gradient and step.
        epochs: How many steps to make; each uses all samples.

    Returns:
        The weight and the loss before each step, two lists of length `epochs`.
    """
    weight = torch.tensor(float(start), requires_grad=True)
    weights, losses = [], []
    for _ in range(epochs):
        prediction = weight * x
        loss = nn.functional.mse_loss(prediction, y)
        weights.append(weight.item())
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
        weight.grad.zero_()
    return weights, losses
