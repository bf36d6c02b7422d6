import numpy as np
import pytest
import torch

from lessons.tensors.batches import stack


@pytest.mark.parametrize("shape", [(), (4,), (2, 3), (1, 4, 4)])
def test_stack_agrees_with_numpy_along_every_possible_axis(
    shape: tuple[int, ...],
) -> None:
    torch.manual_seed(0)
    tensors = [torch.randn(shape) for _ in range(3)]
    arrays = [tensor.numpy() for tensor in tensors]
    for dim in range(len(shape) + 1):
        expected = np.stack(arrays, axis=dim)
        np.testing.assert_array_equal(stack(tensors, dim).numpy(), expected)


def test_the_stacked_tensors_are_found_under_the_new_axis() -> None:
    x, y, z = torch.arange(12).reshape(3, 4)
    assert torch.equal(stack([x, y, z])[1], y)
    assert torch.equal(stack([x, y, z], dim=1)[:, 1], y)


def test_stack_copies() -> None:
    x = torch.zeros(4)
    stack([x, x])[0] = 1.0
    assert x.tolist() == [0.0, 0.0, 0.0, 0.0]


def test_stack_refuses_shapes_that_differ() -> None:
    with pytest.raises(RuntimeError, match="Expected size 4 but got size 3"):
        stack([torch.zeros(4), torch.zeros(3)])


def test_stack_refuses_an_empty_list() -> None:
    with pytest.raises(ValueError, match="non-empty"):
        stack([])
