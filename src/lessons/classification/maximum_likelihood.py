"""Maximum likelihood: the code of the chapter, as on the board."""

from torch import Tensor


def mean(values: Tensor) -> Tensor:
    """Return the mean of all values.

    Args:
        values: Floats of any shape, at least one.
    """
    return values.sum() / values.numel()
