"""The state dict: the numbers of a module by name, changed and kept."""

import copy

import torch
from torch import Tensor, nn


def set_line(layer: nn.Linear, weight: float, bias: float) -> None:
    """Give a layer with one input and one output the line bias + weight * x.

    The numbers are written into the parameters, which stay the same objects with
    `requires_grad=True`. In a larger layer all weights get the same number.

    Args:
        layer: The layer to change in place.
        weight: The slope.
        bias: The intercept.
    """
    with torch.no_grad():
        layer.weight.fill_(weight)
        layer.bias.fill_(bias)


def snapshot(module: nn.Module) -> dict[str, Tensor]:
    """Return a copy of the state dict that stays as it is when the module changes.

    Args:
        module: Any module; it is not changed.

    Returns:
        Names and values of all parameters and buffers, in memory of their own, as
        `load_state_dict` takes them.
    """
    return copy.deepcopy(module.state_dict())
