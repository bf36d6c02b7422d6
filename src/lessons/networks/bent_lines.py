"""Bent lines: how fast beans grow at each temperature, which no straight line tells."""

import torch
from torch import Tensor


def growth_readings(pots: int = 100, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return how fast bean seedlings grow in pots of different temperature.

    They grow fastest at 25 degrees Celsius, by 20 mm a day, and the slower the further
    away it is: by 20 * exp(-((t - 25) / 8)**2) mm. Each reading scatters by 1 mm, so it
    can be a little below zero.

    Args:
        pots: How many pots are measured, at least one.
        seed: Fixes temperatures and scatter.

    Returns:
        The temperature in degrees Celsius, between 5 and 40, and the growth in
        millimetres a day, both float32 `(N, 1)`.

    Raises:
        ValueError: If less than one pot is asked for.
    """
    if pots < 1:
        raise ValueError(f"pots={pots}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    temperature = 5 + 35 * torch.rand(pots, 1, generator=generator)
    noise = torch.randn(pots, 1, generator=generator)
    return temperature, 20 * torch.exp(-(((temperature - 25) / 8) ** 2)) + noise


def relu(a: Tensor) -> Tensor:
    """Return a where it is positive, and 0 elsewhere.

    Args:
        a: Any numbers, any shape.

    Returns:
        max(0, a) for each element, in the shape and dtype of `a`.
    """
    return torch.where(a <= 0, 0, a)


def hat(x: Tensor) -> Tensor:
    """Return a hill of three bent lines: up from 11, down from 25, level from 39.

    Args:
        x: Temperatures in degrees Celsius, any shape.

    Returns:
        A growth in millimetres a day: 19.6 at 25 degrees, 0 below 11 and above 39.
    """
    return 1.4 * relu(x - 11) - 2.8 * relu(x - 25) + 1.4 * relu(x - 39)


def bend_table(x: Tensor, places: Tensor) -> Tensor:
    """Return a column for each bent line, relu(x - place), and a last column of ones.

    Args:
        x: Inputs, `(N, 1)`.
        places: Where the lines bend, `(H,)`.

    Returns:
        The table, `(N, H + 1)`.
    """
    return torch.cat([relu(x - places), torch.ones_like(x)], dim=1)
