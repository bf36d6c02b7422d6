import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression as LeastSquares
from torch import nn

from fitted import predict, table
from lessons.linear_regression.least_squares import (
    check_table,
    design_matrix,
    least_line,
    least_squares,
    train_linear,
)


@given(seed=st.integers(0, 10_000), rows=st.integers(3, 50))
def test_line_equals_that_of_polyfit(seed, rows):
    x, y = (part.double() for part in table(seed, rows, 1))
    slope, intercept = np.polyfit(x.flatten().numpy(), y.flatten().numpy(), 1)
    line = least_line(x, y)
    np.testing.assert_allclose(line, [slope, intercept], rtol=1e-6, atol=1e-8)


def test_design_matrix_has_the_ones_in_front():
    design = design_matrix(torch.tensor([[2.0, 3.0], [4.0, 5.0]]))
    assert design.tolist() == [[1, 2, 3], [1, 4, 5]]


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_weights_equal_those_of_sklearn_and_have_the_shapes_of_a_layer(seed):
    x, y = table(seed)
    weight, bias = least_squares(x, y)
    exact = LeastSquares().fit(x.double().numpy(), y.double().numpy())
    layer = nn.Linear(3, 1)
    assert weight.shape == layer.weight.shape
    assert bias.shape == layer.bias.shape
    assert weight.dtype == bias.dtype == torch.float32
    np.testing.assert_allclose(weight, exact.coef_, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(bias, exact.intercept_, rtol=1e-5)


def test_diabetes_weights_equal_those_of_sklearn():
    x, y = load_diabetes(return_X_y=True)
    exact = LeastSquares().fit(x, y)
    weight, bias = least_squares(torch.from_numpy(x), torch.from_numpy(y).view(-1, 1))
    np.testing.assert_allclose(weight[0], exact.coef_, rtol=1e-8)
    assert bias.item() == pytest.approx(exact.intercept_)


def test_residuals_are_orthogonal_to_every_column():
    x, y = (part.double() for part in table(3))
    residual = y - predict(x, y)
    torch.testing.assert_close(
        design_matrix(x).T @ residual, torch.zeros(4, 1).double(), atol=1e-9, rtol=0
    )


@pytest.mark.parametrize("unit", [1e-20, 1e-6, 1e6, 1e20])
def test_unit_of_a_feature_does_not_change_the_predictions(unit):
    x, y = table(4)
    other = x * torch.tensor([1.0, unit, 1.0])
    torch.testing.assert_close(predict(other, y), predict(x, y), rtol=1e-4, atol=1e-4)


def test_dependent_columns_have_no_unique_answer():
    celsius, y = table(5, features=1)
    dependent = torch.cat([celsius, 1.8 * celsius + 32], dim=1)
    for x in (dependent, torch.ones(40, 1), torch.zeros(40, 1)):
        columns = x.shape[1] + 1
        message = f"{columns} columns but rank {columns - 1}"
        with pytest.raises(ValueError, match=message):
            least_squares(x, y)


def test_fewer_samples_than_columns_have_no_unique_answer():
    with pytest.raises(ValueError, match="4 columns but rank 3"):
        least_squares(*table(6, rows=3))


def test_a_large_table_of_independent_columns_is_accepted():
    x, y = table(7, rows=100_000)
    weight, _ = least_squares(x + 50, y)
    np.testing.assert_allclose(weight, np.ones((1, 3)), atol=0.02)


@pytest.mark.parametrize(
    ("x", "y"), [((3, 1), (3,)), ((3,), (3, 1)), ((3, 1), (2, 1)), ((0, 1), (0, 1))]
)
def test_shapes_other_than_a_table_and_a_column_are_refused(x, y):
    for function in (check_table, least_squares):
        with pytest.raises(ValueError, match="wanted") as caught:
            function(torch.zeros(x), torch.zeros(y))
        assert f"x has shape {x} and y has shape {y}" in str(caught.value)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("name", ["x", "y"])
def test_values_that_are_not_finite_are_refused(name, bad):
    data = dict(zip("xy", table(8), strict=True))
    data[name][[4, 9], 0] = bad
    message = f"{name} is nan or infinite in 2 of 40 rows, first in row 4"
    with pytest.raises(ValueError, match=message):
        least_squares(**data)
    with pytest.raises(ValueError, match=message):
        train_linear(nn.Linear(3, 1), **data, learning_rate=0.1, epochs=1)


def test_whole_numbers_are_refused():
    with pytest.raises(TypeError, match=r"y has dtype torch\.int64"):
        least_squares(torch.ones(3, 1), torch.ones(3, 1, dtype=torch.int64))


def test_training_arrives_at_least_squares():
    x, y = table(9)
    torch.manual_seed(0)
    model = nn.Linear(3, 1)
    first = nn.functional.mse_loss(model(x), y).item()
    losses = train_linear(model, x, y, 0.1, 300)
    assert losses[0] == first
    assert len(losses) == 300
    weight, bias = least_squares(x, y)
    torch.testing.assert_close(model.weight.detach(), weight, atol=1e-4, rtol=0)
    torch.testing.assert_close(model.bias.detach(), bias, atol=1e-4, rtol=0)


def test_one_epoch_is_one_step_against_the_gradient():
    x, y = table(10)
    torch.manual_seed(0)
    model = nn.Linear(3, 1)
    before = model.weight.detach().clone()
    error = (model(x) - y).detach()
    train_linear(model, x, y, 0.05, 1)
    expected = before - 0.05 * 2 * (error * x).mean(dim=0, keepdim=True)
    torch.testing.assert_close(model.weight.detach(), expected)
