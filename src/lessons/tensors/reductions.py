"""Reductions: computing along an axis, and broadcasting the result back."""

from torch import Tensor


def standardise(table: Tensor) -> Tensor:
    """Return each column shifted to mean 0 and scaled to standard deviation 1.

    The formula is z[i, j] = (x[i, j] - m[j]) / s[j] with the mean m[j] and the sample
    standard deviation s[j] (divisor N - 1) of column j.

    Args:
        table: Shape (N, D) with N >= 2, floating point; rows are samples.

    Returns:
        Shape (N, D). A constant column becomes nan, because its s[j] is 0.
    """
    return (table - table.mean(dim=0)) / table.std(dim=0)


def row_shares(table: Tensor) -> Tensor:
    """Return each element as a share of the sum of its row.

    The formula is p[i, j] = x[i, j] / (x[i, 0] + ... + x[i, D-1]).

    Args:
        table: Shape (N, D), any real dtype.

    Returns:
        Shape (N, D), floating point; every row adds up to 1, up to rounding. In a row
        whose sum is 0, elements become inf or nan.
    """
    return table / table.sum(dim=1, keepdim=True)
