"""Gradient descent on one weight: the rule, the loop, the rate and when to stop."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor


def gradient_step(weight: Tensor, gradient: Tensor, learning_rate: float) -> Tensor:
    """Return the weight after one step against the gradient.

    Args:
        weight: The current weight.
        gradient: The derivative of the loss at that weight, in the same shape.
        learning_rate: The positive factor between gradient and step.
    """
    return weight - learning_rate * gradient


def descend(
    gradient_at: Callable[[Tensor], Tensor],
    start: float,
    learning_rate: float,
    steps: int,
) -> Tensor:
    """Return the weights of a descent, from the start to the last step.

    Args:
        gradient_at: Gives the derivative of the loss at a weight (a 0-D tensor).
        start: The first guess.
        learning_rate: The positive factor between gradient and step.
        steps: How many updates to make.

    Returns:
        A tensor of shape `(steps + 1,)` whose first element is the start.
    """
    weight = torch.tensor(float(start))
    weights = [weight]
    for _ in range(steps):
        weight = gradient_step(weight, gradient_at(weight), learning_rate)
        weights.append(weight)
    return torch.stack(weights)


def step_factor(learning_rate: float, curvature: Tensor) -> Tensor:
    """Return the factor by which a step multiplies the distance to the minimum.

    For a parabola with second derivative `curvature` the gradient is `curvature`
    times the distance to the minimum, so a step leaves `1 - learning_rate * curvature`
    of that distance. It shrinks while `learning_rate < 2 / curvature`.

    Args:
        learning_rate: The positive factor between gradient and step.
        curvature: The second derivative of the loss with respect to the weight.
    """
    return 1 - learning_rate * curvature


def gradient_descent(
    loss: Callable[[Tensor], Tensor],
    start: float,
    learning_rate: float,
    tolerance: float = 1e-3,
    max_steps: int = 1000,
) -> tuple[Tensor, Tensor]:
    """Descend until the gradient is near zero or the steps run out.

    Args:
        loss: Gives the loss at a weight, both 0-D tensors; autograd differentiates it.
        start: The first guess.
        learning_rate: The positive factor between gradient and step.
        tolerance: Stop where the gradient is smaller than this in absolute value.
        max_steps: Stop after this many updates at the latest.

    Returns:
        The weights and their losses, two tensors of one length, the start first. A
        length of `max_steps + 1` means that the steps may have run out.

    Raises:
        ValueError: If `learning_rate` is not positive, or if the loss becomes infinite
            or NaN, which is how a run that diverges ends.
    """
    if not learning_rate > 0:
        raise ValueError(f"learning_rate must be positive, got {learning_rate}")
    weight = torch.tensor(float(start), requires_grad=True)
    weights, losses = [], []
    for step in range(max_steps + 1):
        value = loss(weight)
        (gradient,) = torch.autograd.grad(value, weight)
        if not torch.isfinite(value):
            raise ValueError(
                f"loss is {value:.4g} at step {step}: "
                f"is learning_rate {learning_rate} too large?"
            )
        weights.append(weight.detach())
        losses.append(value.detach())
        if abs(gradient) < tolerance:
            break
        weight = gradient_step(weight, gradient, learning_rate).detach()
        weight.requires_grad_()
    return torch.stack(weights), torch.stack(losses)


def stop_step(losses: Sequence[float], patience: int) -> int:
    """Return the step after which `patience` steps brought no new lowest loss.

    Args:
        losses: The loss at the start and after each step.
        patience: How many steps in a row without a new lowest loss end the run. With
            1, the first loss that does not fall ends it.

    Returns:
        The index into `losses` where to stop; the last index if nothing ends the run.
    """
    best, waited = losses[0], 0
    for step, loss in enumerate(losses):
        if loss < best:
            best, waited = loss, 0
        elif step > 0:
            waited += 1
        if waited == patience:
            return step
    return len(losses) - 1
