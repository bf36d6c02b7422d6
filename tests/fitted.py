"""Tables of features with a target, and what least squares predicts from them."""

import torch
from torch import Tensor

from lessons.linear_regression.least_squares import least_squares


def table(seed: int, rows: int = 40, features: int = 3) -> tuple[Tensor, Tensor]:
    """Return features and a target that is their sum plus 5 and noise."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(rows, features, generator=generator)
    noise = torch.randn(rows, 1, generator=generator)
    return x, x.sum(dim=1, keepdim=True) + 5 + noise


def predict(x: Tensor, y: Tensor) -> Tensor:
    """Return what the least-squares fit to a table says for its rows."""
    weight, bias = least_squares(x, y)
    return x @ weight.T + bias
