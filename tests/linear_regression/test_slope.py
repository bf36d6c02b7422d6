import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression as LeastSquares

from lessons.linear_regression.cost import (
    best_slope,
    cost_curvature,
    cost_derivative,
)
from lessons.linear_regression.gradient_descent import descend
from lessons.linear_regression.slope import (
    check_progress,
    check_samples,
    train_epoch,
    train_slope,
)
from lessons.linear_regression.training import noisy_line

X = torch.arange(-3, 3, 0.1).view(-1, 1)


def readings(seed):
    torch.manual_seed(seed)
    return noisy_line(X, weight=-3.0, bias=0.0, std=0.1)


def test_epoch_is_one_step_of_sgd():
    y = readings(0)
    weight = torch.tensor(-10.0, requires_grad=True)
    other = torch.nn.Parameter(torch.tensor(-10.0))
    optimizer = torch.optim.SGD([other], lr=0.1)
    for _ in range(5):
        expected = torch.nn.functional.mse_loss(other * X, y)
        optimizer.zero_grad()
        expected.backward()
        optimizer.step()
        loss = train_epoch(weight, X, y, learning_rate=0.1)
        assert loss == pytest.approx(expected.item(), rel=1e-5)
        torch.testing.assert_close(weight, other.detach(), check_stride=False)


def test_epoch_leaves_a_leaf_with_a_zero_gradient():
    weight = torch.tensor(-10.0, requires_grad=True)
    train_epoch(weight, X, readings(0), learning_rate=0.1)
    assert weight.is_leaf
    assert weight.requires_grad
    assert weight.grad == 0


@pytest.mark.parametrize(
    ("seed", "weights", "losses"),
    [
        (0, (-5.7939, -4.1129, -3.4411), (147.3502, 23.5436, 3.7676, 0.6087)),
        (1, (-5.7936, -4.1125, -3.4406), (147.3731, 23.5473, 3.7682, 0.6088)),
        (42, (-5.7947, -4.1140, -3.4423), (147.2981, 23.5371, 3.7683, 0.6106)),
    ],
)
def test_three_epochs_of_the_course(seed, weights, losses):
    found, history = train_slope(X, readings(seed), -10, 0.1, epochs=3)
    assert found == pytest.approx([-10, *weights], abs=1e-4)
    assert history == pytest.approx(losses, abs=1e-3)


def test_training_takes_the_path_of_the_formula():
    y = readings(0)
    weights, losses = train_slope(X, y, -10, 0.1, epochs=6)
    expected = descend(lambda w: cost_derivative(w, X, y), -10, 0.1, 6)
    assert weights == pytest.approx(expected.tolist(), abs=1e-5)
    errors = [np.mean((w * X.numpy() - y.numpy()) ** 2) for w in weights]
    assert losses == pytest.approx(errors, rel=1e-4)


def test_training_arrives_at_least_squares():
    y = readings(0)
    weights, _ = train_slope(X, y, start=5, learning_rate=0.1, epochs=40)
    expected = LeastSquares(fit_intercept=False).fit(X, y).coef_.item()
    assert weights[-1] == pytest.approx(expected, abs=1e-4)


@given(share=st.floats(0.05, 1.95), start=st.floats(-20, 20))
def test_no_run_below_the_border_is_stopped(share, start):
    rate = share / cost_curvature(X).item()
    weights, losses = train_slope(X, readings(0), start, rate, epochs=60)
    assert len(weights) == len(losses) == 61
    assert losses[-1] <= losses[0] * (1 + 1e-5)


def test_a_start_at_the_minimum_is_not_taken_for_divergence():
    y = readings(0)
    best = best_slope(X, y).item()
    weights, _ = train_slope(X, y, start=best, learning_rate=0.3, epochs=50)
    assert weights == pytest.approx([best] * 51, abs=1e-5)


@pytest.mark.parametrize("rate", [0.335, 0.4, 10.0])
@pytest.mark.parametrize("epochs", [1, 2, 500])
def test_a_diverging_run_is_stopped_in_its_first_epoch(rate, epochs):
    with pytest.raises(ValueError, match=r"diverges.* in epoch 1; .* below 0\.3331"):
        train_slope(X, readings(0), -10, rate, epochs)


def test_numbers_too_large_for_their_squares_are_reported():
    large = torch.tensor([[1e30], [2e30]])
    with pytest.raises(ValueError, match="diverges: the loss is inf at the start"):
        train_slope(large, large, 0, 0.1, epochs=3)


@pytest.mark.parametrize("rate", [0.0, -0.1, math.nan])
def test_a_rate_that_is_not_positive_is_refused(rate):
    with pytest.raises(ValueError, match="learning_rate must be positive, got"):
        train_slope(X, readings(0), -10, rate, epochs=3)


def test_a_row_of_targets_is_refused():
    with pytest.raises(ValueError, match="they must be equal") as caught:
        train_slope(X, readings(0).flatten(), -10, 0.1, epochs=3)
    assert "x has shape (60, 1) and y has shape (60,)" in str(caught.value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["x", "y"])
def test_a_value_that_is_not_finite_is_reported_with_its_place(name, value):
    columns = {"x": X.clone(), "y": readings(0)}
    columns[name][[7, 30]] = value
    pattern = f"{name} is nan or infinite in 2 of 60 samples, first in sample 7"
    with pytest.raises(ValueError, match=pattern):
        check_samples(**columns)


def test_whole_numbers_and_empty_columns_are_refused():
    whole = torch.tensor([[1], [2]])
    with pytest.raises(TypeError, match=r"torch\.int64.*y\.float\(\)"):
        check_samples(whole.float(), whole)
    with pytest.raises(ValueError, match="nothing to learn from"):
        check_samples(torch.zeros(0, 1), torch.zeros(0, 1))


def test_good_samples_pass():
    check_samples(X, readings(0))
    check_samples(X.flatten(), readings(0).flatten())


def test_progress_tells_rounding_from_divergence():
    check_progress([2.0, 1.0, 1.0000001], learning_rate=0.1, limit=0.3)
    check_progress([2.0, 1.0], learning_rate=0.4, limit=0.3)
    with pytest.raises(ValueError, match="in epoch 2"):
        check_progress([2.0, 1.0, 1.5], learning_rate=0.4, limit=0.3)
    with pytest.raises(ValueError, match="and nan in epoch 1"):
        check_progress([2.0, math.nan], learning_rate=0.1, limit=0.3)
