import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.two_dimensional import matrix_product

lengths = st.integers(1, 5)


@given(lengths, lengths, lengths, st.integers(0, 2**32 - 1))
def test_the_product_is_that_of_torch_and_numpy(rows, inner, columns, seed):
    generator = torch.Generator().manual_seed(seed)
    a = torch.randint(-9, 10, (rows, inner), generator=generator)
    b = torch.randint(-9, 10, (inner, columns), generator=generator)
    product = matrix_product(a, b)
    assert torch.equal(product, torch.mm(a, b))
    np.testing.assert_array_equal(product.numpy(), a.numpy() @ b.numpy())


@pytest.mark.parametrize("dtype", [torch.int64, torch.float32, torch.float64])
def test_the_product_keeps_the_type(dtype):
    a = torch.tensor([[1, 2], [3, 4], [5, 6]], dtype=dtype)
    product = matrix_product(a, torch.eye(2, dtype=dtype))
    assert product.dtype == dtype
    assert torch.equal(product, a)


def test_an_example_by_hand():
    a = torch.tensor([[0, 1, 1], [1, 0, 1]])
    b = torch.tensor([[1, 1], [1, 1], [-1, 1]])
    assert matrix_product(a, b).tolist() == [[0, 2], [0, 2]]
    assert matrix_product(b, a).shape == (3, 3)


def test_rows_and_columns_of_different_length_are_refused():
    with pytest.raises(RuntimeError, match="same number of elements"):
        matrix_product(torch.ones(2, 3), torch.ones(2, 3))


def test_two_types_are_refused():
    with pytest.raises(RuntimeError, match="same dtype"):
        matrix_product(torch.ones(2, 3), torch.ones(3, 2, dtype=torch.int64))
