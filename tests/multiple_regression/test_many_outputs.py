"""The readings of the two pans against least squares."""

from typing import Literal

import pytest
import torch
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from lessons.multiple_regression.many_outputs import (
    draw_layer,
    draw_matrix,
    two_pan_readings,
)


def test_each_load_moves_both_pointers() -> None:
    x, y = two_pan_readings(100_000, seed=3)
    assert (x.shape, y.shape, x.dtype, y.dtype) == (
        (100_000, 2),
        (100_000, 2),
        torch.float32,
        torch.float32,
    )
    assert x.min().item() == pytest.approx(0, abs=0.01)
    assert x.max().item() == pytest.approx(6, abs=0.01)
    table = torch.cat([x, torch.ones(len(x), 1)], dim=1).double()
    solution = torch.linalg.lstsq(table, y.double()).solution
    truth = torch.tensor([[3.0, 0.5], [1.0, 2.0], [4.0, 6.0]]).double()
    assert torch.allclose(solution, truth, atol=0.03)
    assert (y - table @ solution).std(dim=0).tolist() == pytest.approx([1, 1], abs=0.01)


def test_the_seed_decides() -> None:
    assert torch.equal(two_pan_readings(seed=1)[1], two_pan_readings(seed=1)[1])
    assert not torch.equal(two_pan_readings(seed=1)[1], two_pan_readings(seed=2)[1])


def test_no_reading_is_too_few() -> None:
    with pytest.raises(ValueError, match="readings=0: at least one"):
        two_pan_readings(0)


def test_the_graph_has_an_arrow_for_each_weight() -> None:
    ax = Figure().subplots()
    weight = torch.tensor([[3.0, 1.0, -2.0], [0.5, 2.0, 7.0]])
    draw_layer(ax, weight, torch.tensor([4.0, -6.0]))
    words = [text.get_text() for text in ax.texts]
    nodes = ["$x_1$", "$x_2$", "$x_3$", r"$\hat y_1$", r"$\hat y_2$"]
    numbers = ["3", "1", "\N{MINUS SIGN}2", "0.5", "2", "7", "+ 4", "\N{MINUS SIGN} 6"]
    assert sorted(filter(None, words)) == sorted(nodes + numbers)
    arrows = [text for text in ax.texts if isinstance(text, Annotation)]
    heights = [arrow.xy[1] for arrow in arrows]
    wanted = [1.56, 1.44, 1.32, 0.68, 0.56, 0.44]  # three around each output
    assert heights == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("outputs", "equal", "different"), [("rows", 0, 1), ("columns", 1, 0)]
)
def test_cells_of_one_output_share_a_tint(
    outputs: Literal["rows", "columns"], equal: int, different: int
) -> None:
    ax = Figure().subplots()
    draw_matrix(
        ax, torch.tensor([[1.0, 2.5], [3.0, 4.0]]), 5, 2, outputs=outputs, colour="C3"
    )
    assert [text.get_text() for text in ax.texts] == ["1", "2.5", "3", "4"]
    cells = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert [cell.get_xy() for cell in cells] == [(5, 1), (6, 1), (5, 0), (6, 0)]
    alphas = [to_rgba(cell.get_facecolor())[3] for cell in cells]
    assert to_rgba(cells[0].get_facecolor())[:3] == to_rgba("C3")[:3]
    neighbours = (alphas[1], alphas[2])
    assert neighbours[equal] == pytest.approx(alphas[0])
    assert neighbours[different] < alphas[0]


def test_inputs_have_no_tint() -> None:
    ax = Figure().subplots()
    draw_matrix(ax, torch.ones(2, 3), 0, 0)
    assert {to_rgba(patch.get_facecolor())[3] for patch in ax.patches} == {0.0}
