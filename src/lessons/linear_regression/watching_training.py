"""Watching training: validation and early stopping."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from lessons.linear_regression.good_practice import Standardizer
from lessons.linear_regression.state_dict import snapshot


def prepare(
    x: Tensor, y: Tensor, rows: Sequence[Tensor]
) -> list[tuple[Tensor, Tensor]]:
    """Return the parts of a table, standardised by the first part.

    Args:
        x: The features, shape `(N, K)`, floating point.
        y: The targets, shape `(N, 1)`, floating point.
        rows: The row numbers of each part, 1-D int64, the training rows first.

    Returns:
        For each part its features, shape `(M, K)`, and its targets, shape `(M, 1)`; in
        the first part every column has mean 0 and standard deviation 1.

    Raises:
        ValueError: If a value is missing or a column is constant in the first part.
    """
    inputs, targets = Standardizer(x[rows[0]]), Standardizer(y[rows[0]])
    return [(inputs.transform(x[part]), targets.transform(y[part])) for part in rows]


class EarlyStopping:
    """Keep the best state of a model and say when patience has run out.

    Args:
        patience: How many calls in a row without a new lowest loss end the run, at
            least 1.

    Attributes:
        best_loss: The lowest loss so far.
        best_state: A copy of the model's state dict at that loss.
        waited: How many calls ago that was.

    Raises:
        ValueError: If `patience` is below 1.
    """

    def __init__(self, patience: int) -> None:
        if patience < 1:
            raise ValueError(f"patience must be at least 1, got {patience}")
        self.patience = patience
        self.waited = 0
        self.best_loss = math.inf
        self.best_state: dict[str, Tensor] = {}

    def should_stop(self, loss: float, model: nn.Module) -> bool:
        """Take in the newest validation loss and return True if it is time to stop.

        Args:
            loss: The validation loss of the model as it is now.
            model: Its state is copied if the loss is a new lowest.

        Raises:
            ValueError: If the loss is NaN, which is neither lower nor higher.
        """
        if math.isnan(loss):
            raise ValueError("the validation loss is nan: has the run diverged?")
        if loss < self.best_loss:
            self.best_loss, self.best_state = loss, snapshot(model)
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience


def fit(
    model: nn.Module,
    optimizer: Optimizer,
    training: tuple[Tensor, Tensor],
    validation: tuple[Tensor, Tensor],
    epochs: int,
    *,
    stopping: EarlyStopping | None = None,
) -> dict[str, list[float]]:
    """Train on all samples at once, watch the validation loss, and stop in time.

    Args:
        model: Maps `(N, K)` to `(N, 1)`; with `stopping` it ends in its best state,
            otherwise in its last.
        optimizer: Holds the parameters of the model.
        training: Features `(N, K)` and targets `(N, 1)` for the steps.
        validation: Features and targets that are only measured.
        epochs: How many epochs at most, at least 1.
        stopping: Says when to stop; use a new one for each run.

    Returns:
        The "training" and the "validation" loss before each step.
    """
    loss_fn = nn.MSELoss()
    losses: dict[str, list[float]] = {"training": [], "validation": []}
    for _ in range(epochs):
        loss = loss_fn(model(training[0]), training[1])
        with torch.no_grad():
            validation_loss = loss_fn(model(validation[0]), validation[1])
        losses["training"].append(loss.item())
        losses["validation"].append(validation_loss.item())
        if stopping and stopping.should_stop(validation_loss.item(), model):
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if stopping:
        model.load_state_dict(stopping.best_state)
    return losses
