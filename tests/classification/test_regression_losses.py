"""Losses for numbers against torch, finite differences and NumPy in float64."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.distributions import MultivariateNormal

from lessons.classification.regression_losses import (
    absolute_error,
    gaussian_nll,
    huber,
    mahalanobis,
    swaying_readings,
)

ERRORS = torch.tensor([[0.3, -0.7, 1.0], [2.0, -5.5, 0.0]], dtype=torch.float64)
ZEROS = torch.zeros_like(ERRORS)


def test_absolute_error_is_the_one_of_torch() -> None:
    wanted = nn.L1Loss(reduction="none")(ERRORS, ZEROS)
    torch.testing.assert_close(absolute_error(ERRORS), wanted)


@pytest.mark.parametrize("delta", [0.1, 0.7, 1.0, 2.0, 10.0])
def test_huber_is_the_one_of_torch_and_smooth_l1_times_delta(delta: float) -> None:
    wanted = nn.HuberLoss(reduction="none", delta=delta)(ERRORS, ZEROS)
    torch.testing.assert_close(huber(ERRORS, delta), wanted)
    smooth = nn.SmoothL1Loss(reduction="none", beta=delta)(ERRORS, ZEROS)
    torch.testing.assert_close(huber(ERRORS, delta) / delta, smooth)


def test_the_derivative_of_huber_is_the_clamped_error() -> None:
    error = ERRORS.clone().requires_grad_()
    huber(error, 0.8).sum().backward()
    torch.testing.assert_close(error.grad, ERRORS.clamp(-0.8, 0.8))


def test_gradients_match_finite_differences() -> None:
    error = torch.tensor([0.4, -1.7, 3.2], dtype=torch.float64, requires_grad=True)
    variance = torch.tensor([0.5, 1.0, 4.0], dtype=torch.float64, requires_grad=True)

    def huber_half(e: Tensor) -> Tensor:
        return huber(e, 0.5)

    assert torch.autograd.gradcheck(absolute_error, error)
    assert torch.autograd.gradcheck(huber_half, error)
    assert torch.autograd.gradcheck(gaussian_nll, (error, variance))


@pytest.mark.parametrize("full", [False, True])
def test_gaussian_nll_is_the_one_of_torch_and_a_density(full: bool) -> None:
    variance = torch.tensor([[0.5, 1.0, 4.0]], dtype=torch.float64).repeat(2, 1)
    constant = math.log(2 * math.pi) / 2 if full else 0.0
    criterion = nn.GaussianNLLLoss(full=full, reduction="none")
    found = gaussian_nll(ERRORS, variance) + constant
    torch.testing.assert_close(found, criterion(ERRORS, ZEROS, variance))
    if full:
        density = torch.distributions.Normal(ZEROS, variance.sqrt())
        torch.testing.assert_close(found, -density.log_prob(ERRORS))


def test_gaussian_nll_is_lowest_at_the_squared_error() -> None:
    error = torch.tensor(1.5)
    best = gaussian_nll(error, error**2)
    for factor in (0.9, 1.1):
        assert gaussian_nll(error, factor * error**2) > best


def test_mahalanobis_is_its_formula_and_part_of_the_density() -> None:
    covariance = torch.tensor([[2.0, 0.6, 0], [0.6, 1, -0.3], [0, -0.3, 0.5]])
    covariance = covariance.double()
    inverse = np.linalg.inv(covariance.numpy())
    rows = ERRORS.numpy()
    wanted = [math.sqrt(row @ inverse @ row) for row in rows]
    found = mahalanobis(ERRORS, covariance)
    np.testing.assert_allclose(found.numpy(), wanted)
    density = MultivariateNormal(torch.zeros(3).double(), covariance)
    nll = found**2 / 2 + 1.5 * math.log(2 * math.pi) + covariance.logdet() / 2
    torch.testing.assert_close(nll, -density.log_prob(ERRORS))


def test_with_the_identity_mahalanobis_is_the_length() -> None:
    found = mahalanobis(ERRORS, torch.eye(3, dtype=torch.float64))
    torch.testing.assert_close(found, ERRORS.norm(dim=1))


def test_swaying_readings_scatter_as_described() -> None:
    x, y = swaying_readings(readings=100_000, seed=3)
    assert x.shape == y.shape == (100_000, 1)
    assert x.dtype == y.dtype == torch.float32
    assert x.min() >= 0
    assert x.max() <= 6
    scaled = (y - 3 * x - 4) / (0.5 * torch.exp(0.3 * x))
    for part in (x < 2, x > 4):
        assert scaled[part].mean().abs() < 0.02
        assert scaled[part].std() == pytest.approx(1, abs=0.02)
    assert torch.equal(swaying_readings(seed=4)[1], swaying_readings(seed=4)[1])
    assert not torch.equal(swaying_readings(seed=4)[1], swaying_readings(seed=5)[1])
