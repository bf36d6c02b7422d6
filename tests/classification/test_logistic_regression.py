"""The module against its formula, nn.Sequential and scikit-learn."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression as Sklearn
from torch import nn

from lessons.classification.logistic_regression import LogisticRegression
from lessons.classification.thresholds import chicks

sizes = st.integers(1, 5)


@given(rows=sizes, in_features=sizes)
def test_each_row_has_its_own_probability(rows: int, in_features: int) -> None:
    model = LogisticRegression(in_features)
    x = torch.randn(rows, in_features)
    probabilities = model(x)
    assert probabilities.shape == (rows, 1)
    weight, bias = model.linear.weight[0], model.linear.bias[0]
    for row, probability in zip(x, probabilities, strict=True):
        z = (weight * row).sum() + bias
        torch.testing.assert_close(probability[0], 1 / (1 + torch.exp(-z)))
        torch.testing.assert_close(model(row), probability)


def test_it_is_a_linear_layer_and_a_sigmoid() -> None:
    model = LogisticRegression(3)
    twin = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
    twin[0].load_state_dict(model.linear.state_dict())
    x = torch.randn(7, 3)
    assert torch.equal(model(x), twin(x))
    assert list(model.state_dict()) == ["linear.weight", "linear.bias"]


def test_with_the_parameters_of_scikit_learn_it_says_the_same() -> None:
    x, kind = chicks(each=50, seed=2)
    other = Sklearn().fit(x.numpy(), kind.numpy())
    model = LogisticRegression(2)
    with torch.no_grad():
        model.linear.weight.copy_(torch.tensor(other.coef_))
        model.linear.bias.copy_(torch.tensor(other.intercept_))
    wanted = other.predict_proba(x.numpy())[:, 1]
    assert model(x)[:, 0].tolist() == pytest.approx(wanted.tolist(), abs=1e-6)
