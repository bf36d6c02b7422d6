import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.shapes import memory_position, row_major_strides

SHAPES = st.lists(st.integers(1, 4), max_size=4).map(tuple)


@given(SHAPES)
def test_strides_are_those_of_a_contiguous_tensor(shape: tuple[int, ...]) -> None:
    assert row_major_strides(shape) == torch.zeros(shape).stride()


@given(SHAPES)
def test_every_element_lies_where_numpy_says(shape: tuple[int, ...]) -> None:
    strides = row_major_strides(shape)
    for index in np.ndindex(*shape):
        expected = int(np.ravel_multi_index(index, shape)) if shape else 0
        assert memory_position(index, strides) == expected


def test_a_transposed_tensor_reaches_its_elements_with_swapped_strides() -> None:
    numbers = torch.arange(12)
    transposed = numbers.reshape(3, 4).T
    for row in range(4):
        for column in range(3):
            place = memory_position((row, column), transposed.stride())
            assert transposed[row, column] == numbers[place]


def test_an_index_needs_as_many_numbers_as_there_are_axes() -> None:
    with pytest.raises(ValueError, match="zip"):
        memory_position((1, 2), (6, 3, 1))
