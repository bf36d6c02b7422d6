"""The sigmoid against torch, its own derivative, and the theory of two bells."""

import pytest
import torch

from lessons.classification.sigmoid import (
    log_odds,
    sigmoid,
    sigmoid_derivative,
    stable_sigmoid,
)
from lessons.classification.thresholds import chicks

SCORES = torch.linspace(-12, 12, 97, dtype=torch.float64)


def test_both_formulas_are_those_of_torch() -> None:
    for function in (sigmoid, stable_sigmoid):
        torch.testing.assert_close(function(SCORES), torch.sigmoid(SCORES))
        torch.testing.assert_close(
            function(SCORES.reshape(-1, 1)), torch.sigmoid(SCORES.reshape(-1, 1))
        )
        assert function(torch.tensor(0.0)).item() == 0.5


def test_the_odds_undo_the_sigmoid() -> None:
    torch.testing.assert_close(log_odds(torch.sigmoid(SCORES)), SCORES)
    torch.testing.assert_close(
        log_odds(torch.tensor([0.0, 0.2, 0.9, 1.0])),
        torch.logit(torch.tensor([0.0, 0.2, 0.9, 1.0])),
    )


def test_the_derivative_is_that_of_finite_differences_and_autograd() -> None:
    step = 1e-6
    slopes = (torch.sigmoid(SCORES + step) - torch.sigmoid(SCORES - step)) / (2 * step)
    torch.testing.assert_close(sigmoid_derivative(SCORES), slopes, rtol=1e-6, atol=1e-9)
    assert sigmoid_derivative(SCORES).max().item() == 0.25
    for function in (sigmoid, stable_sigmoid):
        z = SCORES.clone().requires_grad_()
        function(z).sum().backward()
        torch.testing.assert_close(z.grad, sigmoid_derivative(SCORES))


def test_the_stable_one_stays_finite_and_the_formula_does_not() -> None:
    far = [-1000.0, -100.0, 0.0, 100.0, 1000.0]
    z = torch.tensor(far, requires_grad=True)
    values = stable_sigmoid(z)
    values.sum().backward()
    torch.testing.assert_close(values, torch.sigmoid(z))
    assert z.grad is not None
    assert z.grad.tolist() == pytest.approx([0, 0, 0.25, 0, 0])
    z = torch.tensor(far, requires_grad=True)
    sigmoid(z).sum().backward()
    assert z.grad is not None
    assert z.grad.isnan().tolist() == [True, True, False, False, False]


def test_of_two_bells_the_shares_are_a_sigmoid() -> None:
    x, kind = chicks(200_000, seed=3)
    z = (x @ torch.tensor([3.0, 4.0]) - 39.5) / 1.5**2
    middles = torch.arange(-4.0, 4.5, 0.5)
    near = [kind[(z - middle).abs() < 0.25].float().mean() for middle in middles]
    shares = torch.stack(near)
    torch.testing.assert_close(shares, torch.sigmoid(middles), rtol=0, atol=0.02)
