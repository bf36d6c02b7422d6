import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import mean_squared_error as sklearn_error
from torch import nn

from lessons.linear_regression.cost_surface import (
    across,
    compass,
    draw_surface,
    gradient_vector,
    line_cost,
    measured_curvature,
    measured_slope,
    walk_across,
)

DOUBLE = torch.float64
X = torch.arange(-3, 3, 0.1, dtype=DOUBLE).view(-1, 1)
Y = X - 1 + 0.1 * torch.sin(7 * X)
START = torch.tensor([-15.0, -10.0], dtype=DOUBLE)

numbers = st.floats(-20, 20)
points = st.tuples(numbers, numbers).map(lambda pair: torch.tensor(pair, dtype=DOUBLE))
samples = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=8).map(
    lambda pairs: torch.tensor(pairs, dtype=DOUBLE).T.unsqueeze(-1)
)
angles = st.floats(0, 360).map(lambda angle: torch.tensor(angle, dtype=DOUBLE))


@pytest.mark.parametrize(
    ("weight", "bias", "height"),
    [(0, 15, 196), (15, -5, 81), (0, -15, 256), (15, 5, 361), (-7, 8, 0)],
)
def test_cost_of_the_worked_points_of_one_sample(weight, bias, height):
    one = torch.tensor([[1.0]])
    assert line_cost(torch.tensor([weight, bias]), one, one) == height


@given(point=points, data=samples)
def test_cost_equals_that_of_sklearn_for_a_linear_layer(point, data):
    x, y = data
    layer = nn.Linear(1, 1, dtype=DOUBLE)
    with torch.no_grad():
        layer.weight.fill_(point[0])
        layer.bias.fill_(point[1])
        expected = sklearn_error(y, layer(x))
    assert line_cost(point, x, y).item() == pytest.approx(expected, abs=1e-9)


@given(point=points, data=samples)
def test_gradient_equals_that_of_autograd(point, data):
    point = point.clone().requires_grad_()
    line_cost(point, *data).backward()
    torch.testing.assert_close(gradient_vector(point.detach(), *data), point.grad)


@given(point=points, data=samples, angle=angles)
def test_measured_slope_is_gradient_times_direction(point, data, angle):
    way = compass(angle)
    torch.testing.assert_close(
        measured_slope(point, way, *data),
        gradient_vector(point, *data) @ way,
        rtol=1e-8,
        atol=1e-7,
    )


@given(point=points, data=samples, angle=angles)
def test_measured_curvature_is_that_of_the_hessian_at_every_point(point, data, angle):
    way, (x, y) = compass(angle), data
    mean, square = x.mean(), x.square().mean()
    hessian = 2 * torch.stack([square, mean, mean, torch.ones_like(mean)]).view(2, 2)
    torch.testing.assert_close(
        measured_curvature(point, way, x, y), way @ hessian @ way, rtol=1e-8, atol=1e-6
    )


def test_compass_points_along_w_then_along_b():
    expected = torch.tensor([[1.0, 0], [0, 1], [-1, 0], [0, -1], [1, 0]])
    found = compass(torch.tensor([0.0, 90, 180, 270, 360]))
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=0)


def test_no_direction_is_steeper_than_the_gradient():
    gradient = gradient_vector(START, X, Y)
    ways = compass(torch.arange(0, 360, 0.5, dtype=DOUBLE))
    slopes = torch.stack([measured_slope(START, way, X, Y) for way in ways])
    assert slopes.max() <= gradient.norm()
    assert slopes.max() >= 0.9999 * gradient.norm()


@given(first=st.floats(0.1, 9), second=numbers)
def test_across_is_a_left_turn_of_length_one(first, second):
    vector = torch.tensor([first, second])
    turned = across(vector)
    assert turned.norm().item() == pytest.approx(1, abs=1e-6)
    assert (turned @ vector).item() == pytest.approx(0, abs=1e-5)
    assert vector[0] * turned[1] - vector[1] * turned[0] > 0


def test_walk_across_the_gradient_stays_at_its_height():
    walk = walk_across(START, X, Y, length=0.5, steps=400)
    heights = torch.stack([line_cost(point, X, Y) for point in walk])
    torch.testing.assert_close(heights, heights[0].expand(401), rtol=5e-4, atol=0)
    assert torch.equal(walk[0], START)
    lengths = (walk[1:] - walk[:-1]).norm(dim=1)
    torch.testing.assert_close(lengths, torch.full((400,), 0.5, dtype=DOUBLE))


def test_walk_with_steps_of_the_first_direction_alone_would_drift():
    point = START
    for _ in range(200):
        point = point + 0.5 * across(gradient_vector(point, X, Y))
    assert line_cost(point, X, Y) > 1.01 * line_cost(START, X, Y)


def test_surface_has_the_height_of_the_cost_at_every_point(monkeypatch):
    fig, ax = plt.subplots(subplot_kw={"projection": "3d"})
    seen = []
    monkeypatch.setattr(ax, "plot_surface", lambda *grids, **_: seen.extend(grids))
    x, y = X.float(), Y.float()
    centre, reach = torch.tensor([1.0, -1.0]), torch.tensor([3.0, 7.0])
    draw_surface(ax, lambda point: line_cost(point, x, y), centre, reach)
    plt.close(fig)
    weights, biases, heights = seen
    for place in ((0, 0), (5, 7), (30, 20)):
        point = torch.stack([weights[place], biases[place]])
        torch.testing.assert_close(heights[place], line_cost(point, x, y))
    assert torch.allclose(weights[0], centre[0])
    assert weights.max().item() == pytest.approx(4)
    assert biases.min().item() == pytest.approx(-8)
    labels = (ax.get_xlabel(), ax.get_ylabel(), ax.get_zlabel())
    assert labels == ("weight $w$", "bias $b$", "cost $J$")
