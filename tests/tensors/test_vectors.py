import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.figure import Figure

from lessons.tensors.vectors import (
    cosine_similarity,
    dot_product,
    draw_arrow,
    projection,
)

numbers = st.floats(-100, 100, allow_nan=False, width=32)
pairs = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*[arrays(np.float64, n, elements=numbers)] * 2)
)
degrees = st.floats(0, 180)


def direction(angle, length=1.0):
    radians = math.radians(angle)
    return length * torch.tensor(
        [math.cos(radians), math.sin(radians)], dtype=torch.float64
    )


def test_dot_product_is_the_bill_computed_by_hand():
    bill = dot_product(torch.tensor([1, 2]), torch.tensor([3, 1]))
    assert bill.ndim == 0
    assert bill.dtype == torch.int64
    assert bill.item() == 1 * 3 + 2 * 1


@given(pairs)
def test_dot_product_agrees_with_torch_and_numpy(pair):
    u, v = map(torch.from_numpy, pair)
    torch.testing.assert_close(dot_product(u, v), torch.dot(u, v))
    assert dot_product(u, v).item() == pytest.approx(np.dot(*pair), abs=1e-6)


def test_dot_product_of_mixed_types_is_promoted():
    mixed = dot_product(torch.tensor([1, 2]), torch.tensor([0.5, 0.25]))
    assert mixed.dtype == torch.float32
    assert mixed.item() == 1.0


def test_a_column_silently_gives_the_product_of_the_sums():
    u, v = torch.tensor([1, 2]), torch.tensor([3, 1])
    assert dot_product(u, v.view(2, 1)) == u.sum() * v.sum()
    with pytest.raises(RuntimeError, match="1D tensors expected"):
        torch.dot(u, v.view(2, 1))


def test_dot_product_of_different_lengths_is_refused():
    with pytest.raises(RuntimeError, match="must match the size"):
        dot_product(torch.ones(2), torch.ones(4))


def test_the_shadow_by_hand():
    shadow = projection(torch.tensor([1, 2]), torch.tensor([3, 1]))
    assert shadow.tolist() == [1.5, 0.5]


@given(pairs)
def test_the_projection_is_the_nearest_multiple(pair):
    u, v = map(torch.from_numpy, pair)
    assume(v.norm() > 1e-3)
    fit = torch.linalg.lstsq(v[:, None], u[:, None], driver="gelsd").solution
    torch.testing.assert_close(projection(u, v), fit.item() * v, atol=1e-6, rtol=1e-6)
    rest = u - projection(u, v)
    assert (rest @ v).item() == pytest.approx(0, abs=1e-6)


@given(degrees)
def test_the_length_of_the_shadow_belongs_to_the_angle(angle):
    u, v = direction(20, length=3.0), direction(20 + angle, length=0.2)
    expected = abs(3 * math.cos(math.radians(angle)))
    assert projection(u, v).norm().item() == pytest.approx(expected, abs=1e-12)


@given(degrees)
def test_cosine_similarity_is_the_cosine_of_the_angle_between(angle):
    u, v = direction(20, length=3.0), direction(20 + angle, length=0.2)
    expected = math.cos(math.radians(angle))
    assert cosine_similarity(u, v).item() == pytest.approx(expected, abs=1e-12)


@given(pairs)
def test_cosine_similarity_agrees_with_torch(pair):
    u, v = map(torch.from_numpy, pair)
    assume(u.norm() > 1e-3 and v.norm() > 1e-3)
    expected = torch.nn.functional.cosine_similarity(u, v, dim=0)
    torch.testing.assert_close(cosine_similarity(u, v), expected)


def test_length_changes_the_dot_product_and_not_the_similarity():
    u, v = torch.tensor([1, 2]), torch.tensor([3, 1])
    assert dot_product(10 * u, v) == 10 * dot_product(u, v)
    torch.testing.assert_close(cosine_similarity(10 * u, v), cosine_similarity(u, v))


def test_a_zero_vector_has_no_direction():
    assert cosine_similarity(torch.zeros(2), torch.ones(2)).isnan()


def test_an_arrow_leads_from_its_tail_by_the_vector():
    ax = Figure().subplots()
    draw_arrow(ax, torch.tensor([2.0, -1.0]), "w", tail=(1.0, 1.0))
    arrow, name = ax.texts
    assert arrow.xy == (3.0, 0.0)
    assert arrow.get_position() == (1.0, 1.0)
    assert (name.get_text(), name.xy) == ("w", (3.0, 0.0))
