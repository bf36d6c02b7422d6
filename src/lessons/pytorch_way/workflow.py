"""The workflow: the gradient by hand, in NumPy, and the whole recipe as a function."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import SGD, Adam, Optimizer
from torch.utils.data import DataLoader, TensorDataset


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


def train_setting(
    x: Tensor, y: Tensor, setting: tuple[str, float, int], epochs: int, seed: int
) -> nn.Linear:
    """Train a linear model from zero on the mean squared error, in shuffled batches.

    Args:
        x: The inputs, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
        setting: The optimizer, `"sgd"` (with a momentum of 0.9) or `"adam"`; its
            learning rate; the batch size.
        epochs: How often all samples are looked at.
        seed: Fixes the order of the samples; the state of `torch` is left alone.

    Raises:
        KeyError: If the optimizer is neither of the two.
    """
    kind, rate, size = setting
    generator = torch.Generator().manual_seed(seed)
    loader = DataLoader(TensorDataset(x, y), size, shuffle=True, generator=generator)
    model = nn.Linear(x.shape[1], 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizers: dict[str, Optimizer] = {
        "sgd": SGD(model.parameters(), lr=rate, momentum=0.9),
        "adam": Adam(model.parameters(), lr=rate),
    }
    optimizer = optimizers[kind]
    for _ in range(epochs):
        for batch_x, batch_y in loader:
            loss = nn.functional.mse_loss(model(batch_x), batch_y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model
