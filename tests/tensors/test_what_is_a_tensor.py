import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from torch import nn

from lessons.tensors.what_is_a_tensor import (
    average_parameters,
    class_scores,
    draw_face,
    draw_network,
    draw_tensor,
)


@pytest.fixture(name="ax")
def _ax():
    yield Figure().subplots()
    plt.close("all")


@pytest.fixture(name="digits", scope="module")
def _digits():
    digits = load_digits()
    images = torch.tensor(digits.data / 16, dtype=torch.float32)
    return images, torch.tensor(digits.target)


def numbers(ax):
    return [t for t in ax.texts if not t.get_text().startswith("axis")]


def axis_names(ax):
    return [t for t in ax.texts if t.get_text().startswith("axis")]


def framed(ax):
    return [i for i, face in enumerate(ax.patches) if face.get_linewidth() > 1]


def area(corners):
    x, y = corners[:-1].T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def test_a_face_is_a_parallelogram(ax):
    draw_face(ax, (1, 2), (3, 0), (0.5, -1))
    corners = ax.patches[0].get_xy().tolist()
    assert corners == [[1, 2], [4, 2], [4.5, 1], [1.5, 1], [1, 2]]


@pytest.mark.parametrize("shape", [(), (6,), (6, 4), (1, 3)])
def test_up_to_two_axes_every_element_has_its_cell(ax, shape):
    values = torch.arange(torch.Size(shape).numel()).reshape(shape)
    draw_tensor(ax, values)
    shown = [text.get_text() for text in numbers(ax)]
    assert shown == [str(value) for value in values.flatten().tolist()]
    assert len(ax.patches) == values.numel()
    for text, cell in zip(numbers(ax), ax.patches, strict=True):
        middle = cell.get_xy()[:-1].mean(axis=0)
        assert tuple(middle) == text.get_position()


def test_the_last_axis_runs_to_the_right_and_the_one_before_it_down(ax):
    draw_tensor(ax, torch.tensor([[1, 2, 3], [4, 5, 6]]))
    places = {text.get_text(): text.get_position() for text in numbers(ax)}
    assert places["3"] == (2.5, 0.5)
    assert places["4"] == (0.5, 1.5)
    assert ax.yaxis_inverted()


def test_a_box_shows_its_front_and_a_face_for_each_cell_on_top_and_at_the_side(ax):
    values = torch.arange(24).reshape(4, 3, 2)
    draw_tensor(ax, values)
    shown = [text.get_text() for text in numbers(ax)]
    assert shown == [str(value) for value in values[0].flatten().tolist()]
    assert len(ax.patches) == 3 * 2 + 4 * 2 + 4 * 3


def test_the_faces_of_a_box_fill_its_outline_without_a_gap(ax):
    layers, rows, columns = 4, 3, 2
    draw_tensor(ax, torch.zeros(layers, rows, columns))
    faces = [face.get_xy() for face in ax.patches]
    depth = 0.4 * layers
    outline = rows * columns + depth * columns + depth * rows
    assert sum(area(face) for face in faces) == pytest.approx(outline)
    corners = np.concatenate(faces)
    assert corners.max(axis=0) == pytest.approx([columns + depth, rows])
    assert corners.min(axis=0) == pytest.approx([0, -depth])


@pytest.mark.parametrize("shape", [(), (2,), (2, 3), (4, 4, 2)])
def test_everything_is_inside_the_picture(ax, shape):
    draw_tensor(ax, torch.zeros(shape))
    points = [text.get_position() for text in ax.texts]
    points += [tuple(point) for face in ax.patches for point in face.get_xy()]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert all(left <= x <= right and top <= y <= bottom for x, y in points)


@pytest.mark.parametrize("shape", [(), (2,), (2, 3), (4, 4, 2)])
def test_each_axis_is_named_once(ax, shape):
    draw_tensor(ax, torch.zeros(shape))
    names = [text.get_text() for text in axis_names(ax)]
    assert names == [f"axis {number}" for number in range(len(shape))]


def test_axis_names_stand_beside_what_they_name(ax):
    draw_tensor(ax, torch.zeros(4, 3, 2))
    back, down, right = (text.get_position() for text in axis_names(ax))
    assert right[0] == 1
    assert right[1] > 3
    assert down[0] < 0
    assert down[1] == 1.5
    assert back[1] < 0


def test_the_only_axis_of_a_row_is_named_below_it_and_the_first_of_a_table_beside(ax):
    draw_tensor(ax, torch.zeros(4))
    assert axis_names(ax)[0].get_position() == (2, 1.5)
    table = Figure().subplots()
    draw_tensor(table, torch.zeros(3, 4))
    beside, below = (text.get_position() for text in axis_names(table))
    assert beside == (-0.5, 1.5)
    assert below == (2, 3.5)


def test_one_row_can_be_framed(ax):
    draw_tensor(ax, torch.zeros(3, 4), marked_row=1)
    assert framed(ax) == [4, 5, 6, 7]


def test_nothing_is_framed_unless_asked_for(ax):
    draw_tensor(ax, torch.zeros(3, 4))
    assert framed(ax) == []


def test_parameters_and_input_lead_to_the_output(ax):
    draw_network(ax, x="in", parameters="knobs", operations="compute", y="out")
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert places["in"][0] < places["compute"][0] < places["out"][0]
    assert places["knobs"][0] == places["compute"][0]
    arrows = [text for text in ax.texts if text.get_text() == ""]
    assert len(arrows) == 3


def test_each_row_of_the_weight_is_the_average_image_of_its_class(digits):
    images, labels = digits
    weight, bias = average_parameters(images, labels)
    pixels, classes = images.double().numpy(), labels.numpy()
    expected = [np.mean(pixels[classes == k], axis=0) for k in range(10)]
    np.testing.assert_allclose(weight, expected, atol=1e-5)
    assert (weight.shape, bias.shape) == ((10, 64), (10,))


def test_the_highest_score_has_the_nearest_average(digits):
    images, labels = digits
    weight, bias = average_parameters(images[:1000], labels[:1000])
    scores = class_scores(images[1000:], weight, bias)
    nearest = torch.cdist(images[1000:], weight).argmin(dim=1)
    assert torch.equal(scores.argmax(dim=1), nearest)


def test_the_scores_are_those_of_a_linear_layer(digits):
    images, labels = digits
    weight, bias = average_parameters(images[:1000], labels[:1000])
    scores = class_scores(images[:5], weight, bias)
    torch.testing.assert_close(scores, nn.functional.linear(images[:5], weight, bias))


def test_one_image_gets_the_scores_that_it_gets_in_a_batch():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    weight = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]])
    bias = torch.tensor([0.0, 10.0, 0.5])
    assert class_scores(x[1], weight, bias).tolist() == [3, 14, -0.5]
    assert torch.equal(class_scores(x, weight, bias)[1], torch.tensor([3, 14, -0.5]))


def test_a_class_without_an_image_gives_parameters_that_show_it():
    weight, _ = average_parameters(torch.ones(2, 3), torch.tensor([0, 2]))
    assert weight[1].isnan().all()
    assert weight[[0, 2]].isfinite().all()
