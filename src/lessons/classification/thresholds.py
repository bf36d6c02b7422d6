"""Thresholds: two kinds of chicks, told apart by one measurement."""

import torch
from torch import Tensor


def chicks(each: int = 10, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return what ringers measured on flamingo chicks and gull chicks.

    Flamingo chicks have a leg of 8 cm and a wing of 7 cm on average, gull chicks of
    5 cm and 3 cm. Every length scatters by 1.5 cm, whatever the others are.

    Args:
        each: How many chicks of each kind are measured, at least one.
        seed: Fixes the measurements.

    Returns:
        Leg and wing in centimetres, float32 `(2 * each, 2)`, flamingos first; and the
        kind, int64 `(2 * each,)`, 1 for a flamingo and 0 for a gull.

    Raises:
        ValueError: If less than one chick is asked for.
    """
    if each < 1:
        raise ValueError(f"each={each}: at least one chick of each kind is needed")
    generator = torch.Generator().manual_seed(seed)
    flamingos = torch.tensor([8.0, 7.0]) + 1.5 * torch.randn(
        each, 2, generator=generator
    )
    gulls = torch.tensor([5.0, 3.0]) + 1.5 * torch.randn(each, 2, generator=generator)
    kind = torch.tensor([1, 0]).repeat_interleave(each)
    return torch.cat([flamingos, gulls]), kind
