import numpy as np
import pytest
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import pairwise_distances_argmin
from torch import nn

from lessons.tensors.images import paint, read
from lessons.tensors.what_is_a_tensor import average_parameters


def test_no_ink_is_paper_and_full_ink_its_colour():
    image = paint(torch.tensor([[0.0, 1.0]]), (255, 200, 0), (0, 60, 180))
    assert (image.shape, image.dtype) == ((3, 1, 2), torch.uint8)
    assert image[:, 0, 0].tolist() == [0, 60, 180]
    assert image[:, 0, 1].tolist() == [255, 200, 0]


def test_every_shade_lies_on_the_way_from_paper_to_colour():
    ink = torch.linspace(0, 1, 17, dtype=torch.float64).reshape(1, 17)
    colour, paper = (255, 200, 0), (0, 60, 180)
    image = paint(ink, colour, paper)
    for channel in range(3):
        exact = np.interp(ink[0], [0, 1], [paper[channel], colour[channel]])
        np.testing.assert_array_equal(image[channel, 0], np.floor(exact + 1e-9))


def test_rows_and_columns_stay_in_place():
    ink = torch.zeros(4, 6)
    ink[1, 5] = 1
    image = paint(ink, (255, 255, 255), (0, 0, 0))
    assert image.shape == (3, 4, 6)
    assert image[0].nonzero().tolist() == [[1, 5]]


def test_the_reader_names_the_nearest_average_as_scikit_learn_does():
    digits = load_digits()
    images = torch.tensor(digits.images, dtype=torch.float32)
    weight, bias = average_parameters(images[:1000], torch.tensor(digits.target[:1000]))
    pixels, classes = digits.data[:1000], digits.target[:1000]
    averages = [pixels[classes == k].mean(axis=0) for k in range(10)]
    expected = pairwise_distances_argmin(digits.data[1000:1200], averages)
    guesses = [read(image, weight, bias) for image in images[1000:1200]]
    assert guesses == expected.tolist()


@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32, torch.float64])
def test_the_reader_is_the_largest_output_of_a_linear_layer(dtype):
    torch.manual_seed(0)
    weight, bias = torch.randn(4, 3, 5), torch.randn(4)
    for image in torch.randint(0, 17, (20, 3, 5)).to(dtype):
        outputs = nn.functional.linear(image.float().flatten(), weight.flatten(1), bias)
        guess = read(image, weight, bias)
        assert isinstance(guess, int)
        assert guess == int(outputs.argmax())


def test_the_bias_counts():
    weight, image = torch.zeros(3, 2, 2), torch.ones(2, 2)
    assert read(image, weight, torch.tensor([0.0, 2.0, 1.0])) == 1
