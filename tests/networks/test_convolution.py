"""Convolution against PyTorch and SciPy's rules, the network against its shapes."""

import pytest
import torch
from torch import nn

from lessons.networks.convolution import DigitCNN, output_length, slide


@pytest.mark.parametrize("kernel_shape", [(1, 1), (2, 3), (3, 3), (5, 6)])
def test_sliding_is_what_conv2d_does(kernel_shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    image, kernel = torch.randn(5, 6), torch.randn(kernel_shape)
    wanted = nn.functional.conv2d(image[None, None], kernel[None, None])[0, 0]
    torch.testing.assert_close(slide(image, kernel), wanted)


def test_sliding_by_hand() -> None:
    image = torch.tensor([[1.0, 2.0, 4.0], [0.0, 3.0, 1.0]])
    kernel = torch.tensor([[1.0, -1.0], [2.0, 0.5]])
    assert slide(image, kernel).tolist() == [[0.5, 4.5]]


@pytest.mark.parametrize("length", [5, 8])
@pytest.mark.parametrize("kernel", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_output_lengths(length: int, kernel: int, padding: int, stride: int) -> None:
    layer = nn.Conv1d(1, 1, kernel, padding=padding, stride=stride)
    found = output_length(length, kernel, padding, stride)
    assert found == layer(torch.zeros(1, 1, length)).shape[2]


def test_the_network_bends_and_pools() -> None:
    torch.manual_seed(0)
    model = DigitCNN()
    x = torch.randn(7, 1, 8, 8)
    reference = nn.Sequential(
        model.first,
        nn.ReLU(),
        nn.MaxPool2d(2),
        model.second,
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        model.output,
    )
    assert model(x).shape == (7, 10)
    torch.testing.assert_close(model(x), reference(x))
    assert sum(each.numel() for each in model.parameters()) == 160 + 4640 + 1290
