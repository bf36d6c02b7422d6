"""Least squares in closed form, and the same by descent."""

import torch
from torch import Tensor, nn


def least_line(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return the slope and the intercept with the smallest mean squared error.

    Args:
        x: The feature, shape `(N, 1)`, not constant.
        y: The targets, shape `(N, 1)`.

    Returns:
        Two 0-D tensors: the sum of (x - mean x)(y - mean y) over the sum of
        (x - mean x)**2, and mean y minus slope times mean x.
    """
    away = x - x.mean()
    slope = (away * (y - y.mean())).sum() / (away**2).sum()
    return slope, y.mean() - slope * x.mean()


def design_matrix(x: Tensor) -> Tensor:
    """Return the features with a column of ones in front, the input of the intercept.

    Args:
        x: The features, shape `(N, features)`.

    Returns:
        Shape `(N, features + 1)`, in the dtype of `x`.
    """
    return torch.cat([torch.ones_like(x[:, :1]), x], dim=1)


def check_table(x: Tensor, y: Tensor) -> None:
    """Refuse data that are not one finite row of features and one target per sample.

    Args:
        x: The features.
        y: The targets.

    Raises:
        TypeError: If the numbers are not floating point.
        ValueError: If the shapes are not `(N, features)` and `(N, 1)`, if there are no
            samples, or if a value is NaN or infinite.
    """
    if x.ndim != 2 or y.shape != (len(x), 1) or x.numel() == 0:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: "
            "wanted (N, features) and (N, 1)"
        )
    for name, values in (("x", x), ("y", y)):
        if not values.is_floating_point():
            raise TypeError(f"{name} has dtype {values.dtype}: {name}.float() converts")
        bad = (~values.isfinite()).any(dim=1).nonzero().flatten().tolist()
        if bad:
            raise ValueError(
                f"{name} is nan or infinite in {len(bad)} of {len(values)} rows, "
                f"first in row {bad[0]}"
            )


def least_squares(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return the weight and the bias of the linear model with the smallest error.

    The system is solved in float64, with every column of the design matrix scaled to
    length 1, so that the units of the features do not matter.

    Args:
        x: The features, shape `(N, features)`, floating point.
        y: The targets, shape `(N, 1)`, floating point.

    Returns:
        Weight `(1, features)` and bias `(1,)`, the shapes of `nn.Linear(features, 1)`,
        in the dtype of `x`.

    Raises:
        TypeError: If the numbers are not floating point.
        ValueError: If the data are not fit for it (see `check_table`), or if a column
            follows from the others (to one part in a million), so that many models
            have the smallest error.
    """
    check_table(x, y)
    columns = design_matrix(x.double())
    lengths = columns.norm(dim=0).clamp_min(torch.finfo(torch.float64).tiny)
    columns = columns / lengths
    rank = int(torch.linalg.matrix_rank(columns, rtol=1e-6))
    if rank < len(lengths):
        raise ValueError(
            f"the design matrix has {len(lengths)} columns but rank {rank}: "
            "no unique answer"
        )
    solution = torch.linalg.lstsq(columns, y.double()).solution / lengths.view(-1, 1)
    return solution[1:].T.to(x.dtype), solution[0].to(x.dtype)


def train_linear(
    model: nn.Linear, x: Tensor, y: Tensor, learning_rate: float, epochs: int
) -> list[float]:
    """Train a linear layer by gradient descent on the mean squared error.

    Args:
        model: The layer; its parameters are changed.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.
        learning_rate: The positive factor between gradient and step.
        epochs: How many steps to make; each sees all samples.

    Returns:
        The loss before each step, in the squared unit of `y`.

    Raises:
        TypeError: If the numbers are not floating point.
        ValueError: If the data are not fit for it (see `check_table`).
    """
    check_table(x, y)
    loss_fn = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
