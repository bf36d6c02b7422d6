import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression as LeastSquares
from sklearn.metrics import mean_squared_error as sklearn_error

from lessons.linear_regression.cost import (
    cost,
    cost_curvature,
    cost_derivative,
    least_squares_weight,
)
from lessons.linear_regression.gradient_descent import descend

HOURS = torch.tensor([[1.0], [2.0], [3.0]])
DISTANCE = torch.tensor([[4.0], [4.0], [6.0]])
numbers = st.floats(-10, 10)
samples = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20)


def double(value):
    return torch.tensor(value, dtype=torch.float64)


def columns(pairs):
    x, y = double(pairs).T.unsqueeze(-1)
    return x, y


@given(weight=numbers, pairs=samples)
def test_cost_is_the_mean_squared_error_of_sklearn(weight, pairs):
    x, y = columns(pairs)
    value = cost(double(weight), x, y)
    assert value.ndim == 0
    assert value.item() == pytest.approx(sklearn_error(y, weight * x), abs=1e-9)


def test_cost_of_the_worked_walks():
    assert cost(torch.tensor(3.0), HOURS, DISTANCE).item() == pytest.approx(14 / 3)
    assert cost(torch.tensor(2.0), HOURS, DISTANCE).item() == pytest.approx(4 / 3)
    assert cost_derivative(torch.tensor(3.0), HOURS, DISTANCE) == 8


def test_cost_refuses_a_row_of_targets():
    with pytest.raises(ValueError, match="they must be equal"):
        cost(torch.tensor(3.0), HOURS, DISTANCE.flatten())


@given(weight=numbers, pairs=samples)
def test_derivative_agrees_with_autograd(weight, pairs):
    x, y = columns(pairs)
    weight = double(weight).requires_grad_()
    (expected,) = torch.autograd.grad(cost(weight, x, y), weight)
    torch.testing.assert_close(cost_derivative(weight.detach(), x, y), expected)


@given(weight=numbers, pairs=samples)
def test_derivative_agrees_with_a_difference(weight, pairs):
    x, y = columns(pairs)
    difference = cost(double(weight + 0.5), x, y) - cost(double(weight - 0.5), x, y)
    torch.testing.assert_close(
        cost_derivative(double(weight), x, y), difference, rtol=1e-9, atol=1e-9
    )


@given(weight=numbers, pairs=samples)
def test_curvature_is_the_second_derivative_of_autograd(weight, pairs):
    x, y = columns(pairs)
    expected = torch.autograd.functional.hessian(
        lambda weight: cost(weight, x, y), double(weight)
    )
    torch.testing.assert_close(cost_curvature(x), expected)


@given(pairs=samples)
def test_best_weight_is_that_of_least_squares_without_intercept(pairs):
    x, y = columns([(4.0, -2.0), *pairs])
    expected = LeastSquares(fit_intercept=False).fit(x, y).coef_.item()
    assert least_squares_weight(x, y).item() == pytest.approx(expected, abs=1e-9)


def test_best_weight_is_the_mean_of_all_weights_by_the_squares_of_the_inputs():
    expected = np.average(DISTANCE / HOURS, weights=HOURS**2)
    assert least_squares_weight(HOURS, DISTANCE).item() == pytest.approx(expected)


@pytest.mark.parametrize("share", [0.1, 0.9, 1.1, 1.9])
def test_descent_arrives_below_two_over_the_curvature(share):
    rate = share / cost_curvature(HOURS).item()
    path = descend(lambda w: cost_derivative(w, HOURS, DISTANCE), 0, rate, 300)
    assert path[-1].item() == pytest.approx(15 / 7, abs=1e-4)


def test_descent_diverges_above_two_over_the_curvature():
    rate = 2.1 / cost_curvature(HOURS).item()
    path = descend(lambda w: cost_derivative(w, HOURS, DISTANCE), 0, rate, 20)
    distances = (path - 15 / 7).abs()
    assert (distances.diff() > 0).all()


@pytest.mark.parametrize(
    ("weight", "xs", "ys", "derivative"),
    [
        (3, [1, 2], [1, 2], 10),
        (-1, [1, 2], [1, 2], -10),
        (-1, [-1, -2], [-1, -2], -10),
        (3, [-1, -2], [-1, -2], 10),
        (0, [2, 2], [1, -1], 0),
        (0, [-1, 1], [1, 1], 0),
        (0, [-1, 1], [1, -1], 2),
        (0, [1, 3], [1, -1], 2),
        (0, [1, 5], [10, -10], 40),
    ],
)
def test_sign_depends_on_side_and_input(weight, xs, ys, derivative):
    x, y = (torch.tensor(values).view(-1, 1).float() for values in (xs, ys))
    assert cost_derivative(torch.tensor(float(weight)), x, y) == derivative
