import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression as LeastSquares
from sklearn.metrics import mean_squared_error as sklearn_error
from torch import nn

from lessons.linear_regression.prediction import line
from lessons.linear_regression.training import (
    cost_map,
    gaussian_density,
    lowest,
    mean_squared_error,
    noisy_line,
    scale_readings,
)

HOURS = torch.arange(0, 5.5, 0.5).view(-1, 1)
widths = st.floats(0.05, 20)


def test_without_noise_the_samples_lie_on_the_line():
    expected = line(HOURS, torch.tensor(-0.3), torch.tensor(2.0))
    torch.testing.assert_close(noisy_line(HOURS, -0.3, 2.0, std=0.0), expected)


def test_the_scale_shows_its_weight_and_its_bias():
    x, y = scale_readings(bias=2.5, noise=0.0)
    assert x.shape == y.shape == (60, 1)
    assert x.dtype == y.dtype == torch.float32
    slope, rest = np.polyfit(x.ravel().numpy(), y.ravel().numpy(), 1)
    assert (slope, rest) == (pytest.approx(3, abs=1e-5), pytest.approx(2.5, abs=1e-5))
    assert (x[0].item(), x[-1].item()) == (0.0, pytest.approx(5.9))


def test_readings_scatter_as_asked_and_a_seed_gives_the_same_ones():
    x, y = scale_readings(noise=2.0, seed=3)
    assert torch.equal(y, scale_readings(noise=2.0, seed=3)[1])
    assert not torch.equal(y, scale_readings(noise=2.0, seed=4)[1])
    many = [scale_readings(noise=2.0, seed=s)[1] - (3 * x + 4) for s in range(200)]
    assert torch.stack(many).std().item() == pytest.approx(2.0, rel=0.02)
    assert torch.stack(many).mean().item() == pytest.approx(0.0, abs=0.06)


@pytest.mark.parametrize("std", [0.1, 1.0, 3.0])
def test_noise_has_mean_zero_and_the_given_width(std):
    torch.manual_seed(0)
    x = torch.linspace(-3, 3, 100_000).view(-1, 1)
    noise = noisy_line(x, -3.0, 1.0, std) - (1 - 3 * x)
    assert noise.shape == (100_000, 1)
    assert noise.mean().item() == pytest.approx(0, abs=4 * std / 100_000**0.5)
    assert noise.std().item() == pytest.approx(std, rel=0.01)


def test_every_sample_has_noise_of_its_own():
    torch.manual_seed(0)
    noise = noisy_line(torch.zeros(50, 1), 0.0, 0.0, std=1.0)
    assert noise.unique().numel() == 50
    assert not torch.equal(noise, noisy_line(torch.zeros(50, 1), 0.0, 0.0, std=1.0))


@given(noise=st.floats(-30, 30), std=widths)
def test_density_is_that_of_the_normal_distribution(noise, std):
    noise = torch.tensor(noise, dtype=torch.float64)
    zero, width = (torch.tensor(v, dtype=torch.float64) for v in (0.0, std))
    expected = torch.distributions.Normal(zero, width).log_prob(noise).exp()
    torch.testing.assert_close(gaussian_density(noise, std), expected)


@given(std=widths)
def test_area_within_two_sigma_is_the_known_probability(std):
    grid = torch.linspace(-2 * std, 2 * std, 2001, dtype=torch.float64)
    area = torch.trapezoid(gaussian_density(grid, std), grid)
    assert 1 - area.item() == pytest.approx(0.0455003, abs=1e-6)


@given(
    pairs=st.lists(
        st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=20
    )
)
def test_error_equals_those_of_torch_and_sklearn(pairs):
    prediction, target = torch.tensor(pairs, dtype=torch.float64).T.unsqueeze(-1)
    error = mean_squared_error(prediction, target)
    torch.testing.assert_close(error, nn.MSELoss()(prediction, target))
    assert error.item() == pytest.approx(sklearn_error(target, prediction))


def test_error_of_one_two_and_three_is_fourteen_thirds():
    off = torch.tensor([1.0, 2.0, 3.0])
    error = mean_squared_error(off, torch.zeros(3))
    assert error.item() == pytest.approx(14 / 3)
    assert mean_squared_error(-off, torch.zeros(3)) == error


def test_gradient_of_the_error_equals_finite_differences():
    prediction = torch.randn(5, 1, dtype=torch.float64, requires_grad=True)
    target = torch.randn(5, 1, dtype=torch.float64)
    assert torch.autograd.gradcheck(mean_squared_error, (prediction, target))


@pytest.mark.parametrize(
    ("ours", "theirs"), [((3, 1), (3,)), ((3,), (3, 1)), ((3, 1), (1, 1)), ((2,), ())]
)
def test_error_refuses_shapes_that_would_broadcast(ours, theirs):
    with pytest.raises(ValueError, match="they must be equal") as caught:
        mean_squared_error(torch.zeros(ours), torch.zeros(theirs))
    assert f"prediction has shape {ours} and target has shape {theirs}" in str(
        caught.value
    )


def test_map_has_the_cost_of_each_line_at_its_place():
    torch.manual_seed(0)
    y = noisy_line(HOURS, -0.3, 2.0, 0.15)
    weights, biases = torch.tensor([-1.0, 0.5]), torch.tensor([0.0, 1.0, 2.0])
    costs = cost_map(mean_squared_error, HOURS, y, weights, biases)
    assert costs.shape == (2, 3)
    for i, weight in enumerate(weights):
        for j, bias in enumerate(biases):
            expected = np.mean((bias.item() + weight.item() * HOURS - y).numpy() ** 2)
            assert costs[i, j].item() == pytest.approx(expected, rel=1e-5)


def test_lowest_is_found_in_a_map_that_is_not_square():
    costs = torch.tensor([[5.0, 4.0, 3.0], [2.0, 9.0, 1.0]])
    weights, biases = torch.tensor([10.0, 20.0]), torch.tensor([1.0, 2.0, 3.0])
    assert lowest(costs, weights, biases) == (20.0, 3.0)


def test_a_missing_value_is_reported():
    y = torch.tensor([[1.0], [float("nan")]])
    grid = torch.tensor([0.0, 1.0])
    costs = cost_map(mean_squared_error, torch.ones(2, 1), y, grid, grid)
    with pytest.raises(ValueError, match="a cost is nan: is a value missing"):
        lowest(costs, grid, grid)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_best_line_of_the_map_is_the_least_squares_line(seed):
    torch.manual_seed(seed)
    y = noisy_line(HOURS, -0.3, 2.0, 0.15)
    exact = LeastSquares().fit(HOURS, y)
    weights = torch.arange(-60, 1) / 100
    biases = torch.arange(150, 251) / 100
    costs = cost_map(mean_squared_error, HOURS, y, weights, biases)
    weight, bias = lowest(costs, weights, biases)
    assert weight.item() == pytest.approx(exact.coef_.item(), abs=0.011)
    assert bias.item() == pytest.approx(exact.intercept_.item(), abs=0.031)
    assert costs.min().item() >= sklearn_error(y, exact.predict(HOURS)) - 1e-6


def test_mismatched_shapes_would_choose_the_mean():
    torch.manual_seed(0)
    y = noisy_line(HOURS, -0.3, 2.0, 0.15).flatten()
    weights, biases = torch.arange(-50, 11) / 100, torch.arange(50, 251) / 100
    costs = cost_map(
        lambda ours, theirs: ((ours - theirs) ** 2).mean(), HOURS, y, weights, biases
    )
    weight, bias = lowest(costs, weights, biases)
    assert weight == 0
    assert bias.item() == pytest.approx(y.mean().item(), abs=0.01)
