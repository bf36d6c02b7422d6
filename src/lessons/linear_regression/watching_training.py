"""Watching training: validation, early stopping, and logs."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.utils.tensorboard import SummaryWriter

from lessons.linear_regression.good_practice import Standardizer
from lessons.linear_regression.state_dict import snapshot
from lessons.linear_regression.training import mean_squared_error


def split_rows(count: int, sizes: Sequence[int], seed: int) -> list[Tensor]:
    """Return the row numbers of the parts of a random split.

    Args:
        count: The number of samples.
        sizes: The number of samples of each part; together they are `count`.
        seed: The same seed gives the same parts.

    Returns:
        One 1-D int64 tensor for each size; no row is in two of them.

    Raises:
        ValueError: If the sizes do not add up to `count`.
    """
    if sum(sizes) != count:
        raise ValueError(f"sizes {list(sizes)} add up to {sum(sizes)}, not to {count}")
    generator = torch.Generator().manual_seed(seed)
    return list(torch.randperm(count, generator=generator).split(list(sizes)))


def with_products(x: Tensor) -> Tensor:
    """Return the columns of x and the product of every two different columns.

    Args:
        x: Shape `(N, K)`.

    Returns:
        Shape `(N, K + K * (K - 1) / 2)`, the columns of `x` first.
    """
    first, second = torch.triu_indices(x.shape[1], x.shape[1], offset=1)
    return torch.cat([x, x[:, first] * x[:, second]], dim=1)


def prepare(
    x: Tensor, y: Tensor, parts: Sequence[Tensor]
) -> list[tuple[Tensor, Tensor]]:
    """Return features with products and targets, scaled by the first part.

    Args:
        x: The measurements, shape `(N, K)`.
        y: The targets, shape `(N, 1)`.
        parts: Row numbers, the training rows first.

    Returns:
        For each part its features, shape `(rows, K + K * (K - 1) / 2)`, and its
        targets, shape `(rows, 1)`; in the first part every column has mean 0 and
        standard deviation 1.

    Raises:
        ValueError: If a value is missing or a column is constant in the first part.
    """
    training = parts[0]
    features = with_products(Standardizer(x[training]).transform(x))
    inputs, targets = Standardizer(features[training]), Standardizer(y[training])
    return [
        (inputs.transform(features[rows]), targets.transform(y[rows])) for rows in parts
    ]


def train_epoch(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor, batch_size: int
) -> None:
    """Make one step for each batch, the rows in random order.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The training features, shape `(N, features)`.
        y: The training targets, shape `(N, 1)`.
        batch_size: Rows in a batch; with `N` or more there is one step.
    """
    for rows in torch.randperm(len(x)).split(batch_size):
        cost = mean_squared_error(model(x[rows]), y[rows])
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()


@torch.no_grad()
def cost_of(model: nn.Module, x: Tensor, y: Tensor) -> float:
    """Return the mean squared error of a model without recording a graph.

    Args:
        model: Maps `(N, features)` to `(N, 1)`.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
    """
    return mean_squared_error(model(x), y).item()


class EarlyStopping:
    """Keep the best state of a model and say when patience has run out.

    Args:
        patience: How many calls in a row without a new lowest loss end the run, at
            least 1.

    Attributes:
        best_loss: The lowest loss so far.
        best_state: A copy of the model's state dict at that loss.

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
    parts: Sequence[tuple[Tensor, Tensor]],
    batch_size: int,
    stopping: EarlyStopping,
) -> tuple[list[float], list[float]]:
    """Train until the validation cost has not improved for some time.

    Args:
        model: Maps `(N, features)` to `(N, 1)`; at the end it has its best state.
        optimizer: Holds the parameters of the model.
        parts: Features and targets, first for training, then for validation.
        batch_size: Rows for one step.
        stopping: Says when to stop; use a new one for each run.

    Returns:
        The training and the validation cost at the start and after each epoch, at
        most 500 values each.
    """
    training, validation = parts[:2]
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(500):
        costs[0].append(cost_of(model, *training))
        costs[1].append(cost_of(model, *validation))
        if stopping.should_stop(costs[1][-1], model):
            break
        train_epoch(model, optimizer, *training, batch_size)
    model.load_state_dict(stopping.best_state)
    return costs


def log_curves(folder: str | Path, curves: Mapping[str, Sequence[float]]) -> None:
    """Write curves to a folder that TensorBoard can show, and close the file.

    Args:
        folder: The log folder of this run; it is created. Use a new one for each run.
        curves: For each tag, such as "loss/training", its values by epoch.
    """
    with SummaryWriter(str(folder)) as writer:
        for tag, values in curves.items():
            for epoch, value in enumerate(values):
                writer.add_scalar(tag, value, epoch)
