"""The readings against least squares, and what a model of two inputs does."""

import pytest
import torch
from torch import nn

from lessons.multiple_regression.many_inputs import kitchen_readings, weighted_sum


def test_readings_follow_load_and_temperature() -> None:
    x, y = kitchen_readings(100_000, seed=3)
    assert (x.shape, y.shape, x.dtype, y.dtype) == (
        (100_000, 2),
        (100_000, 1),
        torch.float32,
        torch.float32,
    )
    assert x.amin(dim=0).tolist() == pytest.approx([0, 5], abs=0.01)
    assert x.amax(dim=0).tolist() == pytest.approx([6, 35], abs=0.01)
    table = torch.cat([x, torch.ones_like(y)], dim=1).double()
    solution = torch.linalg.lstsq(table, y.double()).solution
    assert solution[:, 0].tolist() == pytest.approx([3, 0.15, 4], abs=0.03)
    assert (y - table @ solution).std().item() == pytest.approx(1, abs=0.01)


def test_the_seed_decides() -> None:
    assert torch.equal(kitchen_readings(seed=1)[1], kitchen_readings(seed=1)[1])
    assert not torch.equal(kitchen_readings(seed=1)[1], kitchen_readings(seed=2)[1])


def test_no_reading_is_too_few() -> None:
    with pytest.raises(ValueError, match="readings=0: at least one"):
        kitchen_readings(0)


@pytest.mark.parametrize("inputs", [1, 2, 5])
def test_the_weighted_sum_is_a_linear_layer(inputs: int) -> None:
    torch.manual_seed(inputs)
    layer = nn.Linear(inputs, 1)
    weight, bias = layer.weight.detach().T, layer.bias.detach()
    for shape in ((inputs,), (1, inputs), (7, inputs)):
        x = torch.randn(shape)
        found = weighted_sum(x, weight, bias)
        assert found.shape == (*shape[:-1], 1)
        torch.testing.assert_close(found, layer(x).detach())


def test_each_row_is_a_sample_of_its_own() -> None:
    x = torch.tensor([[2.0, 20.0], [1.0, -4.0], [0.0, 0.0]])
    weight, bias = torch.tensor([[3.0], [0.5]]), torch.tensor([4.0])
    by_hand = [
        sum(value * factor for value, factor in zip(row, (3.0, 0.5), strict=True)) + 4.0
        for row in x.tolist()
    ]
    assert weighted_sum(x, weight, bias).flatten().tolist() == by_hand == [20, 5, 4]


def test_every_input_needs_a_weight() -> None:
    with pytest.raises(RuntimeError, match="1x3 and 2x1"):
        weighted_sum(torch.zeros(1, 3), torch.zeros(2, 1), torch.zeros(1))
