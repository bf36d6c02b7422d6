"""Paths of mini-batches against torch.optim, and what a loss keeps against sizes."""

import pytest
import torch
from torch import Tensor, nn

from lessons.linear_regression.slope_and_bias import descent_path
from lessons.pytorch_way.mini_batches import batch_means, batch_path, saved_bytes
from lessons.pytorch_way.stochastic_gradient_descent import (
    factory_readings,
    sample_path,
)

START = torch.tensor([1.0, -2.0])


def readings() -> tuple[Tensor, Tensor]:
    _, x, y = factory_readings(springs=3, readings=7, seed=4)
    return x, y


@pytest.mark.parametrize("size", [1, 4, 10, 21, 30])
def test_path_is_that_of_sgd_on_a_linear_layer(size: int) -> None:
    x, y = readings()
    generator = torch.Generator().manual_seed(size)
    batches = torch.randperm(len(x), generator=generator).split(size)
    path = batch_path(START, batch_means(x, y, batches), learning_rate=0.02)
    assert path.shape == (len(batches) + 1, 2)
    assert path.dtype == torch.float64
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(1.0)
        layer.bias.fill_(-2.0)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.02)
    for step, rows in enumerate(batches, start=1):
        optimizer.zero_grad()
        nn.functional.mse_loss(layer(x[rows]), y[rows]).backward()
        optimizer.step()
        wanted = [layer.weight.item(), layer.bias.item()]
        assert path[step].tolist() == pytest.approx(wanted, rel=1e-4, abs=1e-5)


def test_batches_of_one_and_of_all_are_the_paths_known_before() -> None:
    x, y = readings()
    order = torch.randperm(len(x))
    single = batch_path(START, batch_means(x, y, order.split(1)), 0.01)
    torch.testing.assert_close(single, sample_path(START, x, y, 0.01, order.tolist()))
    whole = batch_path(START, batch_means(x, y, [torch.arange(len(x))] * 5), 0.01)
    wanted = descent_path(START.double(), x.double(), y.double(), 0.01, epochs=5)
    torch.testing.assert_close(whole, wanted)
    assert START.tolist() == [1.0, -2.0]


def test_targets_that_are_no_column_are_refused() -> None:
    x, y = readings()
    with pytest.raises(ValueError, match="must be equal"):
        batch_means(x, y.flatten(), [torch.arange(3)])


@pytest.mark.parametrize("size", [1, 5, 21])
def test_a_linear_model_keeps_inputs_errors_and_predictions(size: int) -> None:
    x, y = readings()
    layer = nn.Linear(1, 1)
    alone = saved_bytes(layer, x[:1], y[:1])
    assert alone > 0
    assert saved_bytes(layer, x[:size], y[:size]) == size * alone
    assert layer.weight.grad is None


def test_a_deeper_model_keeps_more() -> None:
    x, y = readings()
    deep = nn.Sequential(nn.Linear(1, 8), nn.ReLU(), nn.Linear(8, 1))
    assert saved_bytes(deep, x, y) > saved_bytes(nn.Linear(1, 1), x, y)
