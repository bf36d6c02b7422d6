import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.two_dimensional import matrix_product, paint

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


def test_the_example_of_the_course():
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


def test_no_ink_is_paper_and_full_ink_its_colour():
    image = paint(torch.tensor([[0.0, 1.0]]), (255, 200, 0), (0, 60, 180))
    assert (image.shape, image.dtype) == ((3, 1, 2), torch.uint8)
    assert image[:, 0, 0].tolist() == [0, 60, 180]
    assert image[:, 0, 1].tolist() == [255, 200, 0]


def test_every_shade_lies_on_the_way_from_paper_to_colour():
    ink = torch.linspace(0, 1, 17, dtype=torch.float64).reshape(1, 17)
    colour, paper = (255, 200, 0), (0, 60, 180)
    image = paint(ink, colour, paper)
    for channel in range(3):
        exact = np.interp(ink[0], [0, 1], [paper[channel], colour[channel]])
        np.testing.assert_array_equal(image[channel, 0], np.floor(exact + 1e-9))


def test_rows_and_columns_stay_in_place():
    ink = torch.zeros(4, 6)
    ink[1, 5] = 1
    image = paint(ink, (255, 255, 255), (0, 0, 0))
    assert image.shape == (3, 4, 6)
    assert image[0].nonzero().tolist() == [[1, 5]]
