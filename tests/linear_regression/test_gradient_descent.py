import math
from itertools import pairwise

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import Tensor

from lessons.linear_regression.gradient_descent import (
    descend,
    gradient_descent,
    gradient_step,
    step_factor,
    stop_step,
)
from lessons.linear_regression.loss import (
    best_weight,
    loss_curvature,
    loss_derivative,
    squared_error,
)

X, Y = torch.tensor(4.0), torch.tensor(-2.0)


def loss_at(weight: Tensor) -> Tensor:
    return squared_error(weight * X, Y)


def gradient_at(weight: Tensor) -> Tensor:
    return loss_derivative(weight, X, Y)


def two_valleys(weight: Tensor) -> Tensor:
    return weight**4 - 3 * weight**2 + weight


inputs = st.floats(0.1, 10) | st.floats(-10, -0.1)
values = st.floats(-10, 10)


def test_step_equals_the_step_of_sgd():
    weight = torch.nn.Parameter(torch.tensor(-4.0))
    optimizer = torch.optim.SGD([weight], lr=0.03)
    expected = weight.detach().clone()
    for _ in range(5):
        expected = gradient_step(expected, gradient_at(expected), 0.03)
        optimizer.zero_grad()
        loss_at(weight).backward()
        optimizer.step()
    torch.testing.assert_close(weight.detach(), expected)


def test_descent_makes_the_worked_steps():
    weights = descend(gradient_at, start=-4, learning_rate=1 / 40, steps=3)
    torch.testing.assert_close(weights, torch.tensor([-4, -1.2, -0.64, -0.528]))


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
    weights = descend(gradient_at, -4, (2 / loss_curvature(X)).item(), 4)
    assert weights.tolist() == [-4, 3, -4, 3, -4]


@pytest.mark.parametrize(("rate", "steps"), [(1 / 40, 4), (1 / 1000, 188)])
def test_number_of_steps_follows_from_the_factor(rate, steps):
    losses = loss_at(descend(gradient_at, -4, rate, 200))
    per_step = 2 * math.log(abs(step_factor(rate, loss_curvature(X))))
    assert (losses >= 1e-3).sum() == steps
    assert steps == math.ceil(math.log(1e-3 / 196) / per_step)


def test_gradient_descent_takes_the_path_of_the_formula():
    weights, losses = gradient_descent(loss_at, -4, 1 / 40, max_steps=3, tolerance=0)
    torch.testing.assert_close(weights, descend(gradient_at, -4, 1 / 40, 3))
    torch.testing.assert_close(losses, loss_at(weights))
    assert not weights.requires_grad


def test_gradient_descent_starts_every_step_without_a_history():
    seen = []

    def loss(weight: Tensor) -> Tensor:
        seen.append(weight.grad_fn)
        return loss_at(weight)

    gradient_descent(loss, -4, 1 / 40, max_steps=3, tolerance=0)
    assert seen == [None] * 4


def test_gradient_descent_stops_where_the_gradient_is_small():
    weights, _ = gradient_descent(loss_at, 1, 1 / 40, tolerance=1e-2)
    slopes = gradient_at(weights).abs()
    assert (slopes[:-1] >= 1e-2).all()
    assert slopes[-1] < 1e-2


def test_gradient_descent_ends_in_the_valley_below_its_start():
    roots = {-1.9: -1.3008, 1.7: 1.1309}
    for start, root in roots.items():
        weights, losses = gradient_descent(two_valleys, start, 0.02)
        assert weights[-1].item() == pytest.approx(root, abs=1e-3)
        assert losses[-1] == two_valleys(weights[-1])


def test_gradient_descent_reports_a_run_that_diverges():
    message = r"loss is inf at step 53: is learning_rate 0\.1 too large\?"
    with pytest.raises(ValueError, match=message):
        gradient_descent(loss_at, -4, 0.1)


def test_gradient_descent_reports_a_loss_that_is_not_a_number():
    with pytest.raises(ValueError, match="loss is nan at step 0"):
        gradient_descent(torch.log, -1, 0.1)


@pytest.mark.parametrize("rate", [0.0, -0.1, math.nan])
def test_gradient_descent_refuses_a_rate_that_is_not_positive(rate):
    with pytest.raises(ValueError, match="learning_rate must be positive, got"):
        gradient_descent(loss_at, -4, rate)


def test_stop_step_with_patience_one_stops_at_the_first_rise():
    assert stop_step([250, 150, 80, 50, 100], patience=1) == 4
    assert stop_step([3, 2, 2, 1], patience=1) == 2


def test_stop_step_waits_and_a_new_lowest_loss_resets_the_wait():
    assert stop_step([5, 6, 4, 5, 5, 3, 4, 4, 4, 0], patience=3) == 8


def test_stop_step_of_a_falling_loss_is_the_last_step():
    assert stop_step([3, 2, 1], patience=1) == 2


@given(losses=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_stop_step_with_patience_one_is_the_first_loss_that_does_not_fall(losses):
    rises = [k for k in range(1, len(losses)) if losses[k] >= losses[k - 1]]
    assert stop_step(losses, patience=1) == (rises[0] if rises else len(losses) - 1)
