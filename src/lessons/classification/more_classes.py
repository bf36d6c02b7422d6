"""More than two classes: three kinds of chicks, told apart by their scores."""

import torch
from torch import Tensor


def three_kinds(each: int = 30, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return what ringers measured on chicks of gulls, flamingos and terns.

    On average a gull chick has a leg of 5 cm and a wing of 3 cm, a flamingo chick of
    8 cm and 7 cm, and a tern chick of 3.5 cm and 8 cm. Every length scatters by
    1.5 cm, whatever the others are.

    Args:
        each: How many chicks of each kind are measured, at least one.
        seed: Fixes the measurements.

    Returns:
        Leg and wing in centimetres, float32 `(3 * each, 2)`, gulls first, terns last;
        and the kind, int64 `(3 * each,)`, 0 for a gull, 1 for a flamingo, 2 for a tern.

    Raises:
        ValueError: If less than one chick is asked for.
    """
    if each < 1:
        raise ValueError(f"each={each}: at least one chick of each kind is needed")
    generator = torch.Generator().manual_seed(seed)
    means = torch.tensor([[5.0, 3.0], [8.0, 7.0], [3.5, 8.0]])
    kind = torch.arange(3).repeat_interleave(each)
    return means[kind] + 1.5 * torch.randn(3 * each, 2, generator=generator), kind
