import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import mean_squared_error as sklearn_error
from torch import nn

from lessons.linear_regression.cost_surface import (
    compass,
    cost_grid,
    gradient_vector,
    line_cost,
    measured_slope,
    walk_across,
)
from lessons.linear_regression.training import scale_readings

DOUBLE = torch.float64
LOADS, READINGS = scale_readings()
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


def test_grid_has_a_row_for_each_bias_and_a_column_for_each_weight():
    weights, biases = torch.tensor([3.0, -1.0, 0.5]), torch.tensor([4.0, 9.0])
    found = cost_grid(weights, biases, LOADS, READINGS)
    expected = [
        [sklearn_error(READINGS, weight * LOADS + bias) for weight in weights]
        for bias in biases
    ]
    torch.testing.assert_close(found, torch.tensor(expected), check_dtype=False)


def test_walk_across_the_gradient_stays_at_its_height():
    start = torch.tensor([3.0, 8.0])
    walk = walk_across(start, LOADS, READINGS, length=0.05, steps=400)
    heights = torch.stack([line_cost(point, LOADS, READINGS) for point in walk])
    torch.testing.assert_close(heights, heights[0].expand(401), rtol=5e-3, atol=0)
    assert torch.equal(walk[0], start)
    lengths = (walk[1:] - walk[:-1]).norm(dim=1)
    torch.testing.assert_close(lengths, torch.full((400,), 0.05), rtol=1e-4, atol=0)


def test_walk_turns_left_of_the_gradient():
    start = torch.tensor([3.0, 8.0])
    step = walk_across(start, LOADS, READINGS, length=0.01, steps=1)[1] - start
    gradient = gradient_vector(start, LOADS, READINGS)
    assert gradient[0] * step[1] - gradient[1] * step[0] > 0


def test_walk_with_steps_of_the_first_direction_alone_would_drift():
    point = start = torch.tensor([3.0, 8.0])
    for _ in range(200):
        gradient = gradient_vector(point, LOADS, READINGS)
        across = torch.stack([-gradient[1], gradient[0]]) / gradient.norm()
        point = point + 0.05 * across
    before, after = (line_cost(place, LOADS, READINGS) for place in (start, point))
    assert after > 1.02 * before
