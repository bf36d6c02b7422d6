"""What a tensor is: tensors drawn as boxes in boxes, and a reader of digits."""

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor


def draw_nested(
    ax: Axes, values: Tensor, left: float = 0, top: float = 0
) -> tuple[float, float]:
    """Draw images as boxes in boxes; return the width and the height.

    The last two axes make a grey picture, white for 16 and more. The axis before them
    is a box around pictures side by side, the first of four axes a box around such
    boxes, one below the other.

    Args:
        ax: The axes to draw in; the vertical axis runs downwards.
        values: A real tensor of 2, 3 or 4 axes.
        left: Where the drawing begins; `top`: at which height.
    """
    if values.ndim == 2:
        rows, columns = values.shape
        extent = (left, left + columns, top + rows, top)
        ax.imshow(values.numpy(), cmap="gray", vmin=0, vmax=16, extent=extent)
        return columns, rows
    width, height = 1.0, 1.0
    for inner in values:
        if values.ndim == 3:
            wide, high = draw_nested(ax, inner, left + width, top + 1)
            width, height = width + wide + 1, high + 2
        else:
            wide, high = draw_nested(ax, inner, left + 1, top + height)
            width, height = wide + 2, height + high + 1
    frame = Rectangle((left, top), width, height, zorder=-values.ndim)
    frame.set(facecolor=("C0", 0.15), edgecolor="C0")
    ax.add_patch(frame)
    return width, height


def average_parameters(images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Return a weight and a bias made of the average image of each class.

    With these, the class with the highest score is the one whose average image is
    nearest: the squared distance of x to an average m is x.x - 2 (m.x - m.m / 2).

    Args:
        images: Shape (N, height, width), floats.
        labels: Shape (N,), the class of each image, whole numbers from 0; each class
            up to the largest occurs.

    Returns:
        The averages, shape (classes, height, width), and minus half the sum of the
        squares of each, shape (classes,).
    """
    classes = range(int(labels.max()) + 1)
    weight = torch.stack([images[labels == k].mean(dim=0) for k in classes])
    return weight, -(weight**2).sum(dim=(1, 2)) / 2


def score(image: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return how well an image fits a class: multiply, add up, add the bias.

    Args:
        image: Shape (height, width); `weight`: the same shape, a weight for each pixel.
        bias: A single number, shape ().

    Returns:
        A single number, shape (): the sum of `weight[i, j] * image[i, j]`, plus `bias`.
    """
    return (weight * image).sum() + bias
