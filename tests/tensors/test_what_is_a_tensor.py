import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from torch import nn

from lessons.tensors.what_is_a_tensor import (
    average_parameters,
    draw_nested,
    score,
)


@pytest.fixture(name="ax")
def _ax():
    yield Figure().subplots()
    plt.close("all")


@pytest.fixture(name="digits", scope="module")
def _digits():
    digits = load_digits()
    images = torch.tensor(digits.images, dtype=torch.float32)
    return images, torch.tensor(digits.target)


def frames(ax):
    """The boxes as (left, top, width, height), the innermost first."""
    return [
        (*patch.get_xy(), patch.get_width(), patch.get_height()) for patch in ax.patches
    ]


def pictures(ax):
    """The left and the upper edge of each picture, in the order of the tensor."""
    return [(image.get_extent()[0], image.get_extent()[3]) for image in ax.images]


def test_two_axes_are_a_picture_with_row_0_above_and_column_0_on_the_left(ax):
    values = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert draw_nested(ax, values, left=10, top=20) == (3, 2)
    (image,) = ax.images
    assert image.get_extent() == [10, 13, 22, 20]
    assert image.origin == "upper"
    assert np.array_equal(image.get_array(), values)


def test_three_axes_are_a_box_around_pictures_side_by_side(ax):
    assert draw_nested(ax, torch.zeros(3, 2, 4)) == (3 * 4 + 4, 2 + 2)
    assert pictures(ax) == [(1, 1), (6, 1), (11, 1)]
    assert frames(ax) == [(0, 0, 16, 4)]


def test_four_axes_are_a_box_around_boxes_one_below_the_other(ax):
    width, height = draw_nested(ax, torch.zeros(2, 3, 2, 4))
    assert (width, height) == (16 + 2, 2 * 4 + 3)
    assert frames(ax) == [(1, 1, 16, 4), (1, 6, 16, 4), (0, 0, 18, 11)]
    assert pictures(ax) == [(2, 2), (7, 2), (12, 2), (2, 7), (7, 7), (12, 7)]


def test_pictures_of_one_drawing_share_one_scale(ax):
    draw_nested(ax, torch.stack([torch.zeros(2, 2), torch.full((2, 2), 8.0)]))
    assert [image.get_clim() for image in ax.images] == [(0, 16), (0, 16)]


def test_each_weight_is_the_average_image_of_its_class(digits):
    images, labels = digits
    weight, bias = average_parameters(images, labels)
    pixels, classes = images.double().numpy(), labels.numpy()
    expected = [np.mean(pixels[classes == k], axis=0) for k in range(10)]
    np.testing.assert_allclose(weight, expected, atol=1e-4)
    assert (weight.shape, bias.shape) == ((10, 8, 8), (10,))


def test_the_highest_score_has_the_nearest_average(digits):
    images, labels = digits
    weight, bias = average_parameters(images[:1000], labels[:1000])
    nearest = torch.cdist(images[1000:1200].flatten(1), weight.flatten(1)).argmin(dim=1)
    for image, label in zip(images[1000:1200], nearest, strict=True):
        scores = [score(image, weight[k], bias[k]) for k in range(10)]
        assert torch.stack(scores).argmax() == label


def test_the_score_is_that_of_a_linear_layer(digits):
    images, labels = digits
    weight, bias = average_parameters(images[:1000], labels[:1000])
    expected = nn.functional.linear(images[3].flatten(), weight.flatten(1), bias)
    scores = [score(images[3], weight[k], bias[k]) for k in range(10)]
    torch.testing.assert_close(torch.stack(scores), expected)


def test_a_class_without_an_image_gives_parameters_that_show_it():
    weight, _ = average_parameters(torch.ones(2, 3, 3), torch.tensor([0, 2]))
    assert weight[1].isnan().all()
    assert weight[[0, 2]].isfinite().all()
