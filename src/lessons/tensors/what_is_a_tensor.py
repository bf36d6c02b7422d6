"""What a tensor is: pictures of tensors, and a network with one layer."""

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Polygon
from torch import Tensor

Point = tuple[float, float]


def draw_face(
    ax: Axes, corner: Point, edge: Point, other_edge: Point, marked: bool = False
) -> None:
    """Draw a parallelogram, one face of a cell, framed boldly if it is marked.

    Args:
        ax: The axes to draw in.
        corner: Where both edges start, as (x, y).
        edge: From the corner to the next one.
        other_edge: From the corner to the one on its other side.
        marked: Whether to frame it.
    """
    (x, y), (a, b), (c, d) = corner, edge, other_edge
    corners = [(x, y), (x + a, y + b), (x + a + c, y + b + d), (x + c, y + d)]
    colour, width = ("C4", 3) if marked else ("C0", 1)
    face = Polygon(corners, facecolor=(colour, 0.25), edgecolor=colour)
    face.set(linewidth=width, zorder=width)
    ax.add_patch(face)


def draw_tensor(ax: Axes, values: Tensor, marked_row: int | None = None) -> None:
    """Draw a tensor as a cell, a row, a table or a box of cells with named axes.

    The last axis runs to the right, the one before it downwards, and the one before
    that to the back. Of a box, only the front shows its numbers.

    Args:
        ax: The axes to draw in; they are switched off.
        values: Any real tensor with at most 3 axes.
        marked_row: The row to frame.
    """
    shape = (1,) * (3 - values.ndim) + tuple(values.shape)
    layers, rows, columns = shape
    right, down, back = (1.0, 0.0), (0.0, 1.0), (0.4, -0.4)
    front = values.reshape(shape)[0]
    for row in range(rows):
        for column in range(columns):
            draw_face(ax, (column, row), right, down, row == marked_row)
            text = f"{front[row, column]:g}"
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", zorder=4)
    depth = 0.4 * layers if values.ndim == 3 else 0.0
    for layer in range(layers if values.ndim == 3 else 0):
        shift = 0.4 * layer
        for column in range(columns):
            draw_face(ax, (column + shift, -shift), right, back)
        for row in range(rows):
            draw_face(ax, (columns + shift, row - shift), down, back)
    places = [(depth / 2 - 0.4, -depth / 2 - 0.3, 45)]
    places += [(-0.5, rows / 2, 90), (columns / 2, rows + 0.5, 0)]
    for axis, (x, y, angle) in enumerate(places[3 - values.ndim :]):
        ax.text(x, y, f"axis {axis}", rotation=angle, ha="center", va="center")
    ax.set(aspect="equal", xlim=(-1, columns + depth + 0.1))
    ax.set(ylim=(rows + 1, -depth - 0.8))
    ax.axis("off")


def draw_network(ax: Axes, x: str, parameters: str, operations: str, y: str) -> None:
    """Draw a network as a function: x goes in, parameters join, y comes out.

    Args:
        ax: The axes to draw in; they are switched off.
        x: What stands in the box on the left.
        parameters: In the box above the middle.
        operations: In the box in the middle.
        y: In the box on the right.
    """
    boxes = [(x, 0, 0, "C0"), (operations, 3, 0, "C7"), (y, 6, 0, "C1")]
    for text, left, height, colour in [*boxes, (parameters, 3, 1.5, "C1")]:
        box = {"boxstyle": "round,pad=0.5", "facecolor": (colour, 0.15)}
        box["edgecolor"] = colour
        ax.text(left, height, text, ha="center", va="center", bbox=box)
    arrow = {"arrowstyle": "->", "color": "C7", "linewidth": 2}
    for start, end in [((0.95, 0), (1.85, 0)), ((4.15, 0), (5.05, 0))]:
        ax.annotate("", xy=end, xytext=start, arrowprops=arrow)
    ax.annotate("", xy=(3, 0.5), xytext=(3, 1.05), arrowprops=arrow)
    ax.set(xlim=(-1.1, 7.1), ylim=(-0.6, 2.1))
    ax.axis("off")


def average_parameters(images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return a weight and a bias made of the average image of each class.

    With these, the class with the highest score is the one whose average image is
    nearest: the squared distance of x to an average m is x.x - 2 (m.x - m.m / 2).

    Args:
        images: Shape (N, pixels), floats.
        labels: Shape (N,), the class of each image, whole numbers from 0; each class
            up to the largest occurs.

    Returns:
        The averages, shape (classes, pixels), and minus half the square of the length
        of each, shape (classes,).
    """
    classes = range(int(labels.max()) + 1)
    weight = torch.stack([images[labels == k].mean(dim=0) for k in classes])
    return weight, -(weight**2).sum(dim=1) / 2


def class_scores(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return a score for each class: multiply by the weight, add the bias.

    The formula is y[k] = weight[k, 0] x[0] + ... + weight[k, P-1] x[P-1] + bias[k].

    Args:
        x: One image, shape (P,), or a batch of them, shape (N, P).
        weight: Shape (classes, P).
        bias: Shape (classes,).

    Returns:
        Shape (classes,), or (N, classes).
    """
    return x @ weight.T + bias
