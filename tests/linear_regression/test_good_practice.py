import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression as SklearnRegression
from sklearn.preprocessing import StandardScaler
from torch import Tensor, nn
from torch.optim import SGD
from torch.optim.lr_scheduler import ExponentialLR, StepLR

from lessons.linear_regression.good_practice import (
    Standardizer,
    condition_number,
    curvatures,
    largest_rate,
    rates_of,
    train,
    train_by_sample,
    zero_model,
)

measured = load_diabetes(scaled=False)
X = torch.tensor(measured.data, dtype=torch.float32)
Y = torch.tensor(measured.target, dtype=torch.float32).view(-1, 1)

tables = arrays(
    np.float64,
    st.tuples(st.integers(4, 8), st.integers(1, 3)),
    elements=st.floats(-9, 9),
).map(torch.from_numpy)


def descend(x: Tensor, rate: float, epochs: int) -> list[float]:
    model = zero_model(x.shape[1])
    return train(model, SGD(model.parameters(), lr=rate), x, Y[: len(x)], epochs)


def test_zero_model_predicts_zero():
    assert zero_model(3)(torch.randn(5, 3)).tolist() == [[0.0]] * 5


def test_training_makes_the_steps_of_the_formula():
    x = Standardizer(X).transform(X)
    model = zero_model(10)
    costs = train(model, SGD(model.parameters(), lr=0.1), x, Y, epochs=3)
    inputs = np.column_stack([x.double().numpy(), np.ones(len(x))])
    targets = Y.double().numpy()
    parameters, expected = np.zeros((11, 1)), []
    for _ in range(3):
        errors = inputs @ parameters - targets
        expected.append(np.mean(errors**2))
        parameters -= 0.1 * 2 / len(x) * inputs.T @ errors
    assert costs == pytest.approx(expected, rel=1e-4)
    found = torch.cat([model.weight.detach()[0], model.bias.detach()])
    assert found.tolist() == pytest.approx(parameters[:, 0].tolist(), rel=1e-4)


@given(x=tables)
def test_curvatures_are_the_eigenvalues_of_the_hessian(x):
    def cost(parameters: Tensor) -> Tensor:
        return (x @ parameters[:-1] + parameters[-1]).square().mean()

    zeros = torch.zeros(x.shape[1] + 1, dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(cost, zeros)
    expected = np.linalg.eigvalsh(hessian.numpy())
    np.testing.assert_allclose(curvatures(x).numpy(), expected, atol=1e-9)


@pytest.mark.parametrize("column", [0, 2, 3, 8])
def test_descent_falls_below_the_largest_rate_and_rises_above_it(column):
    x = X[:, column : column + 1]
    limit = largest_rate(x)
    below, above = descend(x, 0.97 * limit, 300), descend(x, 1.03 * limit, 300)
    assert below[-1] < below[0]
    assert not above[-1] < above[0]


def test_standardising_brings_the_condition_number_of_a_line_to_one():
    bmi = X[:, 2:3]
    assert condition_number(bmi) == pytest.approx(26333, abs=1)
    assert condition_number(Standardizer(bmi).transform(bmi)) == pytest.approx(1)


def test_standardising_leaves_what_correlation_does_to_the_condition_number():
    scaled = Standardizer(X.double()).transform(X.double())
    correlation = np.corrcoef(X.double().numpy(), rowvar=False)
    bends = np.append(np.linalg.eigvalsh(correlation), 1.0)
    assert condition_number(scaled) == pytest.approx(bends.max() / bends.min())


def test_standardizer_equals_the_one_of_scikit_learn():
    ours, theirs = (
        Standardizer(X[:300].double()),
        StandardScaler().fit(X[:300].double()),
    )
    scaled = ours.transform(X[300:].double())
    np.testing.assert_allclose(scaled, theirs.transform(X[300:].double()))
    torch.testing.assert_close(ours.inverse(scaled), X[300:].double())


def test_standardizer_keeps_the_dtype_and_what_it_saw():
    scaler = Standardizer(X[:10])
    mean = scaler.mean.clone()
    assert scaler.transform(X).dtype == torch.float32
    assert torch.equal(scaler.mean, mean)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_standardizer_refuses_values_that_are_not_finite(bad):
    x = X[:5].clone()
    x[2, 1] = bad
    with pytest.raises(ValueError, match="nan or infinite"):
        Standardizer(x)


def test_standardizer_names_constant_columns():
    x = torch.tensor([[1.0, 0.1, 3.0], [2.0, 0.1, 3.0], [4.0, 0.1, 3.0]])
    with pytest.raises(ValueError, match=r"columns \[1, 2\] are constant"):
        Standardizer(x)


def test_scaling_inputs_leaves_the_best_predictions_alone():
    raw, targets = X.double().numpy(), Y.numpy()
    scaled = Standardizer(X.double()).transform(X.double()).numpy()
    raw_fit, fit = (
        SklearnRegression().fit(x, targets).predict(x) for x in (raw, scaled)
    )
    np.testing.assert_allclose(raw_fit, fit, atol=1e-6)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda optimizer: StepLR(optimizer, 2), [0.1, 0.1, 0.01, 0.01, 0.001]),
        (
            lambda optimizer: ExponentialLR(optimizer, 0.5),
            [0.1 / 2**k for k in range(5)],
        ),
    ],
)
def test_rates_of_follows_the_schedule_without_a_warning(make, expected):
    optimizer = SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert rates_of(optimizer, make(optimizer), 5) == pytest.approx(expected)


def test_sample_by_sample_makes_one_step_for_each_row():
    x, y = torch.tensor([[1.0], [2.0], [-1.0]]), torch.tensor([[3.0], [1.0], [0.5]])
    torch.manual_seed(0)
    order = torch.randperm(3).tolist()
    weight = bias = 0.0
    for row in order:
        error = bias + weight * x[row].item() - y[row].item()
        weight -= 0.1 * 2 * error * x[row].item()
        bias -= 0.1 * 2 * error
    model = zero_model(1)
    torch.manual_seed(0)
    cost = train_by_sample(model, SGD(model.parameters(), lr=0.1), x, y)
    assert model.weight.item() == pytest.approx(weight, rel=1e-5)
    assert model.bias.item() == pytest.approx(bias, rel=1e-5)
    expected = (bias + weight * x - y).square().mean().item()
    assert cost == pytest.approx(expected, rel=1e-5)
