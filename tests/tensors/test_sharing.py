import numpy as np
import pandas as pd
import pytest
import torch
from matplotlib.figure import Figure

from lessons.tensors.sharing import draw_memory, memory_blocks, shares_memory

DTYPES = ("int64", "int32", "uint8", "float32", "float64")


@pytest.fixture(params=DTYPES, name="array")
def _array(request):
    return np.array([1, 2, 3], dtype=request.param)


@pytest.fixture(name="default_dtype", params=(torch.float32, torch.float64))
def _default_dtype(request):
    before = torch.get_default_dtype()
    torch.set_default_dtype(request.param)
    yield request.param
    torch.set_default_dtype(before)


def sees_a_change(tensor, array):
    before = tensor.tolist()
    array[0] = 99
    return tensor.tolist() != before


@pytest.mark.parametrize(
    "make", [torch.tensor, torch.as_tensor, torch.from_numpy, torch.Tensor]
)
def test_sharing_is_what_address_and_a_write_say(make, array):
    tensor = make(array)
    shared = shares_memory(array, tensor)
    assert shared == shares_memory(tensor, array)
    assert shared == (tensor.data_ptr() == array.ctypes.data)
    assert shared == sees_a_change(tensor, array)


def test_tensor_always_copies(array):
    assert not shares_memory(array, torch.tensor(array))


def test_from_numpy_always_shares_and_keeps_the_type(array):
    tensor = torch.from_numpy(array)
    assert shares_memory(array, tensor)
    assert tensor.numpy().dtype == array.dtype


@pytest.mark.parametrize("dtype", [torch.float32, torch.int64])
def test_as_tensor_shares_unless_it_converts(array, dtype):
    kept = torch.from_numpy(array).dtype == dtype
    assert shares_memory(array, torch.as_tensor(array, dtype=dtype)) == kept


def test_the_old_constructor_shares_an_array_of_the_default_dtype(array, default_dtype):
    tensor = torch.Tensor(array)
    assert tensor.dtype == default_dtype
    kept = torch.from_numpy(array).dtype == default_dtype
    assert shares_memory(array, tensor) == kept


def test_a_part_shares_memory_with_the_whole_at_another_address():
    whole = torch.arange(5)
    part = whole[2:]
    assert part.data_ptr() != whole.data_ptr()
    assert shares_memory(whole, part)
    assert not shares_memory(whole[:2], part)
    assert not shares_memory(whole, part.clone())


def test_interleaved_elements_are_not_shared():
    whole = torch.arange(6)
    assert not shares_memory(whole[::2], whole[1::2])


def test_names_are_grouped_by_memory_in_order():
    array = np.zeros(3)
    tensor = torch.from_numpy(array)
    holders = {"a": array, "b": torch.tensor(array), "c": tensor, "d": tensor.numpy()}
    assert memory_blocks(holders) == [["a", "c", "d"], ["b"]]


def test_both_copies_leave_a_series_alone():
    series = pd.Series([0.1, 2.0])
    copy = torch.from_numpy(series.to_numpy(copy=True))
    copy[0] = 9
    torch.tensor(series.to_numpy())[0] = 9
    assert series.tolist() == [0.1, 2.0]


def test_each_block_of_memory_is_drawn_once_and_each_name_points_at_it():
    array = np.array([1, 2], dtype=np.int64)
    holders = {"a": array, "b": torch.Tensor(array), "c": torch.from_numpy(array)}
    ax = Figure().subplots()
    draw_memory(ax, holders)
    labels = [text.get_text() for text in ax.texts]
    assert [label for label in labels if label] == [
        "1",
        "2",
        "a",
        "c",
        "1.0",
        "2.0",
        "b",
    ]
    targets = [text.xy[1] for text in ax.texts if not text.get_text()]
    assert targets == [0.5, 0.5, 2.0]
    assert len(ax.patches) == 4
