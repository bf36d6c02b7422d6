"""Activations: the bends between two layers, their slopes, and a race among them."""

import math
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn, optim

FORMULAS: dict[str, Callable[[Tensor], Tensor]] = {
    "sigmoid": lambda a: 1 / (1 + torch.exp(-a)),
    "tanh": lambda a: (torch.exp(a) - torch.exp(-a)) / (torch.exp(a) + torch.exp(-a)),
    "ReLU": lambda a: torch.where(a > 0, a, 0),
    "leaky ReLU": lambda a: torch.where(a > 0, a, 0.01 * a),
    "ELU": lambda a: torch.where(a > 0, a, torch.exp(a) - 1),
    "GELU": lambda a: a * (1 + torch.erf(a / math.sqrt(2))) / 2,
    "SiLU": lambda a: a / (1 + torch.exp(-a)),
}
"""Each activation as its formula says it, for moderate `a` of any shape, float."""

SLOPES: dict[str, Callable[[Tensor], Tensor]] = {
    "sigmoid": lambda a: torch.sigmoid(a) * (1 - torch.sigmoid(a)),
    "tanh": lambda a: 1 - torch.tanh(a) ** 2,
    "ReLU": lambda a: torch.where(a > 0, 1.0, 0.0),
    "leaky ReLU": lambda a: torch.where(a > 0, 1.0, 0.01),
    "ELU": lambda a: torch.where(a > 0, 1.0, torch.exp(a)),
    "GELU": lambda a: (
        (1 + torch.erf(a / math.sqrt(2))) / 2
        + a * torch.exp(-(a**2) / 2) / math.sqrt(2 * math.pi)
    ),
    "SiLU": lambda a: torch.sigmoid(a) * (1 + a * (1 - torch.sigmoid(a))),
}
"""The derivative of each activation, by hand; at a corner the slope on the left."""


class Maxout(nn.Module):
    """A layer whose units each compute several lines, and return the highest.

    Attributes:
        lines: Computes all lines of all units at once, `nn.Linear`.
        pieces: How many lines a unit has, K.
    """

    def __init__(self, inputs: int, units: int, pieces: int) -> None:
        """Create all lines with random weights.

        Args:
            inputs: How many numbers a sample has, D.
            units: How many units the layer has, H.
            pieces: How many lines each unit has, K.
        """
        super().__init__()
        self.pieces = pieces
        self.lines = nn.Linear(inputs, units * pieces)

    def forward(self, x: Tensor) -> Tensor:
        """Return the highest line of each unit.

        Args:
            x: Samples, float32 `(N, D)`.

        Returns:
            The outputs of the units, float32 `(N, H)`. Unit `i` has the lines `i * K`
            to `i * K + K - 1` of `lines`.
        """
        return self.lines(x).reshape(len(x), -1, self.pieces).amax(dim=2)


def race(
    activation: Callable[[Tensor], Tensor],
    hidden: list[int],
    training: tuple[Tensor, Tensor],
    new: tuple[Tensor, Tensor],
    *,
    starts: int = 16,
    steps: int = 300,
) -> tuple[Tensor, Tensor]:
    """Train many networks from different starts at once, and return their losses.

    The networks lie along the first axis of the parameters. They share nothing, so the
    gradient of the sum of their losses holds the gradient of each. The starts are those
    of `nn.Linear`, and Adam takes the steps, with a learning rate of 0.02.

    Args:
        activation: Follows each hidden layer.
        hidden: The width of each hidden layer, at least one.
        training: Inputs `(N, D)` and targets `(N, M)`, float32.
        new: Samples that the training does not see, in the same form.
        starts: How many networks are trained, S.
        steps: How many steps Adam takes.

    Returns:
        The mean squared error of each network on `training` and on `new`, both float32
        `(S,)`, in the squared unit of the targets.
    """
    x, y = training
    generator = torch.Generator().manual_seed(0)
    parameters = []
    for before, after in pairwise([x.shape[1], *hidden, y.shape[1]]):
        for rows in (before, 1):
            even = torch.rand(starts, rows, after, generator=generator)
            start = (2 * even - 1) / math.sqrt(before)
            parameters.append(start.requires_grad_())

    def losses(x: Tensor, y: Tensor) -> Tensor:
        weights, biases = parameters[::2], parameters[1::2]
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            x = activation(x @ weight + bias)
        return ((x @ weights[-1] + biases[-1] - y) ** 2).mean(dim=(1, 2))

    optimizer = optim.Adam(parameters, lr=0.02)
    for _ in range(steps):
        optimizer.zero_grad()
        losses(x, y).sum().backward()
        optimizer.step()
    return losses(x, y).detach(), losses(*new).detach()
