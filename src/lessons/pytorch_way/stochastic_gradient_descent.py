"""Stochastic gradient descent: one step for each sample, in an order left to chance."""

from collections.abc import Iterable

import torch
from torch import Tensor


def factory_readings(
    springs: int = 100, readings: int = 100, misread: float = 0.02, seed: int = 0
) -> tuple[Tensor, Tensor, Tensor]:
    """Return the readings of a factory that tests the springs of its kitchen scales.

    One newton stretches a spring by about 3 mm, and without a load the pointer rests at
    about 4 mm. Each spring differs a little from this, by Gaussian amounts with
    standard deviations of 0.1 mm per newton and 0.5 mm. Each reading scatters by 1 mm,
    and a few are misread: noted 20 mm too high.

    Args:
        springs: How many springs are tested, at least one.
        readings: How many readings are taken of each, at least one.
        misread: The share of readings that are misread, from 0 to 1.
        seed: Fixes springs, loads, scatter and which readings are misread.

    Returns:
        The number of the spring, int64 `(N,)`, in order; the load in newtons, between 0
        and 6, and the reading in millimetres, both float32 `(N, 1)`, where N is
        `springs * readings`.

    Raises:
        ValueError: If a count is below one or the share is not between 0 and 1.
    """
    if springs < 1 or readings < 1 or not 0 <= misread <= 1:
        raise ValueError(
            f"springs={springs}, readings={readings}, misread={misread}: at least one "
            "spring and one reading are needed, and a share between 0 and 1"
        )
    generator = torch.Generator().manual_seed(seed)
    spring = torch.arange(springs).repeat_interleave(readings)
    weight = 3 + 0.1 * torch.randn(springs, generator=generator)
    bias = 4 + 0.5 * torch.randn(springs, generator=generator)
    x = 6 * torch.rand(len(spring), generator=generator)
    noise = torch.randn(len(spring), generator=generator)
    wrong = torch.rand(len(spring), generator=generator) < misread
    y = weight[spring] * x + bias[spring] + noise + 20 * wrong
    return spring, x.reshape(-1, 1), y.reshape(-1, 1)


def sample_gradients(line: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient that each sample alone gives the weight and the bias.

    The squared error of a sample, (weight * x + bias - y)**2, has the derivatives
    2 * error * x and 2 * error, where error is weight * x + bias - y.

    Args:
        line: The weight and the bias, shape `(2,)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Shape `(N, 2)`; row i holds the derivatives of sample i by the weight and by the
        bias. Their mean over the rows is the gradient of the mean squared error.

    Raises:
        ValueError: If the shapes of `x` and `y` differ or they are not columns.
    """
    if x.shape != y.shape or x.ndim != 2 or x.shape[1] != 1:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: both must "
            "be columns of one length"
        )
    weight, bias = line
    error = weight * x + bias - y
    return torch.cat([2 * error * x, 2 * error], dim=1)


def sample_path(
    start: Tensor,
    x: Tensor,
    y: Tensor,
    learning_rate: float,
    order: Iterable[int],
) -> Tensor:
    """Return the lines (weight, bias) of a run, one sample a step, the start first.

    It makes the steps of `torch.optim.SGD` on `nn.Linear(1, 1)`, by the formula and in
    plain numbers, which for single samples is far faster.

    Args:
        start: The first weight and bias, shape `(2,)`; it is not changed.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        learning_rate: The positive factor between gradient and step.
        order: The row to use in each step, such as `torch.randperm(len(x)).tolist()`.

    Returns:
        Float64, with a row more than there are steps, shape `(steps + 1, 2)`.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    if x.shape != y.shape:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: "
            "they must be equal"
        )
    loads, readings = x.flatten().tolist(), y.flatten().tolist()
    weight, bias = start.tolist()
    lines = [(weight, bias)]
    for row in order:
        error = weight * loads[row] + bias - readings[row]
        weight -= learning_rate * 2 * error * loads[row]
        bias -= learning_rate * 2 * error
        lines.append((weight, bias))
    return torch.tensor(lines, dtype=torch.float64)


def costs(lines: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error over all samples, for each of many lines.

    Multiplied out, the error of all samples needs only five means, so the data are
    looked at once, however many lines there are.

    Args:
        lines: A weight and a bias in each row, shape `(M, 2)`.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        Float64, shape `(M,)`, in the squared unit of `y`.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    if x.shape != y.shape:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: they must "
            "be equal"
        )
    x, y = x.double(), y.double()
    weight, bias = lines.double().T
    squares = weight**2 * (x**2).mean() + bias**2 + (y**2).mean()
    mixed = weight * bias * x.mean() - weight * (x * y).mean() - bias * y.mean()
    result: Tensor = squares + 2 * mixed
    return result
