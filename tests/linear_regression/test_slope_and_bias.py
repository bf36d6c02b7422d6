import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lessons.linear_regression.cost_surface import gradient_vector, line_cost
from lessons.linear_regression.prediction import line
from lessons.linear_regression.slope_and_bias import (
    cost_gradient,
    cost_hessian,
    descent_path,
    slowest_factor,
)
from lessons.linear_regression.training import noisy_line

DOUBLE = torch.float64
X = torch.arange(-3, 3, 0.1, dtype=DOUBLE).view(-1, 1)
Y = X - 1 + 0.1 * torch.sin(7 * X)
START = torch.tensor([-15.0, -10.0], dtype=DOUBLE)

numbers = st.floats(-10, 10)
columns = st.lists(numbers, min_size=2, max_size=8).map(
    lambda values: torch.tensor(values, dtype=DOUBLE).view(-1, 1)
)


def least_squares(x, y):
    weight, bias = np.polyfit(x.flatten().numpy(), y.flatten().numpy(), deg=1)
    return torch.tensor([weight, bias], dtype=DOUBLE)


@given(weight=numbers, bias=numbers, x=columns, data=st.data())
def test_gradient_agrees_with_autograd(weight, bias, x, data):
    targets = data.draw(st.lists(numbers, min_size=len(x), max_size=len(x)))
    y = torch.tensor(targets, dtype=DOUBLE).view(-1, 1)
    values = [torch.tensor(value, dtype=DOUBLE) for value in (weight, bias)]
    leaves = [value.clone().requires_grad_() for value in values]
    error = nn.functional.mse_loss(line(x, *leaves), y)
    expected = torch.autograd.grad(error, leaves)
    torch.testing.assert_close(cost_gradient(*values, x, y), expected)


def test_path_is_that_of_sgd_on_a_linear_layer():
    layer = nn.Linear(1, 1, dtype=DOUBLE)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.07)
    start = torch.cat([p.detach().flatten() for p in layer.parameters()])
    path = descent_path(start, X, Y, learning_rate=0.07, epochs=4)
    for epoch in range(4):
        loss = nn.functional.mse_loss(layer(X), Y)
        torch.testing.assert_close(line_cost(path[epoch], X, Y), loss.detach())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        point = torch.cat([p.detach().flatten() for p in layer.parameters()])
        torch.testing.assert_close(path[epoch + 1], point)


def test_path_refuses_targets_that_are_no_column():
    with pytest.raises(ValueError, match="must be equal"):
        descent_path(START, X, Y.flatten(), learning_rate=0.07, epochs=4)


@pytest.mark.parametrize(
    ("seed", "true_weight", "true_bias", "costs", "ends"),
    [
        (1, 1.0, -1.0, [835.28, 175.47, 55.03], {1: (-5.481, -8.365)}),
        (1, 1.0, -1.0, [835.28], {15: (0.998, -1.354), 60: (1.0064, -1.0223)}),
        (0, 1.0, -1.0, [], {15: (0.998, -1.327)}),
        (0, -3.0, 0.0, [520.80, 134.06, 54.04, 29.53], {4: (-3.3982, -4.2106)}),
    ],
)
def test_path_passes_the_values_of_the_course(
    seed, true_weight, true_bias, costs, ends
):
    torch.manual_seed(seed)
    x = torch.arange(-3, 3, 0.1).view(-1, 1)
    y = noisy_line(x, true_weight, true_bias, std=0.1)
    path = descent_path(START.float(), x, y, learning_rate=0.1, epochs=60)
    found = [line_cost(point, x, y).item() for point in path[: len(costs)]]
    assert found == pytest.approx(costs, abs=0.01)
    for epoch, end in ends.items():
        assert path[epoch].tolist() == pytest.approx(end, abs=6e-4)


def test_path_is_that_of_the_gradient_formula_and_keeps_the_start():
    start = START.clone()
    path = descent_path(start, X, Y, learning_rate=0.1, epochs=5)
    point = START
    for epoch in range(6):
        torch.testing.assert_close(path[epoch], point)
        point = point - 0.1 * gradient_vector(point, X, Y)
    assert torch.equal(start, START)
    assert not path.requires_grad


def test_descent_ends_at_the_least_squares_line():
    end = descent_path(START, X, Y, learning_rate=0.25, epochs=80)[-1]
    torch.testing.assert_close(end, least_squares(X, Y))


@given(x=columns, weight=numbers, bias=numbers)
def test_hessian_equals_that_of_autograd(x, weight, bias):
    point = torch.tensor([weight, bias], dtype=DOUBLE)
    target = torch.zeros_like(x)
    expected = torch.autograd.functional.hessian(
        lambda parameters: line_cost(parameters, x, target), point
    )
    torch.testing.assert_close(cost_hessian(x), expected)


def test_distances_along_the_axes_shrink_by_one_minus_rate_times_curvature():
    best = least_squares(X, Y)
    curvatures, axes = torch.linalg.eigh(cost_hessian(X))
    path = descent_path(START, X, Y, learning_rate=0.1, epochs=12)
    distances = (path - best) @ axes
    expected = distances[0] * (1 - 0.1 * curvatures) ** torch.arange(13).view(-1, 1)
    torch.testing.assert_close(distances, expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(("share", "comes_nearer"), [(0.98, True), (1.02, False)])
def test_descent_diverges_above_two_over_the_largest_curvature(share, comes_nearer):
    best = least_squares(X, Y)
    curvatures = torch.linalg.eigvalsh(cost_hessian(X))
    rate = share * 2 / curvatures.max().item()
    path = descent_path(START, X, Y, rate, epochs=200)
    apart = (path - best).norm(dim=1)
    assert (apart[200] < apart[100]).item() is comes_nearer
    assert (slowest_factor(rate, curvatures) < 1).item() is comes_nearer


@given(least=st.floats(0.1, 5), ratio=st.floats(1.01, 50), other=st.floats(0.01, 0.99))
def test_no_rate_is_better_than_two_over_the_sum_of_the_curvatures(least, ratio, other):
    curvatures = torch.tensor([least, ratio * least], dtype=DOUBLE)
    best_rate = 2 / curvatures.sum().item()
    best = slowest_factor(best_rate, curvatures)
    assert best.item() == pytest.approx((ratio - 1) / (ratio + 1))
    other_factor = slowest_factor(2 * other / curvatures.max().item(), curvatures)
    assert best <= other_factor + 1e-12
