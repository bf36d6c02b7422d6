"""Stochastic gradient descent: one step for each sample, in an order left to chance."""

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
