"""Many outputs: a scale with two pans and two pointers."""

import torch
from torch import Tensor


def two_pan_readings(readings: int = 120, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return readings of a scale whose two pans hang on one beam.

    A load on either pan bends the beam, so it moves both pointers. In millimetres the
    left pointer reads `3 * left + 1 * right + 4` and the right pointer, which has a
    shorter lever, `0.5 * left + 2 * right + 6`, with the loads in newtons. Each reading
    scatters by 1 mm.

    Args:
        readings: How many readings are taken, at least one.
        seed: Fixes loads and scatter.

    Returns:
        The loads on the left and the right pan in newtons, between 0 and 6, float32
        `(N, 2)`; the left and the right pointer in millimetres, float32 `(N, 2)`.

    Raises:
        ValueError: If less than one reading is asked for.
    """
    if readings < 1:
        raise ValueError(f"readings={readings}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    x = 6 * torch.rand(readings, 2, generator=generator)
    weight = torch.tensor([[3.0, 1.0], [0.5, 2.0]])
    bias = torch.tensor([4.0, 6.0])
    return x, x @ weight.T + bias + torch.randn(readings, 2, generator=generator)
