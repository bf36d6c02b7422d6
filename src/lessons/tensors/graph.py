"""The graph at work: backpropagation by hand, on one weight and on any graph."""

from collections.abc import Callable

import torch
from torch import Tensor


def one_weight_loss(weight: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the squared error of the model weight * x.

    Args:
        weight: The weight of the model, a 0-D tensor.
        x: The input of one sample, a 0-D tensor.
        y: The target of the same sample, a 0-D tensor.
    """
    prediction = weight * x
    error = prediction - y
    return error**2


def weight_gradient(weight: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the derivative of one_weight_loss with respect to the weight.

    The chain rule: the product of the local gradients of the square, the difference
    and the product.

    Args:
        weight: The weight of the model, a 0-D tensor.
        x: The input of one sample, a 0-D tensor.
        y: The target of the same sample, a 0-D tensor.
    """
    error = weight * x - y
    loss_by_error = 2 * error
    error_by_prediction = 1
    prediction_by_weight = x
    return loss_by_error * error_by_prediction * prediction_by_weight


class Scalar:
    """A number that remembers from which numbers it was made.

    Attributes:
        value: The number.
        parents: The numbers that it was made from, each with its local gradient: the
            derivative of this number with respect to that one.
    """

    def __init__(self, value: float, *parents: tuple["Scalar", float]) -> None:
        self.value = value
        self.parents = parents

    def __add__(self, other: "Scalar") -> "Scalar":
        return Scalar(self.value + other.value, (self, 1.0), (other, 1.0))

    def __sub__(self, other: "Scalar") -> "Scalar":
        return Scalar(self.value - other.value, (self, 1.0), (other, -1.0))

    def __mul__(self, other: "Scalar") -> "Scalar":
        product = self.value * other.value
        return Scalar(product, (self, other.value), (other, self.value))

    def __pow__(self, exponent: int) -> "Scalar":
        local = exponent * self.value ** (exponent - 1)
        return Scalar(self.value**exponent, (self, local))


def gradients(output: Scalar) -> dict[Scalar, float]:
    """Return the derivative of the output with respect to every number behind it.

    Args:
        output: The last number of the graph.

    Returns:
        One derivative for each number, the output itself (with 1) included.
    """
    order: list[Scalar] = []

    def visit(number: Scalar) -> None:
        if number not in order:
            for parent, _ in number.parents:
                visit(parent)
            order.append(number)

    visit(output)
    gradient = dict.fromkeys(order, 0.0)
    gradient[output] = 1.0
    for number in reversed(order):
        for parent, local in number.parents:
            gradient[parent] += gradient[number] * local
    return gradient


def numerical_gradient(
    function: Callable[[Tensor], Tensor], x: Tensor, step: float
) -> Tensor:
    """Return the gradient by moving one element after the other: 2N function calls.

    Args:
        function: Gets a tensor of shape (N,) and returns a 0-D tensor.
        x: Shape (N,); `float64` leaves enough digits for a small step.
        step: How far to move each element to both sides.

    Returns:
        The central differences, shape (N,).
    """
    gradient = torch.zeros_like(x)
    for i in range(len(x)):
        move = torch.zeros_like(x)
        move[i] = step
        gradient[i] = (function(x + move) - function(x - move)) / (2 * step)
    return gradient


def double_square(x: Tensor) -> Tensor:
    """Return 2 (x + 2)^2, element by element."""
    y = x + 2
    return y * y * 2


def double_square_slope(x: Tensor) -> Tensor:
    """Return the derivative of `double_square`, 4 (x + 2), element by element."""
    return 4 * (x + 2)


def losses_of_descent(clear: bool) -> list[float]:
    """Return the loss of one weight before each of 40 updates by its gradient.

    The sample is x = 1, y = 2, the weight starts at 1, and each update subtracts 0.1
    times `weight.grad`.

    Args:
        clear: Whether to clear `weight.grad` after each update. If not, `backward`
            adds each gradient to all those before it.
    """
    x, y = torch.tensor(1.0), torch.tensor(2.0)
    weight = torch.tensor(1.0, requires_grad=True)
    losses = []
    for _ in range(40):
        loss = one_weight_loss(weight, x, y)
        losses.append(loss.item())
        loss.backward()
        assert weight.grad is not None  # backward has filled it
        with torch.no_grad():
            weight -= 0.1 * weight.grad
        if clear:
            weight.grad = None
    return losses
