"""Many inputs: a scale whose pointer feels the load and the temperature."""

import torch
from torch import Tensor


def kitchen_readings(readings: int = 200, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return readings of a kitchen scale in kitchens of different temperature.

    One newton moves the pointer by 3 mm and one degree by 0.15 mm; without a load, at
    0 degrees Celsius, it rests at 4 mm. Each reading scatters by 1 mm.

    Args:
        readings: How many readings are taken, at least one.
        seed: Fixes loads, temperatures and scatter.

    Returns:
        The load in newtons, between 0 and 6, beside the temperature in degrees Celsius,
        between 5 and 35, float32 `(N, 2)`; and the reading in millimetres, float32
        `(N, 1)`.

    Raises:
        ValueError: If less than one reading is asked for.
    """
    if readings < 1:
        raise ValueError(f"readings={readings}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    load = 6 * torch.rand(readings, 1, generator=generator)
    temperature = 5 + 30 * torch.rand(readings, 1, generator=generator)
    noise = torch.randn(readings, 1, generator=generator)
    x = torch.cat([load, temperature], dim=1)
    return x, 3 * load + 0.15 * temperature + 4 + noise


def weighted_sum(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return x @ weight + bias, the prediction of a linear model of several inputs.

    Args:
        x: One sample, shape `(D,)`, or a row for each sample, shape `(N, D)`.
        weight: One weight for each input, a column of shape `(D, 1)`, in the unit of
            the prediction per unit of the input, and in the dtype of `x`.
        bias: The prediction where all inputs are 0, shape `(1,)`.

    Returns:
        The predictions, shape `(1,)` for one sample and `(N, 1)` for many.

    Raises:
        RuntimeError: From torch, if a sample has more or fewer numbers than there are
            weights.
    """
    return x @ weight + bias
