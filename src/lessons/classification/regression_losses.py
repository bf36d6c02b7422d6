"""Losses for numbers: absolute error, Huber, Gaussian likelihood, Mahalanobis."""

import torch
from torch import Tensor


def absolute_error(error: Tensor) -> Tensor:
    """Return the distance of each prediction from its target, whatever the side.

    Args:
        error: Prediction minus target, floats of any shape.

    Returns:
        The shape and the unit of `error`, nothing negative.
    """
    return error.abs()


def huber(error: Tensor, delta: float = 1.0) -> Tensor:
    """Return half the square of each small error, and a straight line beyond.

    Divided by `delta` it is the smooth L1 loss with `beta` equal to `delta`
    (Girshick, Fast R-CNN, 2015, equations 2 and 3, where `beta` is 1).

    Args:
        error: Prediction minus target, floats of any shape.
        delta: Where the line begins, positive, in the unit of `error`.

    Returns:
        The shape of `error`, in its unit squared.
    """
    size = error.abs()
    return torch.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


def gaussian_nll(error: Tensor, variance: Tensor) -> Tensor:
    """Return minus the log of a Gaussian density, without its constant.

    The constant, the logarithm of 2 pi divided by 2, changes no gradient.

    Args:
        error: Prediction minus target, floats of any shape.
        variance: The square of the standard deviation that is predicted for each
            target, positive, a shape that broadcasts to that of `error`.

    Returns:
        The shape of `error`. It may be negative, because a density may be above 1.
    """
    return (variance.log() + error**2 / variance) / 2


def mahalanobis(error: Tensor, covariance: Tensor) -> Tensor:
    """Return the distance of each row from zero, in standard deviations.

    Args:
        error: Prediction minus target, a row for each sample, floats `(N, M)`.
        covariance: The variances of the M outputs on its diagonal and their
            covariances beside it, symmetric and positive definite, `(M, M)`.

    Returns:
        Distances, shape `(N,)`, without a unit.
    """
    scaled: Tensor = torch.linalg.solve(covariance, error.T).T
    return (error * scaled).sum(dim=1).sqrt()


def swaying_readings(readings: int = 300, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return readings of a scale whose pointer sways more under heavier loads.

    The pointer is at 4 mm plus 3 mm per newton. The standard deviation of a reading
    is 0.5 mm without a load, and grows by a factor of e to the 0.3 per newton.

    Args:
        readings: How many readings are taken, at least one.
        seed: Fixes loads and scatter.

    Returns:
        The loads in newtons, from 0 to 6, and the readings in millimetres, both
        float32 `(N, 1)`.
    """
    generator = torch.Generator().manual_seed(seed)
    x = 6 * torch.rand(readings, 1, generator=generator)
    noise = torch.randn(readings, 1, generator=generator)
    return x, 3 * x + 4 + 0.5 * torch.exp(0.3 * x) * noise
