"""Two-dimensional tensors: the product of two matrices, and a colour image."""

from collections.abc import Sequence

import torch
from torch import Tensor


def paint(ink: Tensor, colour: Sequence[int], paper: Sequence[int]) -> Tensor:
    """Return a colour image: full ink gets the one colour, no ink the other.

    The formula, for each channel c, is paper[c] + ink * (colour[c] - paper[c]).

    Args:
        ink: Shape (H, W), floats from 0 for no ink to 1 for full ink.
        colour: Red, green and blue of the ink, from 0 to 255.
        paper: Red, green and blue of the paper, from 0 to 255.

    Returns:
        Shape (3, H, W), uint8; fractions are cut off.
    """
    image = torch.zeros(3, *ink.shape, dtype=torch.uint8)
    for channel in range(3):
        difference = colour[channel] - paper[channel]
        image[channel] = paper[channel] + ink * difference
    return image


def matrix_product(a: Tensor, b: Tensor) -> Tensor:
    """Return the table of the dot products of each row of `a` with each column of `b`.

    The formula is c[i, j] = a[i, 0] b[0, j] + ... + a[i, K-1] b[K-1, j].

    Args:
        a: Shape (N, K).
        b: Shape (K, M), of the same dtype.

    Returns:
        Shape (N, M), of that dtype.

    Raises:
        RuntimeError: From torch, if the rows of `a` are not as long as the columns
            of `b`, or the dtypes differ.
    """
    rows, columns = a.shape[0], b.shape[1]
    product = torch.zeros(rows, columns, dtype=a.dtype)
    for i in range(rows):
        for j in range(columns):
            product[i, j] = torch.dot(a[i], b[:, j])
    return product
