"""Datasets: samples behind an index, and the transforms that change them."""

from collections.abc import Callable, Sequence

import torch
from matplotlib.axes import Axes
from torch import Tensor
from torch.utils.data import Dataset

Sample = tuple[Tensor, Tensor]


class ToySet(Dataset[Sample]):
    """A dataset of equal samples: x is [2, 2] and y is [1].

    Attributes:
        x: Shape (length, 2), float32, all elements 2.
        y: Shape (length, 1), float32, all elements 1.
    """

    def __init__(
        self, length: int = 100, transform: Callable[[Sample], Sample] | None = None
    ) -> None:
        """Store `length` samples and what changes each one on its way out."""
        self.x = 2 * torch.ones(length, 2)
        self.y = torch.ones(length, 1)
        self.transform = transform

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> Sample:
        sample = self.x[index], self.y[index]
        if self.transform is not None:
            sample = self.transform(sample)
        return sample


class AddMult:
    """A transform that adds to the features and multiplies the target.

    Calling it returns the pair (x + add_x, y * mul_y) in new tensors.
    """

    def __init__(self, add_x: float = 1, mul_y: float = 1) -> None:
        """Remember the two numbers."""
        self.add_x = add_x
        self.mul_y = mul_y

    def __call__(self, sample: Sample) -> Sample:
        """Return the changed pair; the sample that came in stays as it is."""
        x, y = sample
        return x + self.add_x, y * self.mul_y


class Mult:
    """A transform that multiplies the features and the target.

    Calling it returns the pair (x * mul, y * mul) in new tensors.
    """

    def __init__(self, mul: float = 100) -> None:
        """Remember the factor."""
        self.mul = mul

    def __call__(self, sample: Sample) -> Sample:
        """Return the changed pair; the sample that came in stays as it is."""
        x, y = sample
        return x * self.mul, y * self.mul


def draw_stages(ax: Axes, names: Sequence[str], samples: Sequence[Sample]) -> None:
    """Draw a sample before, between and after transforms, from left to right.

    Args:
        ax: The axes to draw in; they lose their frame.
        names: What stands above each arrow, one name less than there are samples.
        samples: The pairs (x, y), both 1-D, in the order in which they arise.
    """
    for place, (x, y) in enumerate(samples):
        text = f"x = {x.tolist()}\ny = {y.tolist()}"
        box = {"boxstyle": "round,pad=0.5", "facecolor": "none", "edgecolor": "C0"}
        ax.text(3 * place, 0, text, ha="center", va="center", bbox=box)
    for place, name in enumerate(names):
        middle = 3 * place + 1.5
        arrow = {"arrowstyle": "->", "color": "C7", "linewidth": 2}
        ax.annotate("", (middle + 0.45, 0), (middle - 0.45, 0), arrowprops=arrow)
        ax.text(middle, 0.45, name, ha="center")
    ax.set(xlim=(-1.2, 3 * len(names) + 1.2), ylim=(-0.6, 0.8))
    ax.axis("off")


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
            raise ValueError(
                f"{name} has shape {shape}, wanted one row a sample: (N, k)"
            )
    if len(x) != len(y):
        raise ValueError(
            f"x has {len(x)} rows and y has {len(y)}: wanted the same number"
        )
    if len(x) == 0:
        raise ValueError("x and y have no rows, wanted at least one sample")
    for name, table in (("x", x), ("y", y)):
        for row in (~table.isfinite()).any(dim=1).nonzero().flatten().tolist():
            values = table[row].tolist()
            raise ValueError(f"row {row} of {name} is {values}: wanted finite numbers")


class TableDataset(Dataset[Sample]):
    """A dataset whose sample number i is row i of x and row i of y.

    Attributes:
        x: Features, shape (N, features); y: targets, shape (N, targets).
        transform: What changes each sample on its way out, or None.
    """

    def __init__(
        self,
        x: Tensor,
        y: Tensor,
        transform: Callable[[Sample], Sample] | None = None,
    ) -> None:
        """Check and keep the two tables.

        Raises:
            TypeError: If x or y is not a tensor.
            ValueError: If they do not belong together row by row.
        """
        check_table(x, y)
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
