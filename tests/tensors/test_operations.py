import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from lessons.tensors.operations import broadcast_shape

SHAPES = st.lists(st.sampled_from([0, 1, 1, 2, 3]), max_size=3).map(tuple)


@given(SHAPES, SHAPES)
def test_the_shape_is_that_of_a_sum_in_torch(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    try:
        expected = tuple((torch.zeros(first) + torch.zeros(second)).shape)
    except RuntimeError:
        assume(False)
    assert broadcast_shape(first, second) == expected


@given(SHAPES, SHAPES)
def test_it_raises_exactly_when_torch_does(
    first: tuple[int, ...], second: tuple[int, ...]
) -> None:
    try:
        torch.broadcast_shapes(first, second)
    except RuntimeError:
        with pytest.raises(ValueError, match="do not fit"):
            broadcast_shape(first, second)
    else:
        broadcast_shape(first, second)
