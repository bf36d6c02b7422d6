"""Pictures as tensors: colour from ink and paper, and what the digit reader reads."""

from collections.abc import Sequence

import torch
from torch import Tensor


def read(image: Tensor, weight: Tensor, bias: Tensor) -> int:
    """Return the class with the highest score: what the digit reader reads.

    Args:
        image: Shape (height, width), any real dtype; ink is large, paper is 0.
        weight: Shape (classes, height, width), the weights of each class.
        bias: Shape (classes,).

    Returns:
        The number of the class, from 0; of equal scores, the first.
    """
    scores = [(weight[k] * image).sum() + bias[k] for k in range(len(weight))]
    return int(torch.stack(scores).argmax())


def paint(ink: Tensor, colour: Sequence[int], paper: Sequence[int]) -> Tensor:
    """Return a colour picture: full ink gets the one colour, no ink the other.

    The formula, for each channel c, is paper[c] + ink * (colour[c] - paper[c]).

    Args:
        ink: Shape (H, W), floats from 0 for no ink to 1 for full ink.
        colour: Red, green and blue of the ink, from 0 to 255.
        paper: Red, green and blue of the paper, from 0 to 255.

    Returns:
        Shape (3, H, W), uint8; fractions are cut off.
    """
    channels = [paper[c] + ink * (colour[c] - paper[c]) for c in range(3)]
    return torch.stack(channels).to(torch.uint8)
