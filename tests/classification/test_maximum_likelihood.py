"""The log-likelihood against torch's losses, the product, and the closed form."""

import math

import pytest
import torch
from torch import nn

from lessons.classification.coin import likelihood, toss
from lessons.classification.maximum_likelihood import log_likelihood


def test_it_is_the_logarithm_of_the_product() -> None:
    y = torch.tensor([1.0, 0.0, 1.0, 1.0])
    theta = torch.tensor([[0.2], [0.5], [0.9]])
    assert log_likelihood(theta, y).shape == (3,)
    torch.testing.assert_close(log_likelihood(theta, y).exp(), likelihood(theta, y))
    each = torch.tensor([0.3, 0.6, 0.8, 0.1])
    torch.testing.assert_close(log_likelihood(each, y).exp(), likelihood(each, y))


def test_its_negative_mean_is_the_loss_of_torch() -> None:
    torch.manual_seed(0)
    z = 3 * torch.randn(50)
    y = (torch.rand(50) < 0.4).float()
    mean = -log_likelihood(torch.sigmoid(z), y) / 50
    torch.testing.assert_close(mean, nn.functional.binary_cross_entropy(z.sigmoid(), y))
    wanted = nn.functional.binary_cross_entropy_with_logits(z, y)
    torch.testing.assert_close(mean, wanted)


def test_the_impossible_is_minus_infinity_and_the_certain_costs_nothing() -> None:
    y = torch.tensor([1.0, 1.0])
    assert log_likelihood(torch.tensor(0.0), y) == -math.inf
    assert log_likelihood(torch.tensor(1.0), y) == 0
    assert log_likelihood(torch.tensor(0.0), 1 - y) == 0


def test_it_is_highest_at_the_share() -> None:
    y = toss(0.7, 5000).double()
    theta = y.mean().requires_grad_()
    log_likelihood(theta, y).backward()
    assert theta.grad is not None
    assert theta.grad.item() == pytest.approx(0, abs=1e-8)
    for other in (theta.item() - 0.01, theta.item() + 0.01):
        lower = log_likelihood(torch.tensor(other, dtype=torch.float64), y)
        assert lower < log_likelihood(theta, y)


def test_the_gradient_of_the_logit_is_prediction_minus_target() -> None:
    y = torch.tensor([1.0, 0.0, 1.0])
    z = torch.tensor([0.4, -1.0, 2.0], requires_grad=True)
    (-log_likelihood(torch.sigmoid(z), y)).backward()
    assert z.grad is not None
    torch.testing.assert_close(z.grad, torch.sigmoid(z.detach()) - y)
