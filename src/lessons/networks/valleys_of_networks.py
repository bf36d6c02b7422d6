"""Many valleys: many networks trained side by side, each from a start of its own."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.optim import Optimizer


def random_starts(width: int, runs: int, seed: int = 0) -> list[Tensor]:
    """Draw the parameters of many small networks, from one input to one output.

    Like those of `nn.Linear`, they are even between -k and k, with k one over the
    square root of the number of inputs of the layer. They are drawn in float32 and
    kept in float64, so that no rounding decides in which valley a run ends.

    Args:
        width: How many hidden units each network has, H.
        runs: How many networks, R.
        seed: Fixes the numbers.

    Returns:
        Hidden weights `(R, 1, H)` and biases `(R, 1, H)`, output weights `(R, H, 1)`
        and biases `(R, 1, 1)`, float64.
    """
    generator = torch.Generator().manual_seed(seed)
    shapes = ((1, width), (1, width), (width, 1), (1, 1))
    bounds = (1.0, 1.0, width**-0.5, width**-0.5)
    return [
        bound * (2 * torch.rand(runs, *shape, generator=generator).double() - 1)
        for shape, bound in zip(shapes, bounds, strict=True)
    ]


def outputs(parts: list[Tensor], x: Tensor) -> Tensor:
    """Return what each of many networks predicts.

    Args:
        parts: The parameters of R networks, as `random_starts` returns them.
        x: Inputs, `(N, 1)`, or `(R, N, 1)` with inputs of its own for each network.

    Returns:
        Predictions, `(R, N, 1)`.
    """
    w, b, v, c = parts
    return (x * w + b).relu() @ v + c


def losses(parts: list[Tensor], x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error of each of many networks.

    Args:
        parts: The parameters of R networks, as `random_starts` returns them.
        x: Inputs, `(N, 1)` or `(R, N, 1)`.
        y: Targets, in the shape of `x`.

    Returns:
        One loss for each network, `(R,)`.
    """
    return (outputs(parts, x) - y).square().mean(dim=(1, 2))


def train_starts(
    parts: list[Tensor],
    x: Tensor,
    y: Tensor,
    rule: Callable[..., Optimizer],
    steps: int = 500,
    **settings: float,
) -> list[Tensor]:
    """Train many networks side by side, each as if it were alone.

    The losses are added up, and no loss depends on the parameters of another network,
    so each network gets its own gradient.

    Args:
        parts: Where they start, as `random_starts` returns it; it is not changed.
        x: Inputs, `(N, 1)`.
        y: Targets, `(N, 1)`.
        rule: An optimizer of `torch.optim` that treats each number alone, as SGD,
            RMSprop and Adam do.
        steps: How many steps are taken.
        settings: The learning rate `lr`, and whatever else the optimizer should know.

    Returns:
        Where they end, in the shapes of `parts`, without gradients.
    """
    moving = [part.clone().requires_grad_() for part in parts]
    optimizer = rule(moving, **settings)
    for _ in range(steps):
        optimizer.zero_grad()
        losses(moving, x, y).sum().backward()
        optimizer.step()
    return [part.detach() for part in moving]


def two_valleys(x: Tensor) -> Tensor:
    """Return x**4 - 3 x**2 + x, a curve with a deep and a shallow valley.

    Args:
        x: Any numbers, any shape.

    Returns:
        The height at each of them, in the shape of `x`.
    """
    return x**4 - 3 * x**2 + x
