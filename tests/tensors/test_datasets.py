"""Samples by index, transforms, their chain, and the checks of a reader's own table."""

import math

import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DataLoader, TensorDataset

from lessons.pages.running.torchvision_ops import declare_missing
from lessons.tensors.datasets import (
    AddMult,
    Mult,
    TableDataset,
    ToySet,
    check_table,
    draw_stages,
)

declare_missing()
from torchvision.transforms import Compose  # noqa: E402

numbers = st.integers(-50, 50).map(float)


def as_lists(sample):
    return [part.tolist() for part in sample]


def test_toy_set_has_a_hundred_equal_samples():
    dataset = ToySet()
    assert len(dataset) == 100
    samples = [as_lists(sample) for sample in dataset]
    assert samples == [[[2, 2], [1]]] * 100


@pytest.mark.parametrize("length", [0, 1, 7])
def test_toy_set_is_as_long_as_wanted_and_ends(length):
    dataset = ToySet(length)
    assert len(dataset) == length == len(list(dataset))
    with pytest.raises(IndexError, match=f"index {length} is out of bounds"):
        dataset[length]


def test_add_mult_adds_to_x_and_multiplies_y():
    sample = torch.tensor([2.0, -1.0]), torch.tensor([4.0])
    assert as_lists(AddMult()(sample)) == [[3, 0], [4]]
    assert as_lists(AddMult(add_x=-5, mul_y=0.5)(sample)) == [[-3, -6], [2]]


def test_mult_multiplies_both():
    sample = torch.tensor([2.0, -1.0]), torch.tensor([4.0])
    assert as_lists(Mult()(sample)) == [[200, -100], [400]]
    assert as_lists(Mult(0.5)(sample)) == [[1, -0.5], [2]]


@pytest.mark.parametrize("transform", [AddMult(add_x=3, mul_y=3), Mult(5)])
def test_transforms_leave_the_stored_tables_alone(transform):
    dataset = ToySet(4, transform)
    for _ in range(2):
        changed = [as_lists(sample) for sample in dataset]
    assert changed[0] == as_lists(transform(ToySet(4)[0])) != [[2, 2], [1]]
    assert torch.equal(dataset.x, torch.full((4, 2), 2.0))
    assert torch.equal(dataset.y, torch.ones(4, 1))


def test_a_transform_runs_once_for_each_access_and_not_before():
    calls = []

    def counting(sample):
        calls.append(as_lists(sample))
        return sample

    dataset = ToySet(transform=counting)
    assert calls == []
    dataset[3], dataset[3], dataset[5]
    assert calls == [[[2, 2], [1]]] * 3


@given(add=numbers, mul=numbers, row=st.lists(numbers, min_size=1, max_size=4))
def test_compose_of_torchvision_works_from_left_to_right(add, mul, row):
    table = torch.tensor([row])
    steps = [AddMult(add_x=add), Mult(mul)]
    forward = TableDataset(table, table, Compose(steps))[0]
    backward = TableDataset(table, table, Compose(steps[::-1]))[0]
    assert as_lists(forward) == [[(x + add) * mul for x in row], [x * mul for x in row]]
    assert as_lists(backward) == [[x * mul + add for x in row], [x * mul for x in row]]


def test_table_dataset_gives_the_rows_as_tensor_dataset_does():
    x, y = torch.arange(12.0).reshape(4, 3), torch.arange(4).reshape(4, 1)
    ours, theirs = TableDataset(x, y), TensorDataset(x, y)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert as_lists(one) == as_lists(other)


def test_a_data_loader_can_batch_a_table():
    dataset = TableDataset(torch.arange(10.0).reshape(5, 2), torch.ones(5, 1))
    x, y = next(iter(DataLoader(dataset, batch_size=3)))
    assert x.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert y.shape == (3, 1)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ((4, 1), (5, 1), "x has 4 rows and y has 5: wanted the same number"),
        ((5,), (5, 1), r"x has shape \(5,\), wanted one row a sample: \(N, k\)"),
        ((5, 1), (5,), r"y has shape \(5,\), wanted one row a sample: \(N, k\)"),
        ((5, 2, 2), (5, 1), r"x has shape \(5, 2, 2\)"),
        ((), (5, 1), r"x has shape \(\), wanted"),
        ((0, 1), (0, 1), "have no rows, wanted at least one sample"),
    ],
)
def test_tables_of_wrong_shapes_are_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        TableDataset(torch.zeros(x), torch.zeros(y))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["x", "y"])
def test_a_value_that_is_not_finite_is_refused_with_its_row(name, value):
    tables = {"x": torch.zeros(4, 2), "y": torch.zeros(4, 1)}
    tables[name][2, -1] = value
    with pytest.raises(ValueError, match=f"row 2 of {name} is .*{value}"):
        check_table(**tables)


@pytest.mark.parametrize("data", [[[1.0], [2.0]], torch.zeros(2, 1).numpy()])
def test_what_is_not_a_tensor_is_refused(data):
    kind = type(data).__name__
    with pytest.raises(TypeError, match=f"y is a {kind}, wanted a tensor"):
        TableDataset(torch.zeros(2, 1), data)


def test_tables_of_whole_numbers_are_welcome():
    dataset = TableDataset(torch.tensor([[1], [2]]), torch.tensor([[3], [4]]))
    assert as_lists(dataset[1]) == [[2], [4]]


def test_the_stages_are_drawn_in_order():
    fig, ax = plt.subplots()
    stages = [ToySet()[0], AddMult()(ToySet()[0])]
    draw_stages(ax, ["AddMult()"], stages)
    places = {t.get_text(): t.get_position()[0] for t in ax.texts if t.get_text()}
    assert sorted(places, key=places.__getitem__) == [
        "x = [2.0, 2.0]\ny = [1.0]",
        "AddMult()",
        "x = [3.0, 3.0]\ny = [1.0]",
    ]
    plt.close(fig)
