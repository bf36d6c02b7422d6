"""A coin: the probability of its tosses, and the likelihood of what tosses it."""

import torch
from torch import Tensor


def bernoulli(theta: Tensor, y: Tensor) -> Tensor:
    """Return the probability of each toss, for a coin that shows heads with theta.

    Args:
        theta: Probabilities of heads, from 0 to 1, any shape that broadcasts with `y`.
        y: The tosses, float, 1 for heads and 0 for tails.

    Returns:
        theta where `y` is 1 and 1 - theta where it is 0, in the shape of both together.
    """
    return theta**y * (1 - theta) ** (1 - y)


def likelihood(theta: Tensor, y: Tensor) -> Tensor:
    """Return the probability of all the tosses together, if they are independent.

    Args:
        theta: Probabilities of heads, from 0 to 1: one number, a column `(K, 1)` for K
            coins, or one number for each toss, `(N,)`.
        y: The tosses, float `(N,)`, 1 for heads and 0 for tails.

    Returns:
        The product over the last axis: shape `()`, or `(K,)` for a column. It is 0 in
        float32 where the true product is below about 1e-45.
    """
    return bernoulli(theta, y).prod(dim=-1)


def toss(theta: float, count: int, seed: int = 0) -> Tensor:
    """Toss a coin `count` times that shows heads with probability theta.

    Args:
        theta: The probability of heads, from 0 to 1.
        count: How many tosses.
        seed: Fixes the tosses.

    Returns:
        Float32 `(count,)`, 1 for heads and 0 for tails.
    """
    generator = torch.Generator().manual_seed(seed)
    return (torch.rand(count, generator=generator) < theta).float()
