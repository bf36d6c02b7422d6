"""Operations: the rule of broadcasting."""

from collections.abc import Sequence


def broadcast_shape(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Return the shape in which two shapes meet in an element-wise operation.

    Axes are matched from the last one backwards, and a missing axis counts as length 1.
    Of two lengths, they must be equal or one of them 1, which is stretched.

    Args:
        first: The length of each axis of one tensor.
        second: Likewise, of the other.

    Raises:
        ValueError: If two lengths differ and neither is 1.
    """
    rank = max(len(first), len(second))
    padded_first = (1,) * (rank - len(first)) + tuple(first)
    padded_second = (1,) * (rank - len(second)) + tuple(second)
    shape = []
    for a, b in zip(padded_first, padded_second, strict=True):
        if a != b and 1 not in (a, b):
            raise ValueError(f"lengths {a} and {b} do not fit")
        shape.append(b if a == 1 else a)
    return tuple(shape)
