import operator

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lessons.tensors.derivatives import central_difference
from lessons.tensors.graph import (
    Scalar,
    double_square,
    double_square_slope,
    gradients,
    losses_of_descent,
    numerical_gradient,
    one_weight_loss,
    weight_gradient,
)

numbers = st.floats(-10, 10)


def double(*values):
    return [torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values]


def test_one_weight_has_loss_one_and_gradient_minus_two():
    weight, x, y = torch.tensor(1.0), torch.tensor(1.0), torch.tensor(2.0)
    assert one_weight_loss(weight, x, y) == 1
    assert weight_gradient(weight, x, y) == -2


@given(weight=numbers, x=numbers, y=numbers)
def test_loss_is_that_of_torch(weight, x, y):
    weight, x, y = double(weight, x, y)
    expected = torch.nn.functional.mse_loss(weight * x, y)
    torch.testing.assert_close(one_weight_loss(weight, x, y), expected)


@given(weight=numbers, x=numbers, y=numbers)
def test_chain_rule_agrees_with_autograd_and_differences(weight, x, y):
    weight, x, y = double(weight, x, y)
    gradient = weight_gradient(weight, x, y)
    (by_torch,) = torch.autograd.grad(one_weight_loss(weight, x, y), weight)
    torch.testing.assert_close(gradient, by_torch)
    by_steps = central_difference(lambda moved: one_weight_loss(moved, x, y), weight, 1)
    torch.testing.assert_close(gradient, by_steps, rtol=1e-6, atol=1e-6)


def test_gradcheck_accepts_the_loss_and_the_vector_function():
    assert torch.autograd.gradcheck(one_weight_loss, double(1.0, 1.5, 2.0))
    assert torch.autograd.gradcheck(double_square, double([-0.8, 1.1, 1.2]))


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


def test_numerical_gradient_needs_two_calls_an_element():
    calls = 0

    def cubes(x):
        nonlocal calls
        calls += 1
        return (x**3).sum()

    (x,) = double([0.5, -1.0, 2.0, 0.0])
    found = numerical_gradient(cubes, x.detach(), 1e-4)
    assert calls == 8
    (expected,) = torch.autograd.grad(cubes(x), x)
    torch.testing.assert_close(found, expected, rtol=1e-6, atol=1e-6)


def test_numerical_gradient_sees_how_elements_act_together():
    x = torch.tensor([2.0, 3.0, 5.0], dtype=torch.float64)
    found = numerical_gradient(torch.prod, x, 1e-3)
    torch.testing.assert_close(found, torch.tensor([15.0, 10, 6], dtype=torch.float64))


def test_jacobian_of_the_double_square_is_its_slope_on_the_diagonal():
    (x,) = double([-0.8022, 1.0610, 1.1878])
    jacobian = torch.autograd.functional.jacobian(double_square, x)
    torch.testing.assert_close(jacobian, torch.diag(double_square_slope(x)))


def test_double_square_of_the_notebook():
    x = torch.tensor([-0.8022, 1.0610, 1.1878])
    expected = torch.tensor([2.8696, 18.7398, 20.3246])
    torch.testing.assert_close(double_square(x), expected, rtol=1e-4, atol=0)


def test_cleared_descent_multiplies_the_error_by_the_same_factor():
    # w - 2 shrinks by 1 - 0.1 * 2 in each update, and the loss is its square.
    expected = [0.8 ** (2 * k) for k in range(40)]
    assert losses_of_descent(clear=True) == pytest.approx(expected, rel=1e-3, abs=1e-9)


def test_forgotten_gradients_act_like_momentum_without_friction():
    weight = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=1.0)
    expected = []
    for _ in range(40):
        optimizer.zero_grad()
        loss = (weight - 2).square()
        expected.append(loss.item())
        loss.backward()
        optimizer.step()
    assert losses_of_descent(clear=False) == pytest.approx(expected, abs=1e-4)
