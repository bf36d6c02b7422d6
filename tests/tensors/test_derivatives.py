import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.derivatives import difference_quotient, takings

numbers = st.floats(-100, 100)
steps = st.floats(0.01, 10)


def double(value):
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def test_takings_of_the_week_are_those_of_22_cups():
    assert takings(torch.tensor(2.5)) == 22 * 2.5


def test_nobody_pays_eight_euros_and_a_gift_brings_nothing():
    assert takings(torch.tensor([0.0, 8.0])).tolist() == [0, 0]


@given(price=numbers)
def test_slope_of_the_takings(price):
    tensor = double(price)
    takings(tensor).backward()
    assert tensor.grad.item() == pytest.approx(32 - 8 * price, abs=1e-9)
    assert torch.autograd.gradcheck(takings, [double(price / 10)])


@given(price=numbers, step=steps)
def test_quotient_of_the_takings_misses_the_slope_by_four_steps(price, step):
    slope = difference_quotient(takings, double(price), step)
    assert slope.item() == pytest.approx(32 - 8 * price - 4 * step, rel=1e-6, abs=1e-6)


def test_halving_the_step_halves_the_error():
    coarse, fine = (
        abs(difference_quotient(torch.sin, double(1.0), step).item() - math.cos(1))
        for step in (0.02, 0.01)
    )
    assert coarse / fine == pytest.approx(2, rel=0.02)


def test_quotients_of_a_vector_are_the_quotients_of_its_elements():
    points = torch.linspace(-2, 2, 5)
    slopes = [difference_quotient(torch.sin, point, 0.5) for point in points]
    torch.testing.assert_close(
        difference_quotient(torch.sin, points, 0.5), torch.stack(slopes)
    )
