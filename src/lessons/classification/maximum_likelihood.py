"""Maximum likelihood: the logarithm of a likelihood, which is a sum."""

import torch
from torch import Tensor


def log_likelihood(theta: Tensor, y: Tensor) -> Tensor:
    """Return the logarithm of the probability of all outcomes together.

    Args:
        theta: Probabilities of a 1, from 0 to 1: one number, one for each outcome,
            `(N,)`, or a column `(K, 1)` for K candidates.
        y: The outcomes, float `(N,)`, 1 or 0.

    Returns:
        The sum over the last axis: shape `()`, or `(K,)` for a column. It is minus
        infinity if something happened that had the probability 0.
    """
    terms = torch.xlogy(y, theta) + torch.xlogy(1 - y, 1 - theta)
    return terms.sum(dim=-1)
