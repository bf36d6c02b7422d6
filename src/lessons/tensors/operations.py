"""Operations: the rule of broadcasting and its picture."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor


def broadcast_shape(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Return the shape in which two shapes meet in an element-wise operation.

    Axes are matched from the last one backwards, and a missing axis counts as length 1.
    Of two lengths, they must be equal or one of them 1, which is stretched.

    Args:
        first: The length of each axis of one tensor.
        second: Likewise, of the other.

    Raises:
        ValueError: If two lengths differ and neither is 1.
    """
    rank = max(len(first), len(second))
    padded_first = (1,) * (rank - len(first)) + tuple(first)
    padded_second = (1,) * (rank - len(second)) + tuple(second)
    shape = []
    for a, b in zip(padded_first, padded_second, strict=True):
        if a != b and 1 not in (a, b):
            raise ValueError(f"lengths {a} and {b} do not fit")
        shape.append(b if a == 1 else a)
    return tuple(shape)


def draw_stretched(ax: Axes, values: Tensor, shape: tuple[int, int]) -> None:
    """Draw a tensor stretched to a shape; cells that only repeat others are dashed.

    Args:
        ax: The axes to draw in; they are switched off.
        values: Any real tensor that can be broadcast to `shape`.
        shape: Number of rows and of columns of the picture.
    """
    stretched = values.broadcast_to(shape)
    for row in range(shape[0]):
        for column in range(shape[1]):
            cell = Rectangle((column, row), 1, 1, facecolor=("C0", 0.25), zorder=2)
            cell.set_edgecolor("C0")
            repeats_row = row > 0 and stretched.stride(0) == 0
            repeats_column = column > 0 and stretched.stride(1) == 0
            if repeats_row or repeats_column:
                cell.set(facecolor="none", edgecolor="C7", linestyle="--", zorder=1)
            ax.add_patch(cell)
            text = f"{stretched[row, column]:g}"
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center")
    ax.set(aspect="equal", xlim=(-0.1, shape[1] + 0.1), ylim=(shape[0] + 0.1, -0.1))
    ax.axis("off")
