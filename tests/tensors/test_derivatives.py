import math

import matplotlib.pyplot as plt
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from lessons.tensors.derivatives import (
    babylonian_root,
    backward_edges,
    central_difference,
    depths,
    describe,
    difference_quotient,
    draw_arrows,
    draw_boxes,
    garden_area,
    garden_gradient,
    parabola,
    parabola_slope,
)

numbers = st.floats(-100, 100)
steps = st.floats(0.01, 10)


def double(*values, requires_grad=True):
    return [
        torch.tensor(value, dtype=torch.float64, requires_grad=requires_grad)
        for value in values
    ]


@pytest.fixture(name="ax")
def _ax():
    yield Figure().subplots()
    plt.close("all")


@given(x=numbers, step=steps)
def test_difference_quotient_of_the_square_is_two_x_plus_the_step(x, step):
    (point,) = double(x)
    slope = difference_quotient(torch.square, point, step)
    assert slope.item() == pytest.approx(2 * x + step, rel=1e-6, abs=1e-6)


@given(x=numbers, step=steps)
def test_central_difference_is_exact_on_a_parabola(x, step):
    (point,) = double(x)
    slope = central_difference(parabola, point, step)
    torch.testing.assert_close(slope, parabola_slope(point), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(
    ("quotient", "order"), [(difference_quotient, 1), (central_difference, 2)]
)
def test_halving_the_step_divides_the_error_by_two_to_the_order(quotient, order):
    (point,) = double(1.0)
    coarse, fine = (
        abs(quotient(torch.sin, point, step).item() - math.cos(1))
        for step in (0.02, 0.01)
    )
    assert coarse / fine == pytest.approx(2**order, rel=0.02)


def test_quotients_of_a_vector_are_the_quotients_of_its_elements():
    points = torch.linspace(-2, 2, 5)
    for quotient in (difference_quotient, central_difference):
        slopes = [quotient(torch.sin, point, 0.5) for point in points]
        torch.testing.assert_close(
            quotient(torch.sin, points, 0.5), torch.stack(slopes)
        )


def test_parabola_at_two_is_nine_with_slope_six():
    assert parabola(torch.tensor(2.0)) == 9
    assert parabola_slope(torch.tensor(2.0)) == 6


@given(x=numbers)
def test_autograd_finds_the_slope_of_the_parabola(x):
    (point,) = double(x)
    parabola(point).backward()
    torch.testing.assert_close(point.grad, parabola_slope(point).detach())


def test_garden_of_one_and_two_metres():
    u, v = torch.tensor(1.0), torch.tensor(2.0)
    assert garden_area(u, v) == 3
    assert garden_gradient(u, v) == (4, 1)


@given(u=numbers, v=numbers)
def test_autograd_and_differences_find_the_partial_derivatives(u, v):
    first, second = double(u, v)
    expected = garden_gradient(first, second)
    found = torch.autograd.grad(garden_area(first, second), (first, second))
    torch.testing.assert_close(found, expected)
    for index, other in ((0, second), (1, first)):
        slope = central_difference(
            lambda moved, index=index, other=other: (
                garden_area(moved, other) if index == 0 else garden_area(other, moved)
            ),
            (first, second)[index],
            0.5,
        )
        torch.testing.assert_close(slope, expected[index], rtol=1e-6, atol=1e-6)


def test_gradcheck_accepts_the_formulas_of_the_page():
    assert torch.autograd.gradcheck(parabola, double(2.0))
    assert torch.autograd.gradcheck(garden_area, double(1.0, 2.0))
    assert torch.autograd.gradcheck(lambda x: babylonian_root(x, 5), double(2.0))


def test_a_leaf_is_described_before_and_after_backward():
    x = torch.tensor(2.0, requires_grad=True)
    before = describe(x)
    assert before == {
        "data": "2",
        "grad": "None",
        "grad_fn": "None",
        "is_leaf": "True",
        "requires_grad": "True",
    }
    (x**2).backward()
    assert describe(x) == before | {"grad": "tensor(4.)"}


def test_a_result_is_described_without_asking_for_its_gradient():
    y = torch.tensor(2.0, requires_grad=True) ** 2
    assert describe(y) == {
        "data": "4",
        "grad": "not kept",
        "grad_fn": "PowBackward0",
        "is_leaf": "False",
        "requires_grad": "True",
    }
    y.retain_grad()
    y.backward()
    assert describe(y)["grad"] == "tensor(1.)"


def test_a_constant_is_a_leaf_without_a_gradient():
    described = describe(torch.tensor(3.0))
    assert described["is_leaf"] == "True"
    assert described["requires_grad"] == "False"


def test_the_graph_of_the_garden():
    u = torch.tensor(1.0, requires_grad=True)
    v = torch.tensor(2.0, requires_grad=True)
    assert backward_edges(garden_area(u, v), {"u": u, "v": v}) == [
        ("AddBackward0", "MulBackward0"),
        ("AddBackward0", "PowBackward0"),
        ("MulBackward0", "u.grad"),
        ("MulBackward0", "v.grad"),
        ("PowBackward0", "u.grad"),
    ]


def test_functions_of_one_kind_are_numbered_and_a_shared_one_appears_once():
    x = torch.tensor(3.0, requires_grad=True)
    y = x * 2
    assert backward_edges(y * (y + 1), {"x": x}) == [
        ("MulBackward0", "MulBackward0 2"),
        ("MulBackward0", "AddBackward0"),
        ("MulBackward0 2", "x.grad"),
        ("AddBackward0", "MulBackward0 2"),
    ]


def test_a_leaf_without_a_name_is_shown_as_what_it_is():
    x = torch.tensor(3.0, requires_grad=True)
    assert backward_edges(x**2, {}) == [("PowBackward0", "AccumulateGrad")]


def test_a_wide_net_of_shared_results_is_walked_once():
    x = torch.tensor(1.0, requires_grad=True)
    y = x
    for _ in range(40):
        y = y + y.sin()
    assert len(backward_edges(y, {"x": x})) == 40 * 3


def test_depth_is_the_longest_way_from_the_start():
    edges = [("a", "b"), ("a", "c"), ("b", "d"), ("d", "e"), ("a", "e")]
    assert depths(edges) == {"a": 0, "b": 1, "c": 1, "d": 2, "e": 3}
    assert depths(edges[::-1]) == depths(edges)


def test_boxes_stand_left_of_the_box_that_leads_to_them(ax):
    edges = [("f", "g"), ("f", "h"), ("g", "u"), ("h", "u")]
    boxes = draw_boxes(ax, edges)
    assert [text.get_text() for text in ax.texts] == ["f", "g", "h", "u"]
    for start, end in edges:
        assert boxes[end].get_position()[0] < boxes[start].get_position()[0]
    assert len({text.get_position() for text in ax.texts}) == 4


def test_a_box_stands_level_with_the_boxes_that_lead_to_it(ax):
    edges = [("f", "g"), ("f", "h"), ("g", "u"), ("g", "v"), ("h", "u")]
    boxes = draw_boxes(ax, edges)
    height = {name: box.get_position()[1] for name, box in boxes.items()}
    assert height["g"] > height["h"]
    assert height["v"] > height["u"]  # v hangs on g alone, u on g and h


def test_every_edge_gets_an_arrow_between_its_boxes(ax):
    edges = [("f", "g"), ("f", "h")]
    boxes = draw_boxes(ax, edges)
    draw_arrows(ax, boxes, edges, "C3")
    arrows = ax.texts[3:]
    assert [arrow.xyann for arrow in arrows] == [boxes["f"].get_position()] * 2
    assert [arrow.xy for arrow in arrows] == [
        boxes["g"].get_position(),
        boxes["h"].get_position(),
    ]


@given(number=st.floats(0.1, 50))
def test_babylonian_root_and_its_derivative_are_those_of_the_root(number):
    (x,) = double(number)
    root = babylonian_root(x, 12)
    root.backward()
    assert root.item() == pytest.approx(math.sqrt(number))
    assert x.grad.item() == pytest.approx(1 / (2 * math.sqrt(number)))


def test_babylonian_root_starts_with_the_number_and_averages():
    two = torch.tensor(2.0)
    rounds = [babylonian_root(two, n).item() for n in range(3)]
    assert rounds == pytest.approx([2, 3 / 2, 17 / 12])
