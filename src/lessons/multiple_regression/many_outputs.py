"""Many outputs: a scale with two pans and two pointers."""

from typing import Literal

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor


def two_pan_readings(readings: int = 120, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return readings of a scale whose two pans hang on one beam.

    A load on either pan bends the beam, so it moves both pointers. In millimetres the
    left pointer reads `3 * left + 1 * right + 4` and the right pointer, which has a
    shorter lever, `0.5 * left + 2 * right + 6`, with the loads in newtons. Each reading
    scatters by 1 mm.

    Args:
        readings: How many readings are taken, at least one.
        seed: Fixes loads and scatter.

    Returns:
        The loads on the left and the right pan in newtons, between 0 and 6, float32
        `(N, 2)`; the left and the right pointer in millimetres, float32 `(N, 2)`.

    Raises:
        ValueError: If less than one reading is asked for.
    """
    if readings < 1:
        raise ValueError(f"readings={readings}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    x = 6 * torch.rand(readings, 2, generator=generator)
    weight = torch.tensor([[3.0, 1.0], [0.5, 2.0]])
    bias = torch.tensor([4.0, 6.0])
    return x, x @ weight.T + bias + torch.randn(readings, 2, generator=generator)


def draw_layer(ax: Axes, weight: Tensor, bias: Tensor) -> None:
    """Draw a layer as a graph: inputs, outputs, and a weight at each arrow.

    The arrows into one output have one line style, so that they form a group.

    Args:
        ax: The axes to draw in; it is switched off.
        weight: One row for each output, shape `(out_features, in_features)`.
        bias: One number for each output, written beside it, shape `(out_features,)`.
    """
    outputs, inputs = weight.shape
    high = max(outputs, inputs) - 1
    tops = [high / 2 + (count - 1) / 2 for count in (inputs, outputs)]
    node = {"boxstyle": "circle,pad=0.3", "facecolor": "none"}
    for k in range(inputs):
        box = node | {"edgecolor": "C0"}
        ax.text(0, tops[0] - k, f"$x_{k + 1}$", ha="center", va="center", bbox=box)
    for j in range(outputs):
        style = ("-", "--", "-.", ":")[j % 4]
        top, box = tops[1] - j, node | {"edgecolor": "C1"}
        ax.text(3, top, rf"$\hat y_{j + 1}$", ha="center", va="center", bbox=box)
        sign = "+" if bias[j] >= 0 else "\N{MINUS SIGN}"
        ax.text(3.6, top, f"{sign} {bias[j].abs():g}", va="center")
        for k in range(inputs):
            rise = top - (tops[0] - k)
            start = (0.36, tops[0] - k + 0.12 * rise)
            end = (2.64, top - 0.12 * rise)
            look = {"arrowstyle": "-|>", "color": "C1", "linestyle": style}
            ax.annotate("", xy=end, xytext=start, arrowprops=look)
            above = j < outputs / 2  # the label keeps clear of its own arrow
            place = (0.75, tops[0] - k + 0.25 * rise + (0.04 if above else -0.06))
            upright = "bottom" if above else "top"
            aside = (
                "center" if rise == 0 else "right" if above == (rise > 0) else "left"
            )
            number = f"{weight[j, k]:g}".replace("-", "\N{MINUS SIGN}")
            ax.text(*place, number, ha=aside, va=upright)
    ax.set(xlim=(-0.5, 4.5), ylim=(-0.4, high + 0.4))
    ax.axis("off")


def draw_matrix(
    ax: Axes,
    values: Tensor,
    left: float,
    top: float,
    *,
    outputs: Literal["rows", "columns", "none"] = "none",
    colour: str = "C0",
) -> None:
    """Draw a matrix as cells of size 1 with their numbers, tinted by output.

    Args:
        ax: The axes to draw in.
        values: The numbers, shape `(rows, columns)`.
        left: Where the first column begins.
        top: Where the first row begins; the rows go down.
        outputs: Which axis counts the outputs: the cells of output 0 are dark, those of
            the next ones lighter. With "none" all cells are without a tint.
        colour: The colour of the cells.
    """
    for row, numbers in enumerate(values.tolist()):
        for column, number in enumerate(numbers):
            output = {"rows": row, "columns": column, "none": 0}[outputs]
            tint = 0.0 if outputs == "none" else 0.45 / 3**output
            corner = (left + column, top - row - 1)
            cell = Rectangle(
                corner, 1, 1, facecolor=(colour, tint), edgecolor=colour, linewidth=1
            )
            ax.add_patch(cell)
            place = (corner[0] + 0.5, corner[1] + 0.5)
            ax.text(*place, f"{number:g}", ha="center", va="center")
