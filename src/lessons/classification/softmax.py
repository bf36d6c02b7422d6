"""Softmax and cross-entropy: probabilities for several classes, and their loss."""

import torch
from torch import Tensor, nn, optim


def softmax(logits: Tensor, dim: int = -1) -> Tensor:
    """Return probabilities that add up to 1 along one axis, without overflow.

    Args:
        logits: Scores of any size and sign, floats with at least one axis.
        dim: The axis along which the classes run.

    Returns:
        The shape of `logits`, numbers from 0 to 1.
    """
    powers = torch.exp(logits - logits.amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True)


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the mean of minus the log of the probability of the true class.

    Args:
        logits: A row of scores for each sample, floats `(N, M)`.
        labels: The index of the true class of each sample, int64 `(N,)`.

    Returns:
        A 0-D tensor, never negative.
    """
    true_logits = logits[torch.arange(len(labels)), labels]
    return (logits.logsumexp(dim=1) - true_logits).mean()


def train_classifier(
    model: nn.Module,
    criterion: nn.Module,
    x: Tensor,
    targets: Tensor,
    steps: int = 500,
) -> float:
    """Train a model in place with Adam, all samples in each step.

    Args:
        model: Maps `x` to what the criterion compares with the targets.
        criterion: Takes the output of the model and the targets, gives a 0-D loss.
        x: The inputs, shape `(N, D)`.
        targets: In the shape and the type that the criterion wants.
        steps: How many steps are taken, at least one.

    Returns:
        The loss before the last step.
    """
    optimizer = optim.Adam(model.parameters(), lr=0.1)
    for _ in range(steps):
        loss: Tensor = criterion(model(x), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()
