import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.linear_regression.loss import (
    best_weight,
    loss_curvature,
    loss_derivative,
    squared_error,
)

numbers = st.floats(-10, 10)


def double(value):
    return torch.tensor(value, dtype=torch.float64)


def test_squared_error_is_the_unreduced_loss_of_torch():
    prediction, target = torch.randn(2, 7, generator=torch.Generator().manual_seed(0))
    expected = torch.nn.functional.mse_loss(prediction, target, reduction="none")
    torch.testing.assert_close(squared_error(prediction, target), expected)


@given(weight=numbers, x=numbers, y=numbers)
def test_derivative_agrees_with_autograd(weight, x, y):
    weight, x, y = double(weight).requires_grad_(), double(x), double(y)
    (expected,) = torch.autograd.grad(squared_error(weight * x, y), weight)
    torch.testing.assert_close(loss_derivative(weight.detach(), x, y), expected)


@given(weight=numbers, x=numbers, y=numbers)
def test_derivative_agrees_with_a_finite_difference(weight, x, y):
    weight, x, y = double(weight), double(x), double(y)
    after = squared_error((weight + 0.5) * x, y)
    before = squared_error((weight - 0.5) * x, y)
    torch.testing.assert_close(
        loss_derivative(weight, x, y), after - before, rtol=1e-9, atol=1e-9
    )


def test_derivatives_of_several_samples_add_up_to_that_of_their_total_loss():
    weight = double(-0.3).requires_grad_()
    xs, ys = double([4.0, -2.0, 1.0]), double([-2.0, 4.0, 5.0])
    total = squared_error(weight * xs, ys).sum()
    (expected,) = torch.autograd.grad(total, weight)
    each = loss_derivative(weight.detach(), xs, ys)
    assert each.shape == (3,)
    torch.testing.assert_close(each.sum(), expected)


@given(weight=numbers, x=numbers, y=numbers)
def test_curvature_is_the_second_derivative_of_autograd(weight, x, y):
    weight, x, y = double(weight).requires_grad_(), double(x), double(y)
    loss = squared_error(weight * x, y)
    (slope,) = torch.autograd.grad(loss, weight, create_graph=True)
    (expected,) = torch.autograd.grad(slope, weight)
    torch.testing.assert_close(loss_curvature(x), expected)


@given(x=st.floats(0.1, 10) | st.floats(-10, -0.1), y=numbers, distance=numbers)
def test_no_other_weight_has_a_lower_loss(x, y, distance):
    x, y = double(x), double(y)
    best = best_weight(x, y)
    loss = squared_error(best * x, y)
    assert loss == pytest.approx(0, abs=1e-12)
    expected = loss_curvature(x) / 2 * distance**2
    actual = squared_error((best + distance) * x, y)
    torch.testing.assert_close(actual, expected, rtol=1e-9, atol=1e-9)


def test_best_weight_solves_least_squares():
    x, y = torch.tensor(-2.0), torch.tensor(4.0)
    expected = torch.linalg.lstsq(x.reshape(1, 1), y.reshape(1, 1)).solution
    torch.testing.assert_close(best_weight(x, y).reshape(1, 1), expected)


def test_sample_with_input_zero_has_no_best_weight():
    zero = torch.tensor(0.0)
    assert best_weight(zero, torch.tensor(-2.0)) == -torch.inf
    assert best_weight(zero, zero).isnan()
    weights = torch.linspace(-3, 3, 7)
    assert squared_error(weights * zero, torch.tensor(-2.0)).tolist() == [4.0] * 7


@pytest.mark.parametrize(
    ("weight", "loss", "derivative"),
    [(5, 484, 176), (1, 36, 48), (-1, 4, -16), (-5, 324, -144), (-0.5, 0, 0)],
)
def test_values_of_the_worked_sample(weight, loss, derivative):
    weight, x, y = torch.tensor(float(weight)), torch.tensor(4.0), torch.tensor(-2.0)
    assert squared_error(weight * x, y) == loss
    assert loss_derivative(weight, x, y) == derivative
