"""One-dimensional tensors: pictures of their numbered cells and of their memory."""

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


def draw_views(ax: Axes, tensors: dict[str, Tensor]) -> None:
    """Draw the memory of tensors, and below each piece the names that look into it.

    What is drawn is measured: tensors that share memory have one strip of cells, and
    below it each has a frame, with its own indices, under the elements that it sees.

    Args:
        ax: The axes to draw in; they are switched off.
        tensors: Slices with step 1, or whole tensors, of shape (N,), by name.
    """
    blocks: dict[int, list[str]] = {}
    for name, tensor in tensors.items():
        address = tensor.untyped_storage().data_ptr()
        blocks.setdefault(address, []).append(name)
    row, longest = 0.0, 0
    for names in blocks.values():
        first = tensors[names[0]]
        elements = first.untyped_storage().nbytes() // first.element_size()
        longest = max(longest, elements)
        for place, value in enumerate(first.as_strided((elements,), (1,), 0).tolist()):
            cell = Rectangle((place, row), 1, 1, edgecolor="C0")
            cell.set(facecolor=("C0", 0.25))
            ax.add_patch(cell)
            ax.text(place + 0.5, row + 0.5, f"{value:g}", ha="center", va="center")
        row += 1.2
        for name in names:
            start, length = int(tensors[name].storage_offset()), len(tensors[name])
            frame = Rectangle((start + 0.05, row), length - 0.1, 0.6, fill=False)
            frame.set(edgecolor="C7", linewidth=1.5)
            ax.add_patch(frame)
            for index in range(length):
                middle = (start + index + 0.5, row + 0.3)
                ax.text(*middle, f"{index}", ha="center", va="center")
            ax.text(-0.3, row + 0.3, name, ha="right", va="center", family="monospace")
            row += 0.8
        row += 0.4
    ax.set(aspect="equal", xlim=(-3, longest + 0.1), ylim=(row - 0.3, -0.1))
    ax.axis("off")
