"""Deep networks: starts from which many layers learn, and roads around them."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn, optim


def deep_network(
    inputs: int,
    width: int,
    depth: int,
    outputs: int,
    *,
    bend: Callable[[], nn.Module] = nn.ReLU,
    norm: Callable[[int], nn.Module] | None = None,
) -> nn.Sequential:
    """Return a network with several hidden layers of one width.

    Args:
        inputs: How many numbers a sample has.
        width: How many units each hidden layer has.
        depth: How many hidden layers there are, at least one.
        outputs: How many numbers are predicted.
        bend: Makes the activation that follows each hidden layer.
        norm: Makes the normalisation before each activation, from the width, or None.

    Returns:
        The layers in a row, as `nn.Linear` starts them.
    """
    layers: list[nn.Module] = []
    for before, after in pairwise([inputs] + [width] * depth):
        layers += [nn.Linear(before, after)]
        layers += [bend()] if norm is None else [norm(after), bend()]
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def start_kaiming(model: nn.Module) -> None:
    """Draw the weights of all linear layers anew, for ReLUs, and set the biases to 0.

    Each weight matrix gets the variance 2 / fan_in, that of the last layer as well.

    Args:
        model: The network, changed in place.
    """
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)


def sizes_by_layer(model: nn.Sequential, x: Tensor) -> tuple[Tensor, Tensor]:
    """Return how large values and gradients are after each layer with parameters.

    The gradients are those of the sum of the outputs, and size is the root of the
    mean square.

    Args:
        model: A network in a row; its parameters are left without gradients.
        x: Samples, float `(N, D)`.

    Returns:
        The sizes of the values and of the gradients, both `(L,)` for L such layers.
    """
    values: list[Tensor] = []
    for layer in model:
        x = layer(x)
        if next(layer.parameters(), None) is not None:
            values.append(x)
    gradients = torch.autograd.grad(x.sum(), values)
    sizes = torch.stack([value.detach().square().mean().sqrt() for value in values])
    return sizes, torch.stack([part.square().mean().sqrt() for part in gradients])


def train(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    steps: int,
    learning_rate: float = 1e-3,
    *,
    eps: float = 1e-8,
) -> list[float]:
    """Train with Adam on the mean squared error of all samples at once.

    Args:
        model: The network, trained in place.
        x: The inputs, `(N, D)`.
        y: The targets, `(N, M)`.
        steps: How many steps to take.
        learning_rate: That of Adam.
        eps: What Adam adds to the size of the gradient before it divides by it.

    Returns:
        The loss before each step.
    """
    optimizer = optim.Adam(model.parameters(), lr=learning_rate, eps=eps)
    losses = []
    for _ in range(steps):
        loss = nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


class ResidualBlock(nn.Module):
    """Two layers that add to their input what they compute.

    That is x + second(relu(first(norm(x)))).

    Attributes:
        norm: What comes first: `nn.LayerNorm`, or nothing.
        first: The linear layer before the bend, from the width to the width.
        second: The linear layer after it, from the width to the width.
    """

    def __init__(self, width: int, norm: bool = False) -> None:
        """Create the two layers, and the normalisation if it is wanted.

        Args:
            width: The number of inputs, which is that of outputs too.
            norm: Whether to normalise the inputs of the two layers.
        """
        super().__init__()
        self.norm = nn.LayerNorm(width) if norm else nn.Identity()
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """Return the inputs plus what the two layers make of them.

        Args:
            x: Values, float `(..., width)`.

        Returns:
            Values of the same shape.
        """
        return x + self.second(self.first(self.norm(x)).relu())


def residual_network(
    inputs: int, width: int, blocks: int, outputs: int, norm: bool = False
) -> nn.Sequential:
    """Return a network of residual blocks, between a first and a last linear layer.

    Args:
        inputs: How many numbers a sample has.
        width: How many numbers go from block to block.
        blocks: How many blocks there are, each with two layers.
        outputs: How many numbers are predicted.
        norm: Whether the blocks normalise their inputs.

    Returns:
        The layers in a row.
    """
    middle = [ResidualBlock(width, norm) for _ in range(blocks)]
    return nn.Sequential(nn.Linear(inputs, width), *middle, nn.Linear(width, outputs))
