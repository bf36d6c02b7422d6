"""Training: noisy data, the mean squared error, and the search for the best line."""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from lessons.linear_regression.prediction import line


def noisy_line(x: Tensor, weight: float, bias: float, std: float) -> Tensor:
    """Return observations of a line with Gaussian noise, bias + weight * x + noise.

    Args:
        x: The feature, floating point, of any shape; `(N, 1)` for a dataset.
        weight: The true slope.
        bias: The true intercept.
        std: The standard deviation of the noise, in the unit of the bias.

    Returns:
        One target for each element of `x`, drawn anew at every call.
    """
    return bias + weight * x + std * torch.randn(x.shape)


def scale_readings(
    bias: float = 4.0, noise: float = 1.0, seed: int = 0
) -> tuple[Tensor, Tensor]:
    """Return sixty readings of a spring that serves as a kitchen scale.

    One newton stretches it by 3 mm: y = 3 x + bias + noise.

    Args:
        bias: Where the pointer rests without a load, in millimetres.
        noise: The standard deviation of the Gaussian noise, in millimetres.
        seed: Fixes the noise; the loads are always the same.

    Returns:
        The loads in newtons, from 0 to 5.9 in steps of 0.1, and the stretches in
        millimetres, both `(60, 1)` and float32.
    """
    generator = torch.Generator().manual_seed(seed)
    x = torch.arange(0, 6, 0.1).reshape(-1, 1)
    y = 3 * x + bias + noise * torch.randn(x.shape, generator=generator)
    return x, y


def gaussian_density(noise: Tensor, std: float) -> Tensor:
    """Return the height of the Gaussian curve with mean 0 above each noise value.

    The formula is exp(-noise**2 / (2 * std**2)) / (std * sqrt(2 * pi)).

    Args:
        noise: Where to evaluate the curve, of any shape.
        std: The standard deviation, positive.

    Returns:
        Densities, not probabilities: they may exceed 1, and their unit is one over the
        unit of the noise. The area under the whole curve is 1.
    """
    return torch.exp(-((noise / std) ** 2) / 2) / (std * math.sqrt(2 * math.pi))


def mean_squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """Return the mean of (prediction - target)**2 over all samples.

    Args:
        prediction: What the model says, `(N, 1)` or `(N,)`.
        target: What was observed, in exactly the same shape.

    Returns:
        A 0-D tensor, never negative, in the squared unit of the target.

    Raises:
        ValueError: If the shapes differ. Torch would broadcast `(N,)` against `(N, 1)`
            and average the errors of all N * N pairs.
    """
    if prediction.shape != target.shape:
        raise ValueError(
            f"prediction has shape {tuple(prediction.shape)} and target has shape "
            f"{tuple(target.shape)}: they must be equal, one prediction per target"
        )
    return ((prediction - target) ** 2).mean()


def cost_map(
    cost: Callable[[Tensor, Tensor], Tensor],
    x: Tensor,
    y: Tensor,
    weights: Tensor,
    biases: Tensor,
) -> Tensor:
    """Return the cost of every line that some weight and some bias make.

    Args:
        cost: Gives one number for predictions and targets, such as
            `mean_squared_error`.
        x: The feature, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        weights: The slopes to try, shape `(W,)`.
        biases: The intercepts to try, shape `(B,)`.

    Returns:
        Shape `(W, B)`; row i belongs to `weights[i]`, column j to `biases[j]`.
    """
    rows = [
        torch.stack([cost(line(x, weight, bias), y) for bias in biases])
        for weight in weights
    ]
    return torch.stack(rows)


def lowest(costs: Tensor, weights: Tensor, biases: Tensor) -> tuple[Tensor, Tensor]:
    """Return the weight and the bias of the smallest cost.

    Args:
        costs: Shape `(W, B)`, as `cost_map` returns it.
        weights: The slopes of its rows, shape `(W,)`.
        biases: The intercepts of its columns, shape `(B,)`.

    Returns:
        Two 0-D tensors; of several equal costs, one is taken.

    Raises:
        ValueError: If a cost is NaN, which `argmin` would take for the smallest.
    """
    if costs.isnan().any():
        raise ValueError("a cost is nan: is a value missing in the data?")
    row, column = divmod(int(costs.argmin()), len(biases))
    return weights[row], biases[column]
