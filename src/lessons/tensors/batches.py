"""Batches: putting tensors of one shape together along a new axis."""

from collections.abc import Sequence

import torch
from torch import Tensor


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Return tensors of one shape side by side along a new axis.

    Args:
        tensors: At least one; all of the same shape.
        dim: The number of the new axis, from 0 to the rank of the tensors.

    Returns:
        A copy with one axis more than each tensor; its length is the number of tensors.

    Raises:
        RuntimeError: From torch, if two shapes differ.
        ValueError: From torch, if there is no tensor.
    """
    return torch.cat([tensor.unsqueeze(dim) for tensor in tensors], dim=dim)
