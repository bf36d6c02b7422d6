"""Vector arithmetic: the dot product, projection, similarity of direction, arrows."""

from matplotlib.axes import Axes
from torch import Tensor


def draw_arrow(
    ax: Axes,
    vector: Tensor,
    name: str,
    *,
    tail: tuple[float, float] = (0.0, 0.0),
    color: str = "C0",
    linestyle: str = "-",
) -> None:
    """Draw a vector with two components as an arrow with its name at the tip.

    Args:
        ax: The axes to draw in; its limits stay as they are.
        vector: Shape (2,), any real dtype.
        name: What stands at the tip.
        tail: Where the arrow starts.
        color: The color of the arrow.
        linestyle: The line style of its shaft.
    """
    horizontal, vertical = vector.tolist()
    tip = (tail[0] + horizontal, tail[1] + vertical)
    shape = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0, "linewidth": 2}
    look = {"color": color, "linestyle": linestyle}
    ax.annotate("", xy=tip, xytext=tail, arrowprops=shape | look)
    ax.annotate(name, xy=tip, xytext=(5, 3), textcoords="offset points")


def dot_product(u: Tensor, v: Tensor) -> Tensor:
    """Return the sum of the products of matching elements.

    The formula is u . v = u[0] v[0] + ... + u[N-1] v[N-1].

    Args:
        u: Shape (N,).
        v: Shape (N,). A shape (N, 1) is broadcast against `u` without an error and
            gives the product of the two sums instead; `torch.dot` refuses it.

    Returns:
        A 0-D tensor of the dtype that `u` and `v` have in common.

    Raises:
        RuntimeError: From torch, if the lengths differ and neither is 1.
    """
    return (u * v).sum()


def projection(u: Tensor, v: Tensor) -> Tensor:
    """Return the shadow of u on v: the multiple of v that is nearest to u.

    The formula is t v with t = (u . v) / (v . v); the rest, u - t v, is perpendicular
    to v.

    Args:
        u: Shape (N,).
        v: Shape (N,), not zero.

    Returns:
        Shape (N,), floats; nan if `v` is zero, because it has no direction.
    """
    return dot_product(u, v) / dot_product(v, v) * v


def cosine_similarity(u: Tensor, v: Tensor) -> Tensor:
    """Return the cosine of the angle between two vectors.

    The formula is (u . v) / (|u| |v|) with |u| = sqrt(u . u).

    Args:
        u: Shape (N,).
        v: Shape (N,).

    Returns:
        A 0-D floating-point tensor between -1 and 1, up to rounding; nan if one of
        the vectors is zero, because it has no direction.
    """
    lengths = dot_product(u, u).sqrt() * dot_product(v, v).sqrt()
    return dot_product(u, v) / lengths
