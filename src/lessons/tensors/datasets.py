"""Datasets: samples behind an index, and the transforms that change them."""

from collections.abc import Callable

from torch import Tensor
from torch.utils.data import Dataset

Sample = tuple[Tensor, Tensor]


class TableDataset(Dataset[Sample]):
    """A dataset whose sample number i is row i of x and row i of y.

    Attributes:
        x: Features, shape (N, features); y: targets, shape (N, targets).
        transform: What changes each sample on its way out, or None.

    Nothing is checked here; see check_table.
    """

    def __init__(
        self,
        x: Tensor,
        y: Tensor,
        transform: Callable[[Sample], Sample] | None = None,
    ) -> None:
        """Keep the two tables, and what changes each sample on its way out."""
        self.x = x
        self.y = y
        self.transform = transform

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> Sample:
        sample = self.x[index], self.y[index]
        if self.transform is not None:
            sample = self.transform(sample)
        return sample


class Shift:
    """A transform that adds a number to the features."""

    def __init__(self, add: float) -> None:
        """Remember the number."""
        self.add = add

    def __call__(self, sample: Sample) -> Sample:
        """Return (x + add, y); the sample that came in stays as it is."""
        x, y = sample
        return x + self.add, y


class Scale:
    """A transform that multiplies the features, the target or both."""

    def __init__(self, x: float = 1, y: float = 1) -> None:
        """Remember one factor for the features and one for the target."""
        self.x_factor = x
        self.y_factor = y

    def __call__(self, sample: Sample) -> Sample:
        """Return the changed pair; the sample that came in stays as it is."""
        x, y = sample
        return x * self.x_factor, y * self.y_factor


def check_table(x: Tensor, y: Tensor) -> None:
    """Refuse features and targets that do not belong together row by row.

    Args:
        x: Features, wanted shape (N, features), N at least 1, finite.
        y: Targets, wanted shape (N, targets), finite.

    Raises:
        TypeError: If one of them is not a tensor.
        ValueError: If the shapes do not fit, or a value is NaN or infinite.
    """
    for name, table in (("x", x), ("y", y)):
        if not isinstance(table, Tensor):
            raise TypeError(f"{name} is a {type(table).__name__}, wanted a tensor")
        if table.ndim != 2:
            shape = tuple(table.shape)
            raise ValueError(f"{name} has shape {shape}, wanted rows of samples (N, k)")
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} rows and y has {len(y)}")
    if len(x) == 0:
        raise ValueError("x and y have no rows, wanted at least one sample")
    for name, table in (("x", x), ("y", y)):
        bad = (~table.isfinite()).any(dim=1).nonzero()
        if len(bad) > 0:
            row = int(bad[0])
            raise ValueError(f"row {row} of {name} is {table[row].tolist()}")
