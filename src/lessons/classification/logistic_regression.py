"""Logistic regression: a linear layer, and a sigmoid behind it."""

import torch
from torch import Tensor, nn


class LogisticRegression(nn.Module):
    """A linear layer and a sigmoid, which give the probability of class 1.

    Args:
        in_features: Number of features, the columns of the input.
    """

    def __init__(self, in_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return the probability of class 1 for each sample.

        Args:
            x: Shape `(N, in_features)`, of the parameters' dtype; or one sample,
                `(in_features,)`.

        Returns:
            Shape `(N, 1)`, or `(1,)` for one sample; numbers from 0 to 1.
        """
        return torch.sigmoid(self.linear(x))
