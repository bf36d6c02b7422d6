import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lessons.tensors.one_dimensional import draw_cells


@pytest.fixture(name="figure")
def _figure():
    figure = Figure()
    yield figure
    plt.close("all")


def cells(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def framed(ax):
    return [i for i, cell in enumerate(cells(ax)) if cell.get_linewidth() > 1]


def test_every_element_stands_in_the_middle_of_its_own_cell(figure):
    ax = figure.subplots()
    draw_cells(ax, torch.tensor([7, 4, 3, 2, 6]))
    assert [text.get_text() for text in ax.texts] == ["7", "4", "3", "2", "6"]
    for text, cell in zip(ax.texts, cells(ax), strict=True):
        assert tuple(cell.get_center()) == text.get_position()


def test_indices_stand_below_the_middle_of_the_cells(figure):
    ax = figure.subplots()
    draw_cells(ax, torch.tensor([7, 4, 3, 2, 6]))
    assert list(ax.get_xticks()) == [0, 1, 2, 3, 4]
    assert ax.get_xlabel() == "index $i$"
    assert not ax.yaxis.get_visible()


@pytest.mark.parametrize("marked", [slice(1, 4), slice(3, None), slice(-2, -1), 2])
def test_the_framed_cells_are_those_that_the_index_reads(figure, marked):
    values = torch.arange(5)
    ax = figure.subplots()
    draw_cells(ax, values, marked=marked)
    assert framed(ax) == values[marked].flatten().tolist()


def test_nothing_is_framed_unless_asked_for(figure):
    ax = figure.subplots()
    draw_cells(ax, torch.arange(5))
    assert framed(ax) == []
    assert all(same_color(cell.get_edgecolor(), "C0") for cell in cells(ax))


def test_a_column_is_drawn_as_rows_with_row_0_on_top(figure):
    ax = figure.subplots()
    draw_cells(ax, torch.tensor([1.0, 2.0, 3.0]).view(3, 1))
    assert [tuple(cell.get_center()) for cell in cells(ax)] == [(0, 0), (0, 1), (0, 2)]
    assert ax.yaxis_inverted()
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("column $j$", "row $i$")


def test_a_region_of_a_matrix_is_framed(figure):
    matrix = torch.arange(12).view(3, 4)
    ax = figure.subplots()
    draw_cells(ax, matrix, marked=(slice(1, 3), 2))
    assert framed(ax) == matrix[1:3, 2].tolist()


def test_an_index_out_of_range_is_refused(figure):
    with pytest.raises(IndexError, match="out of bounds"):
        draw_cells(figure.subplots(), torch.arange(5), marked=5)
