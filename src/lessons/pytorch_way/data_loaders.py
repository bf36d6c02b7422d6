"""Data loaders: a dataset of text lines, and a cost that is collected in batches."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.utils.data import Dataset

Sample = tuple[Tensor, Tensor]


class TextReadings(Dataset[Sample]):
    """A dataset of text lines such as "204;9.8": grams, a semicolon, millimetres.

    A line is read when its sample is asked for, and only then.

    Attributes:
        lines: The lines; line number i is sample number i.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Keep the lines as they are."""
        self.lines = list(lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> Sample:
        """Return the load in newtons and the reading in millimetres, shape (1,) each.

        Raises:
            IndexError: If there is no such line.
            ValueError: If the line is not two numbers with a semicolon between them.
        """
        grams, millimetres = self.lines[index].split(";")
        load = torch.tensor([float(grams) / 1000 * 9.81])
        return load, torch.tensor([float(millimetres)])


@torch.no_grad()
def cost_in_batches(model: nn.Module, loader: Iterable[Sample]) -> float:
    """Return the mean squared error over all samples of a loader.

    The batches may have different lengths: each counts by its number of samples.

    Args:
        model: Maps inputs `(B, features)` to predictions `(B, 1)`.
        loader: Pairs of inputs `(B, features)` and targets `(B, 1)`; B may vary.

    Raises:
        ValueError: If the loader is empty.
    """
    total, count = 0.0, 0
    for x, y in loader:
        total += nn.functional.mse_loss(model(x), y).item() * len(x)
        count += len(x)
    if count == 0:
        raise ValueError("the loader is empty, so there is no cost")
    return total / count
