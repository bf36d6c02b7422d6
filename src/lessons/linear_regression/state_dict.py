"""The state dict: copies that stay, and files that run code when they are loaded."""

import copy

from torch import Tensor, nn


def snapshot(module: nn.Module) -> dict[str, Tensor]:
    """Return a copy of the state dict that stays as it is when the module changes.

    Args:
        module: Any module; it is not changed.

    Returns:
        Names and values of all parameters and buffers, in memory of their own, as
        `load_state_dict` takes them.
    """
    return copy.deepcopy(module.state_dict())


class Surprise:
    """An object whose pickle calls `print` when somebody loads it."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return a function and its arguments, which `pickle` calls on loading."""
        return print, ("this code ran while the file was loaded",)
