"""Samples by index, transforms, their chain, and the checks of a reader's own table."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DataLoader, TensorDataset

from lessons.pages.running.torchvision_ops import declare_missing
from lessons.tensors.datasets import Scale, Shift, TableDataset, check_table

declare_missing()
from torchvision.transforms import Compose  # noqa: E402

numbers = st.integers(-50, 50).map(float)


def as_lists(sample):
    return [part.tolist() for part in sample]


@pytest.fixture
def table():
    return torch.arange(12.0).reshape(4, 3), torch.arange(4).reshape(4, 1)


def test_the_samples_are_the_rows_as_in_a_tensor_dataset(table):
    ours, theirs = TableDataset(*table), TensorDataset(*table)
    assert len(ours) == len(theirs) == 4
    for one, other in zip(ours, theirs, strict=True):
        assert as_lists(one) == as_lists(other)


@pytest.mark.parametrize("length", [0, 1, 7])
def test_a_loop_ends_after_the_last_row(length):
    dataset = TableDataset(torch.zeros(length, 2), torch.zeros(length, 1))
    assert len(dataset) == length == len(list(dataset))
    with pytest.raises(IndexError, match=f"index {length} is out of bounds"):
        dataset[length]


def test_shift_adds_to_x_alone():
    sample = torch.tensor([2.0, -1.0]), torch.tensor([4.0])
    assert as_lists(Shift(1)(sample)) == [[3, 0], [4]]
    assert as_lists(Shift(-2.5)(sample)) == [[-0.5, -3.5], [4]]


def test_scale_has_a_factor_for_each_part():
    sample = torch.tensor([2.0, -1.0]), torch.tensor([4.0])
    assert as_lists(Scale()(sample)) == [[2, -1], [4]]
    assert as_lists(Scale(0.5)(sample)) == [[1, -0.5], [4]]
    assert as_lists(Scale(y=3)(sample)) == [[2, -1], [12]]
    assert as_lists(Scale(100, 100)(sample)) == [[200, -100], [400]]


@pytest.mark.parametrize("transform", [Shift(3), Scale(5, 2)])
def test_transforms_leave_the_stored_tables_alone(table, transform):
    dataset = TableDataset(*(part.clone() for part in table), transform)
    for _ in range(2):
        changed = [as_lists(sample) for sample in dataset]
    assert changed[1] == as_lists(transform((table[0][1], table[1][1])))
    assert torch.equal(dataset.x, table[0])
    assert torch.equal(dataset.y, table[1])


def test_a_transform_runs_once_for_each_access_and_not_before(table):
    calls = []

    def counting(sample):
        calls.append(as_lists(sample))
        return sample

    dataset = TableDataset(*table, transform=counting)
    assert calls == []
    dataset[3], dataset[3], dataset[0]
    assert calls == [[[9, 10, 11], [3]], [[9, 10, 11], [3]], [[0, 1, 2], [0]]]


@given(add=numbers, mul=numbers, row=st.lists(numbers, min_size=1, max_size=4))
def test_compose_of_torchvision_works_from_left_to_right(add, mul, row):
    table = torch.tensor([row])
    steps = [Shift(add), Scale(mul, mul)]
    forward = TableDataset(table, table, Compose(steps))[0]
    backward = TableDataset(table, table, Compose(steps[::-1]))[0]
    assert as_lists(forward) == [[(x + add) * mul for x in row], [x * mul for x in row]]
    assert as_lists(backward) == [[x * mul + add for x in row], [x * mul for x in row]]


def test_fahrenheit_becomes_celsius():
    chain = Compose([Shift(-32), Scale(5 / 9)])
    for fahrenheit, celsius in ((32.0, 0), (212.0, 100), (-40.0, -40), (41.0, 5)):
        found, _ = chain((torch.tensor([fahrenheit]), torch.tensor([1.0])))
        assert found.item() == pytest.approx(celsius, abs=1e-5)


def test_a_data_loader_can_batch_a_table():
    dataset = TableDataset(torch.arange(10.0).reshape(5, 2), torch.ones(5, 1))
    x, y = next(iter(DataLoader(dataset, batch_size=3)))
    assert x.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert y.shape == (3, 1)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ((4, 1), (5, 1), "x has 4 rows and y has 5"),
        ((5,), (5, 1), r"x has shape \(5,\), wanted rows of samples \(N, k\)"),
        ((5, 1), (5,), r"y has shape \(5,\), wanted rows of samples \(N, k\)"),
        ((5, 2, 2), (5, 1), r"x has shape \(5, 2, 2\)"),
        ((), (5, 1), r"x has shape \(\), wanted"),
        ((0, 1), (0, 1), "have no rows, wanted at least one sample"),
    ],
)
def test_tables_of_wrong_shapes_are_refused(x, y, message):
    with pytest.raises(ValueError, match=message):
        check_table(torch.zeros(x), torch.zeros(y))


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
        check_table(torch.zeros(2, 1), data)


def test_tables_of_whole_numbers_are_welcome():
    check_table(torch.tensor([[1], [2]]), torch.tensor([[3], [4]]))
