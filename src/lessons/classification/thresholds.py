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


def above(values: Tensor, threshold: Tensor | float) -> Tensor:
    """Decide for class 1 where a value lies above the threshold, else for class 0.

    Args:
        values: One measurement per sample, any shape.
        threshold: The border, in the unit of the values; a value that is equal to it
            gets class 0. A tensor is broadcast.

    Returns:
        The classes, int64, in the shape of `values > threshold`.
    """
    decided: Tensor = values > threshold
    return decided.long()


def best_threshold(values: Tensor, kind: Tensor) -> Tensor:
    """Return the threshold between two of the values that makes the fewest mistakes.

    It tries the middle between each value and the next larger one, for in between
    nothing changes. Of several that are equally good it returns the lowest.

    Args:
        values: One measurement per sample, floating point `(N,)`, not all equal.
        kind: The class of each sample, 0 or 1, integer `(N,)`; class 1 has the larger
            values.

    Returns:
        0-D, in the unit of the values.
    """
    ordered: Tensor = values.unique()
    tried = (ordered[1:] + ordered[:-1]) / 2
    mistakes = (above(values, tried[:, None]) != kind).sum(dim=1)
    return tried[mistakes.argmin()]


def confusion_matrix(kind: Tensor, decided: Tensor) -> Tensor:
    """Count the decisions: a row for each true class, a column for each decision.

    Args:
        kind: The true classes, 0 or 1, int64 `(N,)`.
        decided: The classes that were decided, 0 or 1, int64 `(N,)`.

    Returns:
        The counts, int64 `(2, 2)`.

    Raises:
        ValueError: If the shapes differ or are not `(N,)`.
    """
    if kind.ndim != 1 or kind.shape != decided.shape:
        shapes = f"{tuple(kind.shape)} and {tuple(decided.shape)}"
        raise ValueError(f"classes and decisions have the shapes {shapes}, wanted (N,)")
    counts: Tensor = torch.bincount(2 * kind + decided, minlength=4)
    return counts.reshape(2, 2)
