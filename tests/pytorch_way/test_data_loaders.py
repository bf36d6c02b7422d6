import csv
import io

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from lessons.pytorch_way.data_loaders import TextReadings, cost_in_batches

LINES = ["204;9.8", "0;4.05", "611.5;-1", "50.25;24"]


def test_a_line_is_read_as_the_csv_module_reads_it() -> None:
    dataset = TextReadings(LINES)
    table = list(csv.reader(io.StringIO("\n".join(LINES)), delimiter=";"))
    expected = np.array(table, dtype=np.float64) * [0.00981, 1]
    assert len(dataset) == 4
    for index, row in enumerate(expected):
        load, reading = dataset[index]
        assert load.shape == reading.shape == (1,)
        assert load.dtype == reading.dtype == torch.float32
        np.testing.assert_allclose([load.item(), reading.item()], row, rtol=1e-6)


def test_a_loader_makes_columns_of_the_lines() -> None:
    x, y = next(iter(DataLoader(TextReadings(iter(LINES)), batch_size=3)))
    assert x.shape == y.shape == (3, 1)


def test_the_lines_end_and_a_wrong_line_is_refused_when_it_is_read() -> None:
    dataset = TextReadings(["1;2", "1;2;3", "1;two"])
    with pytest.raises(IndexError):
        dataset[3]
    for index, message in ((1, "too many values"), (2, "could not convert")):
        with pytest.raises(ValueError, match=message):
            dataset[index]


@given(
    count=st.integers(1, 40),
    batch_size=st.integers(1, 50),
    seed=st.integers(0, 1000),
)
def test_the_cost_does_not_depend_on_the_batches(
    count: int, batch_size: int, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 3, generator=generator)
    y = 5 * torch.randn(count, 1, generator=generator)
    model = nn.Linear(3, 1)
    loader = DataLoader(TensorDataset(x, y), batch_size, shuffle=True)
    with torch.no_grad():
        expected = (model(x) - y).square().sum().item() / count
    assert cost_in_batches(model, loader) == pytest.approx(expected, rel=1e-5)
    assert all(parameter.grad is None for parameter in model.parameters())


def test_an_empty_loader_has_no_cost() -> None:
    empty = TensorDataset(torch.zeros(0, 1), torch.zeros(0, 1))
    with pytest.raises(ValueError, match="empty"):
        cost_in_batches(nn.Linear(1, 1), DataLoader(empty))
