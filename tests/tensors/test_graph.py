import operator

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.graph import Scalar, gradients


def double(*values):
    return [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]


@given(price=st.floats(-20, 20), cost=st.floats(-20, 20))
def test_profit_of_the_stall_has_the_slopes_of_the_formula(price, cost):
    p, c = Scalar(price), Scalar(cost)
    profit = (Scalar(32.0) - Scalar(4.0) * p) * (p - c)
    found = gradients(profit)
    assert profit.value == pytest.approx((32 - 4 * price) * (price - cost))
    assert found[p] == pytest.approx(32 - 8 * price + 4 * cost, abs=1e-9)
    assert found[c] == pytest.approx(4 * price - 32, abs=1e-9)


operations = st.lists(
    st.tuples(
        st.sampled_from([operator.add, operator.sub, operator.mul, "square", "cube"]),
        st.integers(0, 100),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=8,
)


def build(leaves, steps):
    """Apply the same operations to numbers of any class, each to earlier results."""
    made = list(leaves)
    for operation, i, j in steps:
        first, second = made[i % len(made)], made[j % len(made)]
        if operation == "square":
            made.append(first**2)
        elif operation == "cube":
            made.append(first**3)
        else:
            made.append(operation(first, second))
    return made[-1] + leaves[0] * leaves[1]  # both leaves belong to the graph


@given(steps=operations, values=st.tuples(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5)))
def test_gradients_of_any_graph_are_those_of_torch(steps, values):
    scalars = [Scalar(value) for value in values]
    tensors = double(*values)
    output, expected = build(scalars, steps), build(tensors, steps)
    assert output.value == pytest.approx(expected.item(), rel=1e-9, abs=1e-9)
    found = gradients(output)
    by_torch = torch.autograd.grad(expected, tensors)
    assert [found[scalar] for scalar in scalars] == pytest.approx(
        [gradient.item() for gradient in by_torch], rel=1e-9, abs=1e-9
    )


def test_a_number_used_twice_gets_the_sum_of_both_ways():
    u, v = Scalar(1.0), Scalar(2.0)
    f = u * v + u**2
    found = gradients(f)
    assert (f.value, found[f], found[u], found[v]) == (3, 1, 4, 1)


def test_the_gradient_of_a_number_times_itself():
    x = Scalar(3.0)
    assert gradients(x * x)[x] == 6


def test_gradients_change_nothing_and_can_be_asked_for_again():
    x = Scalar(3.0)
    y = x**2
    assert gradients(y) == gradients(y)


def test_gradients_of_a_deep_diamond_visit_each_number_once():
    x = Scalar(1.0)
    y = x
    for _ in range(60):
        y = y + y
    assert gradients(y)[x] == 2.0**60
