"""Tensors, NumPy and pandas: who lives in whose memory."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor


def shares_memory(first: Tensor | np.ndarray, second: Tensor | np.ndarray) -> bool:
    """Tell whether at least one element of one is stored where the other stores one.

    Args:
        first: A CPU tensor without gradient, or an array.
        second: Likewise.
    """
    return np.shares_memory(np.asarray(first), np.asarray(second))


def memory_blocks(holders: dict[str, Tensor | np.ndarray]) -> list[list[str]]:
    """Return the names in groups: those in one group lie in the same memory.

    Args:
        holders: Tensors and arrays by name.

    Returns:
        The groups in the order of their first name. A name joins the first group with
        whose first member it shares memory.
    """
    blocks: list[list[str]] = []
    for name, holder in holders.items():
        for block in blocks:
            if shares_memory(holder, holders[block[0]]):
                block.append(name)
                break
        else:
            blocks.append([name])
    return blocks


def draw_memory(ax: Axes, holders: dict[str, Tensor | np.ndarray]) -> None:
    """Draw every name with an arrow to the memory in which its values really lie.

    Args:
        ax: The axes to draw in; it is switched off.
        holders: Tensors and arrays of shape (N,) by name.
    """
    row = 0
    for block in memory_blocks(holders):
        middle = row + (len(block) - 1) / 2
        values = np.asarray(holders[block[0]]).tolist()
        for column, value in enumerate(values):
            corner = (3.5 + column, middle - 0.35)
            cell = Rectangle(corner, 1, 0.7, facecolor=("C0", 0.25), edgecolor="C0")
            ax.add_patch(cell)
            ax.text(4 + column, middle, str(value), ha="center", va="center")
        for name in block:
            arrow = {"arrowstyle": "->", "color": "C7"}
            ax.annotate("", xy=(3.4, middle), xytext=(2.1, row), arrowprops=arrow)
            ax.text(2.0, row, name, ha="right", va="center", family="monospace")
            row += 1
    ax.set(xlim=(-0.5, 4.5 + len(values)), ylim=(row - 0.3, -0.7))
    ax.axis("off")
