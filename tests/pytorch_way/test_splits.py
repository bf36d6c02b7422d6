"""Splits and the models that they judge, against plain Python and calculus."""

import numpy as np
import pytest
import torch

from lessons.pytorch_way.splits import (
    SpringLine,
    equal_lines,
    fit_spring_line,
    split_by_group,
)
from lessons.pytorch_way.stochastic_gradient_descent import factory_readings


def test_a_spring_line_adds_the_correction_of_the_spring() -> None:
    model = SpringLine(3)
    torch.nn.init.constant_(model.line.weight, 2)
    torch.nn.init.constant_(model.line.bias, 1)
    model.correction.data = torch.tensor([[0.0], [10.0], [20.0]])
    x, number = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([2, 0, 2])
    assert model(x, number).tolist() == [[23.0], [5.0], [27.0]]


def test_the_plain_line_is_that_of_least_squares() -> None:
    _, x, y = factory_readings(springs=5, readings=40, misread=0)
    torch.manual_seed(0)
    model = fit_spring_line(x, torch.zeros(200, dtype=torch.int64), y, springs=1)
    weight, bias = np.polyfit(x.flatten().numpy(), y.flatten().numpy(), 1)
    assert model.line.weight.item() == pytest.approx(weight, abs=0.02)
    bias_found = (model.line.bias + model.correction[0]).item()
    assert bias_found == pytest.approx(bias, abs=0.05)


def test_corrections_find_the_mean_of_each_spring_and_stay_zero_without_readings() -> (
    None
):
    spring, x, y = factory_readings(springs=5, readings=40, misread=0)
    torch.manual_seed(0)
    model = fit_spring_line(x, spring, y, springs=6)
    table = torch.cat([x, torch.nn.functional.one_hot(spring).float()], dim=1)
    best = table.double() @ torch.linalg.lstsq(table.double(), y.double()).solution
    assert (model(x, spring) - best).abs().max().item() < 0.1
    assert model.correction[5].item() == 0


def test_groups_stay_together_and_every_row_is_in_one_part() -> None:
    groups = torch.tensor([7, 3, 7, 11, 3, 5, 5, 5, 11, 7])
    parts = split_by_group(groups, [2, 1, 1], torch.Generator().manual_seed(1))
    assert sorted(torch.cat(parts).tolist()) == list(range(10))
    held = [set(groups[part].tolist()) for part in parts]
    assert [len(names) for names in held] == [2, 1, 1]
    assert set.union(*held) == {3, 5, 7, 11}
    assert all(part.dtype == torch.int64 for part in parts)
    assert all((part.diff() > 0).all() for part in parts)


def test_the_generator_decides_about_the_groups() -> None:
    groups = torch.arange(50).repeat_interleave(2)
    seeds = (1, 1, 2)
    first, again, other = (
        split_by_group(groups, [30, 20], torch.Generator().manual_seed(seed))[0]
        for seed in seeds
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_sizes_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match=r"\[2, 1\] add up to 3, but there are 4 gro"):
        split_by_group(torch.tensor([0, 1, 2, 3, 3]), [2, 1])


@pytest.mark.parametrize("count", [1, 2, 7, 20])
def test_equal_lines_have_the_same_distance_from_the_true_line(count: int) -> None:
    weights, biases = equal_lines(count)
    assert weights.shape == biases.shape == (count,)
    loads = torch.linspace(0, 6, 60_001, dtype=torch.float64).unsqueeze(1)
    away = (weights * loads + biases) - (3 * loads + 4)
    middle = (away[:-1] + away[1:]) / 2
    assert (middle**2).mean(dim=0).tolist() == pytest.approx([1] * count, abs=1e-4)
    assert len(torch.stack([weights, biases], 1).unique(dim=0)) == count
