from collections.abc import Iterator

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from torch import Tensor

from lessons.tensors.operations import broadcast_shape, draw_stretched

SHAPES = st.lists(st.sampled_from([0, 1, 1, 2, 3]), max_size=3).map(tuple)


@pytest.fixture
def ax() -> Iterator[Axes]:
    fig, axes = plt.subplots()
    yield axes
    plt.close(fig)


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


@pytest.mark.parametrize(
    ("values", "solid"),
    [
        (torch.tensor(2.0), 1),
        (torch.arange(4), 4),
        (torch.arange(3).reshape(3, 1), 3),
        (torch.arange(12).reshape(3, 4), 12),
    ],
)
def test_only_the_cells_that_exist_are_drawn_solid(
    ax: Axes, values: Tensor, solid: int
) -> None:
    draw_stretched(ax, values, (3, 4))
    styles = [patch.get_linestyle() for patch in ax.patches]
    assert len(styles) == 12
    assert styles.count("--") == 12 - solid


def test_every_cell_shows_the_value_that_takes_part(ax: Axes) -> None:
    draw_stretched(ax, torch.tensor([[0.5], [2.0]]), (2, 3))
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["0.5", "0.5", "0.5", "2", "2", "2"]
