"""Losses for classes against torch's own, and against finite differences."""

import pytest
import torch
from torch import Tensor, nn

from lessons.classification.class_losses import (
    growing_pairs,
    hinge,
    negative_log_likelihood,
    ranking_loss,
    smoothed_targets,
    soft_cross_entropy,
    weighted_binary_loss,
    weighted_cross_entropy,
)
from lessons.classification.softmax import cross_entropy

GENERATOR = torch.Generator().manual_seed(0)
LOGITS = 4 * torch.randn(9, 4, generator=GENERATOR, dtype=torch.float64)
LABELS = torch.tensor([0, 3, 1, 1, 2, 0, 3, 3, 2])


def test_negative_log_likelihood_is_the_one_of_torch() -> None:
    log_p = LOGITS.log_softmax(dim=1)
    found = negative_log_likelihood(log_p, LABELS)
    torch.testing.assert_close(found, nn.NLLLoss()(log_p, LABELS))
    torch.testing.assert_close(found, cross_entropy(LOGITS, LABELS))


def test_soft_targets_are_those_of_torch() -> None:
    targets = torch.rand(9, 4, dtype=torch.float64, generator=GENERATOR)
    targets = targets / targets.sum(dim=1, keepdim=True)
    wanted = nn.CrossEntropyLoss()(LOGITS, targets)
    torch.testing.assert_close(soft_cross_entropy(LOGITS, targets), wanted)


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 0.5, 1.0])
def test_smoothing_is_that_of_torch(smoothing: float) -> None:
    targets = smoothed_targets(LABELS, 4, smoothing)
    torch.testing.assert_close(targets.sum(dim=1), torch.ones(9))
    criterion = nn.CrossEntropyLoss(label_smoothing=smoothing)
    found = soft_cross_entropy(LOGITS.float(), targets)
    torch.testing.assert_close(found, criterion(LOGITS.float(), LABELS))


def test_weighted_losses_are_those_of_torch() -> None:
    weight = torch.tensor([1.0, 20.0, 0.5, 3.0], dtype=torch.float64)
    found = weighted_cross_entropy(LOGITS, LABELS, weight)
    wanted = nn.CrossEntropyLoss(weight=weight)(LOGITS, LABELS)
    torch.testing.assert_close(found, wanted)
    y = (LOGITS.flip(0) > 0).double()
    found = weighted_binary_loss(LOGITS, y, weight)
    wanted = nn.BCEWithLogitsLoss(pos_weight=weight)(LOGITS, y)
    torch.testing.assert_close(found, wanted)
    assert weighted_binary_loss(1000 * LOGITS, y, weight).isfinite()


@pytest.mark.parametrize("margin", [0.5, 1.0, 3.0])
def test_margins_are_those_of_torch(margin: float) -> None:
    wanted = nn.MultiMarginLoss(margin=margin)(LOGITS, LABELS)
    torch.testing.assert_close(hinge(LOGITS, LABELS, margin), wanted)
    y = torch.tensor([1.0, -1, 1, 1, -1, -1, 1, -1, 1])
    first, second = LOGITS[:, 0], LOGITS[:, 1]
    wanted = nn.MarginRankingLoss(margin=margin)(first, second, y)
    torch.testing.assert_close(ranking_loss(first, second, y, margin), wanted)


def test_gradients_match_finite_differences() -> None:
    logits = LOGITS[:4].clone().requires_grad_()
    targets = smoothed_targets(LABELS[:4], 4, 0.2).double()
    weight = torch.tensor([1.0, 2.0, 3.0, 4.0], dtype=torch.float64)
    order = torch.tensor([1.0, -1, 1, -1])

    def soft(z: Tensor) -> Tensor:
        return soft_cross_entropy(z, targets)

    def weighted(z: Tensor) -> Tensor:
        return weighted_cross_entropy(z, LABELS[:4], weight)

    def binary(z: Tensor) -> Tensor:
        return weighted_binary_loss(z, targets, weight)

    def lead(z: Tensor) -> Tensor:
        return hinge(z, LABELS[:4])

    def ranked(z: Tensor) -> Tensor:
        return ranking_loss(z[:, 0], z[:, 1], order, 1.0)

    for loss in (soft, weighted, binary, lead, ranked):
        assert torch.autograd.gradcheck(loss, logits)


def test_growing_pairs_grow_with_age() -> None:
    x, older = growing_pairs(pairs=50_000, seed=2)
    assert x.shape == (50_000, 2, 2)
    assert older.shape == (50_000, 1)
    assert x.dtype == older.dtype == torch.float32
    assert older.unique().tolist() == [-1, 1]
    means = x.mean(dim=(0, 1))
    assert means.tolist() == pytest.approx([4, 6], abs=0.05)
    larger = (x.sum(dim=2)[:, 0] > x.sum(dim=2)[:, 1]).float() * 2 - 1
    assert (larger == older.flatten()).float().mean() > 0.9
    assert torch.equal(growing_pairs(9, seed=1)[0], growing_pairs(9, seed=1)[0])
    assert not torch.equal(growing_pairs(9, seed=1)[0], growing_pairs(9, seed=2)[0])
