import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import r2_score

from fitted import predict, table
from lessons.linear_regression.residuals import (
    draw_residuals,
    draw_squares,
    r_squared,
    squared_correlation,
    variation_ratio,
)


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


@given(seed=st.integers(0, 10_000), factor=st.floats(-3, 3))
def test_r_squared_equals_that_of_sklearn_for_any_predictions(seed, factor):
    x, y = (part.double() for part in table(seed))
    prediction = factor * x[:, :1] + 1
    expected = r2_score(y.numpy(), prediction.numpy())
    assert r_squared(prediction, y).item() == pytest.approx(expected)
    flat = r_squared(prediction.flatten(), y.flatten())
    assert flat.item() == pytest.approx(expected)


def test_r_squared_of_the_mean_is_zero_and_of_the_targets_one():
    _, y = table(11)
    assert r_squared(y, y) == 1
    assert r_squared(y.mean().expand_as(y), y) == 0


def test_r_squared_refuses_shapes_that_would_broadcast():
    with pytest.raises(ValueError, match="they must be equal"):
        r_squared(torch.zeros(3, 1), torch.arange(3.0))


@pytest.mark.parametrize("y", [[2.0, 2.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_r_squared_refuses_targets_without_a_variance(y):
    with pytest.raises(ValueError, match="the variance of the target is"):
        r_squared(torch.zeros(2, 1), torch.tensor(y).view(-1, 1))


@given(seed=st.integers(0, 10_000))
def test_three_formulas_agree_for_least_squares_on_its_own_data(seed):
    x, y = (part.double() for part in table(seed))
    fit = predict(x, y)
    torch.testing.assert_close(variation_ratio(fit, y), r_squared(fit, y))
    torch.testing.assert_close(squared_correlation(fit, y), r_squared(fit, y))


def test_only_the_residual_form_notices_a_reversed_sign():
    x, y = (part.double() for part in table(12))
    fit = predict(x, y)
    torch.testing.assert_close(
        squared_correlation(-2 * fit, y), squared_correlation(fit, y)
    )
    assert r_squared(-2 * fit, y) < 0 < variation_ratio(-2 * fit, y)


def test_correlation_equals_that_of_numpy():
    prediction, y = table(13, features=1)
    expected = np.corrcoef(prediction.flatten(), y.flatten())[0, 1] ** 2
    assert squared_correlation(prediction, y).item() == pytest.approx(
        expected, rel=1e-5
    )


def test_residuals_are_drawn_over_the_predictions(ax):
    draw_residuals(ax, torch.tensor([[1.0], [2.0]]), torch.tensor([[4.0], [1.0]]))
    zero, points = ax.get_lines()
    assert set(zero.get_ydata()) == {0}
    assert points.get_xydata().tolist() == [[1, 3], [2, -1]]


def test_squares_have_the_squared_errors_as_areas(ax):
    hours = torch.tensor([[1.0], [2.0], [3.0]])
    distance = torch.tensor([[4.0], [4.0], [6.0]])
    prediction = 3 * hours
    draw_squares(ax, hours, distance, prediction)
    boxes = [patch.get_bbox() for patch in ax.patches]
    assert [abs(box.width * box.height) for box in boxes] == [1, 4, 9]
    ends = [sorted([box.y0, box.y1]) for box in boxes]
    assert ends == [[3, 4], [4, 6], [6, 9]]
    assert [max(box.x0, box.x1) for box in boxes] == [1, 4, 6]
    assert ax.get_aspect() == 1
