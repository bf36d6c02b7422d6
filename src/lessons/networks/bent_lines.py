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
