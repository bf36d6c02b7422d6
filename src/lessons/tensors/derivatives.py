"""Derivatives: two quotients that come near them, and the graph behind `backward`."""

from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text
from torch import Tensor
from torch.autograd.graph import get_gradient_edge


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


def parabola(x: Tensor) -> Tensor:
    """Return x^2 + 2x + 1, element by element."""
    return x**2 + 2 * x + 1


def parabola_slope(x: Tensor) -> Tensor:
    """Return the derivative of `parabola`, 2x + 2."""
    return 2 * x + 2


def garden_area(u: Tensor, v: Tensor) -> Tensor:
    """Return the area of a square u wide with a strip v wide along one side.

    Args:
        u: The side of the square, in metres.
        v: The width of the strip, in metres.

    Returns:
        `u * v + u**2`, in square metres.
    """
    return u * v + u**2


def garden_gradient(u: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """Return the partial derivatives of `garden_area`: v + 2u and u."""
    return v + 2 * u, u


def describe(tensor: Tensor) -> dict[str, str]:
    """Return the five attributes of a 0-D tensor that autograd works with.

    Args:
        tensor: A single number, with or without `requires_grad`.

    Returns:
        The names of the attributes and their values in words. Torch keeps no `grad`
        for a result, unless told to; asking it for one would be answered by a warning.
    """
    keeps_grad = tensor.is_leaf or tensor.retains_grad
    return {
        "data": f"{tensor.data:g}",
        "grad": str(tensor.grad) if keeps_grad else "not kept",
        "grad_fn": tensor.grad_fn.name() if tensor.grad_fn else "None",
        "is_leaf": str(tensor.is_leaf),
        "requires_grad": str(tensor.requires_grad),
    }


def backward_edges(
    output: Tensor, leaves: Mapping[str, Tensor]
) -> list[tuple[str, str]]:
    """Return the arrows of a backward graph, from each function to the next.

    Args:
        output: A result of tracked operations.
        leaves: The tensors at the other end of the graph, by name. The function that
            adds to the gradient of `leaves["x"]` appears as `x.grad`.

    Returns:
        Pairs of names, starting at the output. The second function of the same kind
        has a 2 behind its name, and so on.
    """
    names = {
        get_gradient_edge(leaf).node: f"{name}.grad" for name, leaf in leaves.items()
    }
    start = get_gradient_edge(output).node
    names[start] = type(start).__name__
    edges = []
    waiting = [start]
    while waiting:
        node = waiting.pop(0)
        for function, _ in node.next_functions:
            if function is None:  # a constant
                continue
            if function not in names:
                kind = type(function).__name__
                same = [name.split()[0] for name in names.values()].count(kind)
                names[function] = f"{kind} {same + 1}" if same else kind
                waiting.append(function)
            edges.append((names[node], names[function]))
    return edges


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


def babylonian_root(number: Tensor, rounds: int) -> Tensor:
    """Return the square root of a number, found by averaging.

    A guess above the root has `number / guess` below it, and the other way round; the
    mean of both is a better guess. The first guess is the number itself.

    Args:
        number: Positive, of any shape.
        rounds: How often to average.
    """
    guess = number
    for _ in range(rounds):
        guess = (guess + number / guess) / 2
    return guess
