"""Derivatives: what a stall takes in, and a quotient that comes near its slope."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text
from torch import Tensor


def takings(price: Tensor) -> Tensor:
    """Return what the stall takes in a week, p (32 - 4p), if a cup costs p.

    Each euro more on the price costs it four cups a week.

    Args:
        price: What a cup costs, in euros: a float tensor of any shape.

    Returns:
        Euros in a week, in the shape of `price`. The slope is 32 - 8p euros per euro.
    """
    cups_sold = 32 - 4 * price
    return price * cups_sold


def difference_quotient(
    function: Callable[[Tensor], Tensor], x: Tensor, step: float
) -> Tensor:
    """Return the slope of the straight line through two points of a curve.

    Args:
        function: Works element by element, or gets and returns a 0-D tensor.
        x: Where the first point lies.
        step: How far to the right of it the second one lies, in the unit of `x`.
    """
    return (function(x + step) - function(x)) / step


def central_difference(
    function: Callable[[Tensor], Tensor], x: Tensor, step: float
) -> Tensor:
    """Return the slope of the line through two points at equal distance from x.

    Its error shrinks with the square of the step; on a parabola there is none.

    Args:
        function: Works element by element, or gets and returns a 0-D tensor.
        x: The middle between the two points.
        step: The distance of each of them from `x`, in the unit of `x`.
    """
    return (function(x + step) - function(x - step)) / (2 * step)


def depths(edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return how many arrows lie between each box and the start, on the longest way.

    Args:
        edges: Pairs of names, an arrow from the first to the second. No circles.
    """
    depth = {name: 0 for edge in edges for name in edge}
    for _ in depth:
        for start, end in edges:
            depth[end] = max(depth[end], depth[start] + 1)
    return depth


def draw_boxes(ax: Axes, edges: Sequence[tuple[str, str]]) -> dict[str, Text]:
    """Draw a box for each name, the start on the right, and return the boxes.

    Args:
        ax: The axes to draw in.
        edges: Pairs of names, an arrow from the first to the second.
    """
    columns: dict[int, list[str]] = {}
    for name, depth in depths(edges).items():
        columns.setdefault(depth, []).append(name)
    frame = {"boxstyle": "round", "facecolor": ("C7", 0.15), "edgecolor": "C7"}
    boxes: dict[str, Text] = {}

    def height_of_starts(name: str) -> float:
        starts = [boxes[start] for start, end in edges if end == name]
        return sum(box.get_position()[1] for box in starts) / max(len(starts), 1)

    for depth, names in sorted(columns.items()):
        names.sort(key=height_of_starts, reverse=True)
        for row, name in enumerate(names):
            place = (-depth, 1 - (row + 0.5) / len(names))
            boxes[name] = ax.text(*place, name, ha="center", va="center", bbox=frame)
    ax.set(xlim=(-max(columns) - 0.5, 0.5), ylim=(0, 1))
    ax.axis("off")
    return boxes


def draw_arrows(
    ax: Axes, boxes: Mapping[str, Text], edges: Sequence[tuple[str, str]], colour: str
) -> None:
    """Draw an arrow for each pair of names; one to and one fro do not overlap.

    Args:
        ax: The axes that hold the boxes.
        boxes: What `draw_boxes` returned.
        edges: Pairs of names, an arrow from the first to the second.
        colour: A matplotlib colour.
    """
    for start, end in edges:
        ax.annotate(
            "",
            xy=boxes[end].get_position(),
            xytext=boxes[start].get_position(),
            arrowprops={
                "arrowstyle": "->",
                "color": colour,
                "connectionstyle": "arc3,rad=0.15",
                "patchA": boxes[start].get_bbox_patch(),
                "patchB": boxes[end].get_bbox_patch(),
            },
        )
