"""Gradient clipping: the norm of a gradient, and steps that cannot be too long."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_
from torch.optim import Optimizer


def joint_norm(gradients: Iterable[Tensor]) -> Tensor:
    """Return the norm of all gradients together, as if they were one long vector.

    Args:
        gradients: Tensors of any shapes.

    Returns:
        The root of the sum of all squares, a 0-D tensor.
    """
    return torch.stack([gradient.square().sum() for gradient in gradients]).sum().sqrt()


def clipped(gradients: Sequence[Tensor], max_norm: float) -> list[Tensor]:
    """Return the gradients, shortened by one common factor if they are too long.

    The factor is `max_norm / joint_norm(gradients)`, but at most 1. PyTorch's
    `clip_grad_norm_` adds 1e-6 to the norm and works in place.

    Args:
        gradients: One tensor for each parameter.
        max_norm: The largest joint norm of the result, positive.
    """
    factor = (max_norm / joint_norm(gradients)).clamp(max=1)
    return [factor * gradient for gradient in gradients]


def clipped_step(
    model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor, max_norm: float
) -> float:
    """Make one step with a clipped gradient and return the norm before clipping.

    Args:
        model: Maps `x` to predictions in the shape of `y`; it is changed in place.
        optimizer: Holds the parameters of the model.
        x: The features of the samples of this step.
        y: Their targets.
        max_norm: The largest gradient norm; `math.inf` clips nothing.
    """
    loss = nn.MSELoss()(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    norm = clip_grad_norm_(model.parameters(), max_norm)
    optimizer.step()
    return norm.item()
