"""Good practice: learning rates, scales of inputs and output, and schedules."""

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from lessons.linear_regression.least_squares import design_matrix
from lessons.linear_regression.training import mean_squared_error


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


def train(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor, epochs: int
) -> list[float]:
    """Make one step per epoch on the mean squared error of all samples.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
        epochs: How many steps to make; each sees all the samples.

    Returns:
        The cost before each step, in the squared unit of `y`.
    """
    costs = []
    for _ in range(epochs):
        cost = mean_squared_error(model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs


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


def largest_rate(x: Tensor) -> float:
    """Return the learning rate above which descent on all samples diverges.

    It is 2 divided by the largest curvature.

    Args:
        x: The features, shape `(N, features)`.
    """
    return 2 / curvatures(x)[-1].item()


def condition_number(x: Tensor) -> float:
    """Return the largest curvature divided by the smallest.

    Args:
        x: The features, shape `(N, features)`. If one column is a weighted sum of the
            others and a constant, the smallest curvature is zero but for rounding.
    """
    bends = curvatures(x)
    return (bends[-1] / bends[0]).item()


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


def rates_of(optimizer: Optimizer, scheduler: LRScheduler, epochs: int) -> list[float]:
    """Return the learning rate that a schedule sets for each epoch.

    Args:
        optimizer: It makes its steps, so give it parameters that nobody needs.
        scheduler: A scheduler of that optimizer whose `step` takes no argument.
        epochs: How many epochs to follow.
    """
    rates = []
    for _ in range(epochs):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def train_by_sample(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor
) -> float:
    """Make one step for each single sample, in random order, and return the cost.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        The mean squared error over all samples after the last step.
    """
    for row in torch.randperm(len(x)).tolist():
        loss = mean_squared_error(model(x[row]), y[row])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return mean_squared_error(model(x), y).item()
