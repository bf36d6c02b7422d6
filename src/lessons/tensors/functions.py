"""Functions of a tensor: the temperature through the day at the stall."""

import torch
from torch import Tensor


def daily_temperature(hours: Tensor) -> Tensor:
    """Return the temperature in °C at the given times of a mild day.

    It is the wave 12 + 5 sin(2 pi (t - 9) / 24): 12 °C at 9 o'clock, 17 °C at 15.

    Args:
        hours: Times in hours since midnight, any shape, any real dtype.

    Returns:
        Floats of the same shape.
    """
    return 12 + 5 * torch.sin(2 * torch.pi * (hours - 9) / 24)
