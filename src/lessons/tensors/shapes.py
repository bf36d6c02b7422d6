"""Shapes: how far apart the elements of a tensor lie in memory, and where."""

import math
from collections.abc import Sequence


def row_major_strides(shape: Sequence[int]) -> tuple[int, ...]:
    """Return how far apart in memory neighbours along each axis lie.

    The formula is s[k] = n[k+1] n[k+2] ... n[d-1]: one step along an axis passes over
    all that the later axes hold.

    Args:
        shape: The length n[k] of each axis.

    Returns:
        One stride for each axis, counted in elements. It is what `Tensor.stride()`
        gives for a contiguous tensor none of whose axes has length 0.
    """
    return tuple(math.prod(shape[axis + 1 :]) for axis in range(len(shape)))


def memory_position(index: Sequence[int], strides: Sequence[int]) -> int:
    """Return how many places after the first element the indexed element lies.

    The formula is p = i[0] s[0] + i[1] s[1] + ... + i[d-1] s[d-1].

    Args:
        index: One non-negative index for each axis.
        strides: One stride for each axis, counted in elements.

    Raises:
        ValueError: From Python, if there are not as many indices as strides.
    """
    return sum(i * stride for i, stride in zip(index, strides, strict=True))
