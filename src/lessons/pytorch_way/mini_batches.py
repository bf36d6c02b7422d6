"""Mini-batches: one step for a few samples, and what their number changes."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn


def batch_means(x: Tensor, y: Tensor, batches: Iterable[Tensor]) -> Tensor:
    """Return the means of x * x, x, x * y and y in each batch.

    Args:
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        batches: The rows of each step, int64, such as `torch.randperm(N).split(20)`;
            at least one batch.

    Returns:
        Float64, with a row for each batch, shape `(steps, 4)`.

    Raises:
        ValueError: If the shapes of `x` and `y` differ.
    """
    if x.shape != y.shape:
        raise ValueError(
            f"x has shape {tuple(x.shape)} and y has shape {tuple(y.shape)}: they must "
            "be equal"
        )
    table = torch.cat([x * x, x, x * y, y], dim=1).double()
    return torch.stack([table[rows].mean(dim=0) for rows in batches])


def batch_path(start: Tensor, means: Tensor, learning_rate: float) -> Tensor:
    """Return the lines (weight, bias) of a run, one batch per step, the start first.

    It makes the steps of `torch.optim.SGD` on `nn.Linear(1, 1)`. With e for the error
    weight * x + bias - y, the gradients of a batch are mean(2 * e * x) and mean(2 * e);
    multiplied out, they need four means of the batch.

    Args:
        start: The first weight and bias, shape `(2,)`; it is not changed.
        means: What `batch_means` returns, shape `(steps, 4)`.
        learning_rate: The positive factor between gradient and step.

    Returns:
        Float64, with a row more than there are steps, shape `(steps + 1, 2)`.
    """
    weight, bias = start.tolist()
    lines = [(weight, bias)]
    for xx_mean, x_mean, xy_mean, y_mean in means.tolist():
        by_weight = 2 * (weight * xx_mean + bias * x_mean - xy_mean)
        by_bias = 2 * (weight * x_mean + bias - y_mean)
        weight -= learning_rate * by_weight
        bias -= learning_rate * by_bias
        lines.append((weight, bias))
    return torch.tensor(lines, dtype=torch.float64)


def saved_bytes(model: nn.Module, x: Tensor, y: Tensor) -> int:
    """Return how many bytes the loss of one batch keeps for its backward pass.

    Args:
        model: Maps the inputs to predictions in the shape of the targets.
        x: The inputs of the batch, shape `(B, features)`.
        y: The targets of the batch, shape `(B, 1)`.
    """
    sizes = []

    def note(tensor: Tensor) -> Tensor:
        sizes.append(tensor.nbytes)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        nn.functional.mse_loss(model(x), y)
    return sum(sizes)
