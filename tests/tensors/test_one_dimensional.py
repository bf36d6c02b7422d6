import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from lessons.tensors.one_dimensional import draw_cells, draw_views


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


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_a_slice_is_framed_below_the_elements_that_it_sees(figure):
    cups = torch.tensor([7, 4, 3, 2, 6])
    ax = figure.subplots()
    draw_views(ax, {"cups": cups, "midweek": cups[1:4]})
    *memory, whole, part = cells(ax)
    assert [cell.get_x() for cell in memory] == [0, 1, 2, 3, 4]
    assert texts(ax)[:5] == ["7", "4", "3", "2", "6"]
    assert texts(ax)[5:] == [*"01234", "cups", *"012", "midweek"]
    assert whole.get_x() == pytest.approx(0.05)
    assert part.get_x() == pytest.approx(1.05)
    assert part.get_x() + part.get_width() == pytest.approx(3.95)


def test_what_is_copied_has_memory_of_its_own_below(figure):
    cups = torch.tensor([7, 4, 3, 2, 6])
    ax = figure.subplots()
    draw_views(ax, {"part": cups[3:], "copy": cups[1:3].clone(), "all": cups})
    heights = [cell.get_y() for cell in cells(ax) if cell.get_height() == 1]
    assert heights == [0] * 5 + [pytest.approx(max(heights))] * 2
    assert [name for name in texts(ax) if name.isalpha()] == ["part", "all", "copy"]


@pytest.mark.parametrize("dtype", [torch.uint8, torch.int64, torch.float64])
def test_all_of_the_memory_is_drawn_even_for_a_slice_alone(figure, dtype):
    ax = figure.subplots()
    draw_views(ax, {"end": torch.tensor([9, 8, 7], dtype=dtype)[2:]})
    assert texts(ax) == ["9", "8", "7", "0", "end"]
