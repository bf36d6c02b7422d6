from itertools import pairwise

import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lessons.linear_regression.prediction import (
    LinearRegression,
    draw_module,
    line,
    linear,
)

sizes = st.integers(1, 5)


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def test_line_is_two_x_minus_one():
    x = torch.tensor([[1], [2]])
    prediction = line(x, torch.tensor(2.0), torch.tensor(-1.0))
    assert prediction.tolist() == [[1.0], [3.0]]
    assert prediction.dtype == torch.float32


@given(x=st.floats(-100, 100), weight=st.floats(-9, 9), bias=st.floats(-9, 9))
def test_line_has_intercept_bias_and_slope_weight(x, weight, bias):
    x, weight, bias = (torch.tensor(v, dtype=torch.float64) for v in (x, weight, bias))
    assert line(torch.zeros(()), weight, bias) == bias
    rise = line(x + 1, weight, bias) - line(x, weight, bias)
    torch.testing.assert_close(rise, weight, rtol=0, atol=1e-9)


def test_line_gives_autograd_the_gradients_x_and_one():
    weight = torch.tensor(2.0, requires_grad=True)
    bias = torch.tensor(-1.0, requires_grad=True)
    line(torch.tensor(5.0), weight, bias).backward()
    assert (weight.grad.item(), bias.grad.item()) == (5.0, 1.0)


@given(rows=sizes, in_features=sizes, out_features=sizes)
def test_linear_equals_the_layer(rows, in_features, out_features):
    layer = nn.Linear(in_features, out_features)
    x = torch.randn(rows, in_features)
    result = linear(x, layer.weight, layer.bias)
    assert result.shape == (rows, out_features)
    torch.testing.assert_close(result, layer(x))


def test_linear_treats_every_row_by_itself():
    x, weight, bias = torch.randn(4, 3), torch.randn(2, 3), torch.randn(2)
    rows = [linear(row.view(1, 3), weight, bias) for row in x]
    torch.testing.assert_close(linear(x, weight, bias), torch.cat(rows))


def test_linear_with_one_feature_is_the_line():
    x, weight, bias = torch.randn(4, 1), torch.randn(1, 1), torch.randn(1)
    expected = line(x, weight[0, 0], bias[0])
    torch.testing.assert_close(linear(x, weight, bias), expected)


def test_linear_refuses_another_number_of_columns():
    with pytest.raises(RuntimeError, match="cannot be multiplied"):
        linear(torch.zeros(1, 6), torch.zeros(1, 1), torch.zeros(1))


def test_module_starts_like_its_layer_and_predicts_the_same():
    torch.manual_seed(1)
    model = LinearRegression(in_features=1, out_features=1)
    torch.manual_seed(1)
    layer = nn.Linear(1, 1)
    x = torch.tensor([[1.0], [2.0], [3.0]])
    assert torch.equal(model(x), layer(x))
    expected = torch.tensor([[0.0739], [0.5891], [1.1044]])
    torch.testing.assert_close(model(x).detach(), expected, rtol=0, atol=5e-5)


def test_module_names_its_parameters_by_their_path():
    model = LinearRegression(in_features=3, out_features=2)
    shapes = {name: tuple(p.shape) for name, p in model.named_parameters()}
    assert shapes == {"linear.weight": (2, 3), "linear.bias": (2,)}
    assert list(model.state_dict()) == list(shapes)


def test_module_comes_back_from_a_file(tmp_path):
    model, other = LinearRegression(2, 3), LinearRegression(2, 3)
    x = torch.randn(5, 2)
    assert not torch.equal(other(x), model(x))
    torch.save(model.state_dict(), tmp_path / "model.pt")
    other.load_state_dict(torch.load(tmp_path / "model.pt", weights_only=True))
    assert torch.equal(other(x), model(x))


def test_drawing_names_the_module_its_layers_and_the_shapes(ax):
    draw_module(ax, LinearRegression(3, 2), torch.zeros(4, 3))
    texts = [text.get_text() for text in ax.texts]
    assert texts[:2] == ["LinearRegression", "self.linear\nLinear"]
    assert "$x$\n(4, 3)" in texts
    assert "$\\hat y$\n(4, 2)" in texts


def test_drawing_has_a_box_for_every_layer_inside_the_outer_one(ax):
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    draw_module(ax, model, torch.zeros(1, 1))
    outer, *inner = (patch.get_bbox() for patch in ax.patches)
    assert len(inner) == 3
    for box, neighbour in pairwise(inner):
        assert box.x1 < neighbour.x0
    assert all(outer.x0 < box.x0 and box.x1 < outer.x1 for box in inner)
    assert all(outer.y0 < box.y0 and box.y1 < outer.y1 for box in inner)
