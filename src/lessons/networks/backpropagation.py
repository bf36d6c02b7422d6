"""Backpropagation: the gradients of a network with one hidden layer, by hand."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor


def numerical_gradient(
    cost: Callable[[], Tensor], parameter: Tensor, step: float = 1e-6
) -> Tensor:
    """Return a gradient from differences: each number is moved up and down a little.

    The parameter is changed in place for each call of the cost, and put back.

    Args:
        cost: Computes the cost from the present parameters, a 0-D tensor.
        parameter: The parameter to move, float64, any shape, contiguous.
        step: How far each number is moved in either direction.

    Returns:
        The central differences, of the shape and dtype of the parameter.
    """
    gradient = torch.zeros_like(parameter)
    with torch.no_grad():
        for index in range(parameter.numel()):
            kept = parameter.view(-1)[index].item()
            parameter.view(-1)[index] = kept + step
            above = cost()
            parameter.view(-1)[index] = kept - step
            below = cost()
            parameter.view(-1)[index] = kept
            gradient.view(-1)[index] = (above - below) / (2 * step)
    return gradient


class NumPyNetwork:
    """A network with one hidden layer of ReLUs, trained without PyTorch.

    Attributes:
        w1: The weights of the hidden layer, float64 `(D, H)`.
        b1: Its biases, `(H,)`.
        w2: The weights of the output layer, `(H, M)`.
        b2: Its biases, `(M,)`.
    """

    def __init__(
        self, w1: np.ndarray, b1: np.ndarray, w2: np.ndarray, b2: np.ndarray
    ) -> None:
        """Keep copies of the parameters.

        Args:
            w1: The weights of the hidden layer, `(D, H)`.
            b1: Its biases, `(H,)`.
            w2: The weights of the output layer, `(H, M)`.
            b2: Its biases, `(M,)`.
        """
        self.w1, self.b1 = w1.copy(), b1.copy()
        self.w2, self.b2 = w2.copy(), b2.copy()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the predictions, and keep what the way back needs.

        Args:
            x: The samples, `(N, D)`.

        Returns:
            The predictions, `(N, M)`.
        """
        self.x = x
        self.a = x @ self.w1 + self.b1
        self.z = np.maximum(self.a, 0)
        self.prediction = self.z @ self.w2 + self.b2
        return self.prediction

    def backward(self, y: np.ndarray) -> None:
        """Compute the gradients of the mean squared error, after a forward pass.

        They are kept as `dw1`, `db1`, `dw2` and `db2`, in the shapes of the parameters.

        Args:
            y: The targets, `(N, M)`.
        """
        delta2 = 2 * (self.prediction - y) / y.size
        self.dw2 = self.z.T @ delta2
        self.db2 = delta2.sum(axis=0)
        delta1 = (delta2 @ self.w2.T) * (self.a > 0)
        self.dw1 = self.x.T @ delta1
        self.db1 = delta1.sum(axis=0)

    def step(self, learning_rate: float) -> None:
        """Move each parameter against its gradient.

        Args:
            learning_rate: What part of the gradient a step is.
        """
        self.w1 -= learning_rate * self.dw1
        self.b1 -= learning_rate * self.db1
        self.w2 -= learning_rate * self.dw2
        self.b2 -= learning_rate * self.db2


def multiplications(lengths: list[int], samples: int) -> tuple[int, int]:
    """Return how many multiplications the matrices take, forwards and backwards.

    Activations, biases and loss are left out: they take one operation a number.

    Args:
        lengths: The number of inputs, of the units of each layer, and of outputs.
        samples: How many samples the batch has.

    Returns:
        The count of the forward pass and that of the backward pass, which computes a
        gradient for each weight matrix and for all hidden values, but not for x.
    """
    layers = [samples * a * b for a, b in pairwise(lengths)]
    return sum(layers), 2 * sum(layers) - layers[0]


def saved_tensors(calculate: Callable[[], Tensor]) -> list[Tensor]:
    """Return the tensors that a forward pass keeps for the way back, each once.

    Args:
        calculate: Computes a result that requires gradients.

    Returns:
        What autograd saves, in order, tensors that share their memory only once.
    """
    found: dict[int, Tensor] = {}

    def note(tensor: Tensor) -> Tensor:
        found.setdefault(tensor.data_ptr(), tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        result = calculate()
    del result
    return list(found.values())
