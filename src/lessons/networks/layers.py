"""Layers: beans that sprout only where it is neither cold nor hot, dry nor wet."""

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
