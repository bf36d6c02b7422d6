import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression as SklearnRegression
from sklearn.preprocessing import StandardScaler
from torch import Tensor

from lessons.linear_regression.good_practice import (
    Standardizer,
    curvatures,
    train_model,
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


def condition_number(x: Tensor) -> float:
    bends = curvatures(x)
    return (bends[-1] / bends[0]).item()


def descend(x: Tensor, rate: float, epochs: int) -> list[float]:
    return train_model(zero_model(x.shape[1]), x, Y[: len(x)], rate, epochs)


def test_zero_model_predicts_zero():
    assert zero_model(3)(torch.randn(5, 3)).tolist() == [[0.0]] * 5


def test_training_makes_the_steps_of_the_formula():
    x = Standardizer(X).transform(X)
    model = zero_model(10)
    costs = train_model(model, x, Y, learning_rate=0.1, epochs=3)
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


def test_a_step_equals_that_of_sgd():
    torch.manual_seed(3)
    model = torch.nn.Linear(10, 1)
    other = copy.deepcopy(model)
    x = Standardizer(X).transform(X)
    train_model(model, x, Y, learning_rate=0.02, epochs=2)
    optimizer = torch.optim.SGD(other.parameters(), lr=0.02)
    for _ in range(2):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(other(x), Y).backward()
        optimizer.step()
    for found, wanted in zip(model.parameters(), other.parameters(), strict=True):
        torch.testing.assert_close(found, wanted)


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
    limit = 2 / curvatures(x)[-1].item()
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
