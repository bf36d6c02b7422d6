"""Good practice: why descent crawls on unscaled inputs, and how to scale them."""

import torch
from torch import Tensor, nn

from lessons.linear_regression.least_squares import design_matrix


def zero_model(features: int) -> nn.Linear:
    """Return a linear model with one output whose weights and bias are all zero.

    The mean squared error of such a model is convex, so no start is a bad one, and
    from zero every run is the same.

    Args:
        features: The number of input columns.
    """
    model = nn.Linear(features, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    return model


def train_model(
    model: nn.Module, x: Tensor, y: Tensor, learning_rate: float, epochs: int
) -> list[float]:
    """Make one step per epoch on the mean squared error of all samples, by hand.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; its parameters are changed in place.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
        learning_rate: The positive factor between gradient and step.
        epochs: How many steps to make; each sees all the samples.

    Returns:
        The loss before each step, in the squared unit of `y`.
    """
    losses = []
    for _ in range(epochs):
        prediction = model(x)
        loss = ((prediction - y) ** 2).mean()
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                assert parameter.grad is not None
                parameter.sub_(learning_rate * parameter.grad)
        losses.append(loss.item())
    return losses


def curvatures(x: Tensor) -> Tensor:
    """Return the curvatures of a linear model's mean squared error, smallest first.

    They are the eigenvalues of the matrix of second derivatives, 2/N times A^T A,
    where A is the design matrix. The targets do not occur in it.

    Args:
        x: The features, shape `(N, features)`.

    Returns:
        Shape `(features + 1,)`, float64, never negative apart from rounding.
    """
    inputs = design_matrix(x.double())
    bends: Tensor = torch.linalg.eigvalsh(2 / len(x) * inputs.T @ inputs)
    return bends


class Standardizer:
    """Scale columns to mean 0 and standard deviation 1, by one part of the data.

    Args:
        x: The training part, shape `(N, features)`, floating point.

    Raises:
        ValueError: If a value is NaN or infinite, or if a column is constant and could
            only be divided by zero.
    """

    def __init__(self, x: Tensor) -> None:
        if not x.isfinite().all():
            raise ValueError("a value is nan or infinite: is one missing in the data?")
        self.mean = x.mean(dim=0)
        self.std = x.std(dim=0, correction=0)
        constant = (x == x[0]).all(dim=0).nonzero().flatten().tolist()
        if constant:
            raise ValueError(f"columns {constant} are constant: leave them out")

    def transform(self, x: Tensor) -> Tensor:
        """Return (x - mean) / std, column by column.

        Args:
            x: Any part of the data, shape `(M, features)`.
        """
        return (x - self.mean) / self.std

    def inverse(self, scaled: Tensor) -> Tensor:
        """Return scaled * std + mean, the values in their own unit.

        Args:
            scaled: What `transform` returned, or predictions of such values.
        """
        return scaled * self.std + self.mean
