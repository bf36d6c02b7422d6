"""Layers: beans that sprout only where it is neither cold nor hot, dry nor wet."""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor


def sprouting_trials(trials: int = 400, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return whether beans sprouted at different temperatures, with different water.

    A bean at t degrees Celsius with w millilitres a day sprouts with the probability
    sigmoid(6 - 6 * ((t - 25) / 11)**2 - 6 * ((w - 30) / 16)**2): nearly always near
    25 degrees and 30 ml, half of the time on an ellipse around that place, and hardly
    ever outside. Nobody can be right about more than 94.7 % of many such beans.

    Args:
        trials: How many beans are sown, at least one.
        seed: Fixes temperatures, water and luck.

    Returns:
        The temperature in degrees Celsius, between 5 and 45, beside the water in
        millilitres a day, between 0 and 60, float32 `(N, 2)`; and 1 where the bean
        sprouted, 0 where it did not, int64 `(N,)`.

    Raises:
        ValueError: If less than one trial is asked for.
    """
    if trials < 1:
        raise ValueError(f"trials={trials}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    temperature = 5 + 40 * torch.rand(trials, 1, generator=generator)
    water = 60 * torch.rand(trials, 1, generator=generator)
    distance = ((temperature - 25) / 11) ** 2 + ((water - 30) / 16) ** 2
    probability = torch.sigmoid(6 - 6 * distance)
    sprouted = torch.rand(trials, 1, generator=generator) < probability
    return torch.cat([temperature, water], dim=1), sprouted.long().squeeze(dim=1)


def two_layers(
    x: Tensor, weight1: Tensor, bias1: Tensor, weight2: Tensor, bias2: Tensor
) -> Tensor:
    """Return what a network with one hidden layer predicts: relu(x W1 + b1) W2 + b2.

    Args:
        x: The samples, one a row, `(N, D)`.
        weight1: A column of weights for each hidden unit, `(D, H)`.
        bias1: A bias for each hidden unit, `(H,)`.
        weight2: A column of weights for each output, `(H, M)`.
        bias2: A bias for each output, `(M,)`.

    Returns:
        The outputs, without an activation of their own, `(N, M)`.
    """
    hidden = torch.relu(x @ weight1 + bias1)
    return hidden @ weight2 + bias2


def collapse(layers: Sequence[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    """Return the one linear layer that equals several with nothing between them.

    Args:
        layers: Weight `(inputs, outputs)` and bias `(outputs,)` of each layer, the
            first one first; at least one layer.

    Returns:
        The weight `(D, M)` and the bias `(M,)` of `x @ weight + bias`.
    """
    weight, bias = layers[0]
    for next_weight, next_bias in layers[1:]:
        weight = weight @ next_weight
        bias = bias @ next_weight + next_bias
    return weight, bias


def parameter_count(*widths: int) -> int:
    """Return how many weights and biases a network of linear layers has.

    Args:
        widths: The number of inputs, of units in each hidden layer, and of outputs.

    Returns:
        The sum over the layers of inputs times outputs plus outputs.
    """
    return sum(width * (before + 1) for before, width in pairwise(widths))
