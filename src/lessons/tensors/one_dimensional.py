"""One-dimensional tensors: a picture of their numbered cells."""

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor


def draw_cells(
    ax: Axes,
    values: Tensor,
    marked: int | slice | tuple[int | slice, ...] = slice(0, 0),
) -> None:
    """Draw the elements of a tensor in numbered cells, the marked ones framed boldly.

    A 1-D tensor becomes one strip, a 2-D tensor a grid with row 0 on top.

    Args:
        ax: The axes to draw in.
        values: Shape (N,) or (N, M), any real dtype.
        marked: The index of the marked cells; `slice(1, 4)` marks `values[1:4]`.
    """
    is_marked = torch.zeros(values.shape, dtype=torch.bool)
    is_marked[marked] = True
    rows, columns = values.reshape(-1, values.shape[-1]).shape
    flags = is_marked.flatten().tolist()
    for position, value in enumerate(values.flatten().tolist()):
        row, column = divmod(position, columns)
        colour, width = ("C4", 3) if flags[position] else ("C0", 1)
        cell = Rectangle(
            (column - 0.5, row - 0.5), 1, 1, facecolor=(colour, 0.25), edgecolor=colour
        )
        cell.set(linewidth=width, zorder=width)
        ax.add_patch(cell)
        ax.text(column, row, f"{value:g}", ha="center", va="center", zorder=4)
    ax.set(aspect="equal", xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6))
    ax.set(xticks=range(columns), yticks=range(rows))
    ax.set(xlabel="index $i$" if values.ndim == 1 else "column $j$", ylabel="row $i$")
    ax.yaxis.set_visible(values.ndim == 2)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.grid(visible=False)
