"""Two-dimensional tensors: the product of two matrices."""

import torch
from torch import Tensor


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
