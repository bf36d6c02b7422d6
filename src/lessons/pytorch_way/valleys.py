"""Losses that are no bowls: a swinging load, two gears, and a test for convexity."""

from collections.abc import Callable

import torch
from torch import Tensor


def swing_readings(
    frequency: float = 5.0, count: int = 60, std: float = 0.2, seed: int = 0
) -> tuple[Tensor, Tensor]:
    """Return times and positions of a load that swings up and down on a spring.

    The load is let go 1 cm above its place of rest at time 0, so that it is cos(w * t)
    cm above it later; each reading scatters.

    Args:
        frequency: The w of the swing, in radians per second.
        count: How many readings are taken within four seconds.
        std: The standard deviation of the scatter in cm.
        seed: Fixes the times and the scatter.

    Returns:
        The times in seconds, in order, and the positions in cm, float32 `(count,)`.
    """
    generator = torch.Generator().manual_seed(seed)
    t = (4 * torch.rand(count, generator=generator)).sort().values
    y = torch.cos(frequency * t) + std * torch.randn(count, generator=generator)
    return t, y


def swing_losses(w: Tensor, t: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error of many frequencies at once.

    Args:
        w: The frequencies in radians per second, shape `(runs,)`.
        t: The times in seconds, shape `(samples,)`, or `(runs, samples)` where each run
            has its own.
        y: The positions in cm, in the shape of `t`.

    Returns:
        Shape `(runs,)`, in cm².
    """
    return ((torch.cos(w[:, None] * t) - y) ** 2).mean(dim=1)


def gear_loss(weights: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error of two gears in a row, which multiply.

    Args:
        weights: The factors of the two gears, shape `(2,)`.
        x: The inputs, any shape.
        y: The targets, in the shape of `x`.
    """
    return ((weights[0] * weights[1] * x - y) ** 2).mean()


def midpoint_gap(f: Callable[[Tensor], Tensor], a: Tensor, b: Tensor) -> Tensor:
    """Return how far f halfway between two places is above the mean of its two values.

    It is never positive for a convex function, whatever the places are.

    Args:
        f: Maps a place to a 0-D tensor.
        a: One place.
        b: The other one, in the shape of `a`.
    """
    return f((a + b) / 2) - (f(a) + f(b)) / 2
