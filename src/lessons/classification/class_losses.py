"""Losses for classes: soft and smoothed targets, weights, margins and rankings."""

import torch
from torch import Tensor, nn


def negative_log_likelihood(log_p: Tensor, labels: Tensor) -> Tensor:
    """Return minus the log-probability of the true class, averaged over samples.

    Args:
        log_p: Logarithms of the probabilities of the classes, floats `(N, M)`.
        labels: The index of the true class of each sample, int64 `(N,)`.

    Returns:
        A 0-D tensor.
    """
    return -log_p[torch.arange(len(labels)), labels].mean()


def soft_cross_entropy(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean cross-entropy when each target is a row of probabilities.

    Args:
        logits: A row of scores for each sample, floats `(N, M)`.
        targets: Rows of probabilities that add up to 1, floats `(N, M)`.

    Returns:
        A 0-D tensor, never negative.
    """
    return -(targets * logits.log_softmax(dim=1)).sum(dim=1).mean()


def smoothed_targets(labels: Tensor, classes: int, smoothing: float) -> Tensor:
    """Return one-hot rows of which a part is spread evenly over all classes.

    Args:
        labels: The index of the true class of each sample, int64 `(N,)`.
        classes: How many classes there are, M.
        smoothing: The part that is spread, from 0 to 1.

    Returns:
        Rows that add up to 1, float32 `(N, M)`.
    """
    one_hot = nn.functional.one_hot(labels, classes).float()
    return (1 - smoothing) * one_hot + smoothing / classes


def weighted_binary_loss(logits: Tensor, y: Tensor, pos_weight: Tensor) -> Tensor:
    """Return the binary cross-entropy with more weight for the labels that are 1.

    Args:
        logits: The scores before the sigmoid, floats of any shape.
        y: The labels, 0 or 1, floats of the same shape.
        pos_weight: What a label of 1 counts, broadcasts to that shape.

    Returns:
        The mean over all elements, a 0-D tensor.
    """
    if_one = nn.functional.softplus(-logits)
    if_zero = nn.functional.softplus(logits)
    return (pos_weight * y * if_one + (1 - y) * if_zero).mean()


def weighted_cross_entropy(logits: Tensor, labels: Tensor, weight: Tensor) -> Tensor:
    """Return a mean cross-entropy in which each class has a weight.

    Args:
        logits: A row of scores for each sample, floats `(N, M)`.
        labels: The index of the true class of each sample, int64 `(N,)`.
        weight: What a sample of each class counts, positive floats `(M,)`.

    Returns:
        The sum of the weighted losses, divided by the sum of their weights, 0-D.
    """
    rows = torch.arange(len(labels))
    losses = -logits.log_softmax(dim=1)[rows, labels]
    return (weight[labels] * losses).sum() / weight[labels].sum()


def hinge(logits: Tensor, labels: Tensor, margin: float = 1.0) -> Tensor:
    """Return by how much each wrong class comes too close to the true one.

    Args:
        logits: A row of scores for each sample, floats `(N, M)`.
        labels: The index of the true class of each sample, int64 `(N,)`.
        margin: The lead that the true class should have.

    Returns:
        The sum over the wrong classes, divided by M, averaged over samples, 0-D.
    """
    true = logits.gather(1, labels[:, None])
    missing = (margin - (true - logits)).clamp(min=0)
    wrong = torch.ones_like(logits).scatter(1, labels[:, None], 0)
    return (missing * wrong).mean()


def ranking_loss(first: Tensor, second: Tensor, y: Tensor, margin: float) -> Tensor:
    """Return by how much the scores of pairs miss the wanted order.

    Args:
        first: The scores of the first of each pair, floats.
        second: Those of the second, of the same shape.
        y: 1 where the first should have the higher score, -1 where the second.
        margin: The lead that it should have, at least zero.

    Returns:
        The mean over the pairs, a 0-D tensor.
    """
    return (margin - y * (first - second)).clamp(min=0).mean()


def growing_pairs(pairs: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return pairs of chicks, and which of the two the ringers think is older.

    A chick is between 10 and 30 days old. Its leg has 0.2 cm and its wing 0.3 cm for
    each day, and both scatter by 0.5 cm. The age itself is not noted.

    Args:
        pairs: How many pairs there are, at least one.
        seed: Fixes ages and scatter.

    Returns:
        Leg and wing in centimetres, float32 `(pairs, 2, 2)`: pair, chick, feature;
        and float32 `(pairs, 1)`, 1 if the first chick is older, otherwise -1.
    """
    generator = torch.Generator().manual_seed(seed)
    age = 10 + 20 * torch.rand(pairs, 2, 1, generator=generator)
    scatter = 0.5 * torch.randn(pairs, 2, 2, generator=generator)
    older = torch.where(age[:, 0] > age[:, 1], 1.0, -1.0)
    return torch.tensor([0.2, 0.3]) * age + scatter, older
