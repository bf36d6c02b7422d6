"""Convolution: weights shared over a picture, and a small network made of them."""

import torch
from torch import Tensor, nn


def slide(image: Tensor, kernel: Tensor) -> Tensor:
    """Slide a kernel over a picture, and take the sum of the products at each place.

    Args:
        image: One picture, float32 `(H, W)`.
        kernel: The weights, float32 `(h, w)`, no larger than the picture.

    Returns:
        A number for each place where the kernel fits, `(H - h + 1, W - w + 1)`.
    """
    height, width = kernel.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    output = torch.zeros(rows, columns)
    for row in range(rows):
        for column in range(columns):
            window = image[row : row + height, column : column + width]
            output[row, column] = (window * kernel).sum()
    return output


def output_length(length: int, kernel: int, padding: int = 0, stride: int = 1) -> int:
    """Return how many places a kernel has along one axis.

    Args:
        length: The length of the picture along this axis.
        kernel: The length of the kernel.
        padding: How many zeros are put at each end.
        stride: How far the kernel moves each time.
    """
    return (length + 2 * padding - kernel) // stride + 1


class DigitCNN(nn.Module):
    """Two convolutions, each with ReLU and pooling, and a linear layer for digits.

    Attributes:
        first: From 1 channel to 16, `nn.Conv2d`.
        second: From 16 channels to 32, `nn.Conv2d`.
        pool: The largest of each 2 by 2 numbers, `nn.MaxPool2d`.
        output: From 32 channels of 2 by 2 to 10 logits, `nn.Linear`.
    """

    def __init__(self) -> None:
        """Create the layers with random weights."""
        super().__init__()
        self.first = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.second = nn.Conv2d(16, 32, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.output = nn.Linear(32 * 2 * 2, 10)
        nn.utils.convert_conv2d_weight_memory_format(self, torch.channels_last)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits.

        Args:
            x: Pictures, float32 `(N, 1, 8, 8)`.

        Returns:
            Scores before softmax, float32 `(N, 10)`.
        """
        x = self.pool(self.first(x).relu())
        x = self.pool(self.second(x).relu())
        return self.output(x.flatten(start_dim=1))
