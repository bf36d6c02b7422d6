import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor

from lessons.linear_regression.gradient_descent import (
    descend,
    gradient_step,
    step_factor,
)
from lessons.linear_regression.loss import (
    best_weight,
    loss_curvature,
    loss_derivative,
    squared_error,
)

X, Y = torch.tensor(2.0), torch.tensor(6.0)  # newton, millimetres


def loss_at(weight: Tensor) -> Tensor:
    return squared_error(weight * X, Y)


def gradient_at(weight: Tensor) -> Tensor:
    return loss_derivative(weight, X, Y)


inputs = st.floats(0.1, 10) | st.floats(-10, -0.1)
values = st.floats(-10, 10)


def test_step_equals_the_step_of_sgd():
    weight = torch.nn.Parameter(torch.tensor(8.0))
    optimizer = torch.optim.SGD([weight], lr=0.03)
    expected = weight.detach().clone()
    for _ in range(5):
        expected = gradient_step(expected, gradient_at(expected), 0.03)
        optimizer.zero_grad()
        loss_at(weight).backward()
        optimizer.step()
    torch.testing.assert_close(weight.detach(), expected)


def test_descent_makes_the_worked_steps():
    weights = descend(gradient_at, start=8, learning_rate=0.1, steps=3)
    torch.testing.assert_close(weights, torch.tensor([8, 4, 3.2, 3.04]))


def test_descent_of_no_steps_is_the_start():
    weights = descend(gradient_at, start=7, learning_rate=0.1, steps=0)
    assert weights.tolist() == [7.0]


@given(x=inputs, y=values, start=values, share=st.floats(0.01, 2.5))
def test_descent_on_a_parabola_follows_the_closed_form(x, y, start, share):
    x, y = torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    curvature = loss_curvature(x)
    rate = share / curvature.item()
    weights = descend(lambda weight: loss_derivative(weight, x, y), start, rate, 6)
    best = best_weight(x, y)
    factors = step_factor(rate, curvature) ** torch.arange(7)
    expected = best + (weights[0].double() - best) * factors
    torch.testing.assert_close(
        weights.double(), expected, rtol=1e-4, atol=1e-4 * (1 + abs(best.item()))
    )


@given(x=inputs, y=values, start=values, share=st.floats(0.05, 1.95))
def test_loss_falls_while_the_rate_is_below_two_over_the_curvature(x, y, start, share):
    x, y = torch.tensor(x), torch.tensor(y)
    assume(abs(start - best_weight(x, y)) > 0.1)
    rate = share / loss_curvature(x).item()
    weights = descend(lambda weight: loss_derivative(weight, x, y), start, rate, 1)
    before, after = squared_error(weights * x, y)
    assert after < before


@given(x=inputs, y=values, start=values, share=st.floats(2.05, 4))
def test_loss_rises_above_two_over_the_curvature(x, y, start, share):
    x, y = torch.tensor(x), torch.tensor(y)
    assume(abs(start - best_weight(x, y)) > 0.1)
    rate = share / loss_curvature(x).item()
    weights = descend(lambda weight: loss_derivative(weight, x, y), start, rate, 5)
    losses = squared_error(weights * x, y).tolist()
    assert all(new > old for old, new in pairwise(losses))


def test_at_two_over_the_curvature_the_loss_stays():
    weights = descend(gradient_at, 8, (2 / loss_curvature(X)).item(), 4)
    assert weights.tolist() == [8, -2, 8, -2, 8]


@pytest.mark.parametrize("rate", [0.1, 0.001, 0.24])
def test_number_of_steps_follows_from_the_factor(rate):
    losses = loss_at(descend(gradient_at, 8, rate, 1000))
    per_step = 2 * math.log(abs(step_factor(rate, loss_curvature(X))))
    assert (losses >= 1e-3).sum() == math.ceil(math.log(1e-3 / 100) / per_step)


def test_descent_ends_in_the_valley_below_its_start():
    def gradient(weight: Tensor) -> Tensor:
        return 4 * weight**3 - 6 * weight + 1

    for start, bottom in {-1.9: -1.3008, 1.7: 1.1309}.items():
        weights = descend(gradient, start, learning_rate=0.02, steps=60)
        assert weights[-1].item() == pytest.approx(bottom, abs=1e-3)


def test_descent_on_the_mean_of_many_gradients_finds_the_least_squares_slope():
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    y = 3 * x + rng.normal(size=50)
    slope = np.linalg.lstsq(x[:, None], y, rcond=None)[0].item()
    xs, ys = torch.tensor(x), torch.tensor(y)
    weights = descend(lambda w: loss_derivative(w, xs, ys).mean(), 0, 0.2, 100)
    assert weights[-1].item() == pytest.approx(slope, abs=1e-5)
