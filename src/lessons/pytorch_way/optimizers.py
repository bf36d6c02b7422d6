"""Optimizers: plain gradient descent written out, and what an optimizer forgets."""

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.optim import Optimizer


class PlainSGD:
    """Gradient descent for any parameters: what `torch.optim.SGD` does by default.

    Source: the update rule w <- w - lr * dL/dw, for each parameter.

    Args:
        parameters: The tensors to move, leaves that require gradients.
        lr: The learning rate, in units of the parameter squared per unit of the loss;
            a tensor gives the elements of each parameter rates of their own.

    Raises:
        ValueError: If there is no parameter, as from a generator that was used before.
    """

    def __init__(self, parameters: Iterable[Tensor], lr: float | Tensor) -> None:
        self.parameters = list(parameters)
        self.lr = lr
        if not self.parameters:
            raise ValueError("no parameters: was the generator used before?")

    def zero_grad(self) -> None:
        """Forget the gradients, so that `backward` begins with new ones."""
        for parameter in self.parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Move each parameter that has a gradient a little against it."""
        for parameter in self.parameters:
            if parameter.grad is not None:
                parameter.sub_(self.lr * parameter.grad)


def unmoved(model: nn.Module, optimizer: Optimizer) -> list[str]:
    """Return the names of the parameters of a model that an optimizer does not hold.

    Args:
        model: Any module.
        optimizer: Any optimizer; what counts is which tensors are in its groups, not
            which values they have.

    Returns:
        Names as in `named_parameters()`; frozen parameters are left out, as nobody
        wants to move them.
    """
    held = {id(p) for group in optimizer.param_groups for p in group["params"]}
    return [
        name
        for name, parameter in model.named_parameters()
        if parameter.requires_grad and id(parameter) not in held
    ]


def measure(model: nn.Module, optimizer: Optimizer, x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error, its gradients fresh: what a closure has to do.

    Args:
        model: Maps `x` to predictions in the shape of `y`.
        optimizer: Holds the parameters; their old gradients are forgotten.
        x: The features, shape `(N, features)`.
        y: The targets, shape `(N, 1)`.

    Returns:
        A 0-D tensor, in the squared unit of `y`.
    """
    optimizer.zero_grad()
    loss: Tensor = nn.functional.mse_loss(model(x), y)
    loss.backward()
    return loss
