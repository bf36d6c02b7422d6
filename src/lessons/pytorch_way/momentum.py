"""Momentum: a step that remembers, its options as in torch, and when a run arrives."""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor

from lessons.pytorch_way.optimizers import PlainSGD


class MomentumSGD(PlainSGD):
    """Gradient descent with a velocity: what `torch.optim.SGD` does with its options.

    Source: v <- momentum * v + (1 - dampening) * g and w <- w - lr * v, with v = g in
    the first step; g is the gradient plus weight_decay * w. With `nesterov` the step
    follows g + momentum * v instead of v. Without momentum the step follows g.

    Args:
        parameters: The tensors to move, leaves that require gradients.
        lr: The learning rate, or a tensor of rates as in `PlainSGD`.
        momentum: The share of the velocity that is kept, from 0 to 1.
        dampening: The share of each later gradient that is left out, from 0 to 1.
        weight_decay: How strongly each element is pulled towards zero, from 0 upward.
        nesterov: Whether to step from where the velocity is about to lead.

    Raises:
        ValueError: If there is no parameter.
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        lr: float | Tensor,
        *,
        momentum: float = 0.0,
        dampening: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        self.momentum = momentum
        self.dampening = dampening
        self.weight_decay = weight_decay
        self.nesterov = nesterov
        self.velocities: dict[int, Tensor] = {}

    @torch.no_grad()
    def step(self) -> None:
        """Let each gradient change the velocity, and the velocity the parameter."""
        for place, parameter in enumerate(self.parameters):
            if parameter.grad is None:
                continue
            direction = parameter.grad + self.weight_decay * parameter
            if self.momentum != 0:
                velocity = direction.clone()
                if place in self.velocities:
                    old = self.momentum * self.velocities[place]
                    velocity = old + (1 - self.dampening) * direction
                self.velocities[place] = velocity
                ahead = direction + self.momentum * velocity
                direction = ahead if self.nesterov else velocity
            parameter.sub_(self.lr * direction)


def look_ahead(
    gradient: Callable[[Tensor], Tensor],
    place: Tensor,
    velocity: Tensor,
    lr: float,
    momentum: float,
) -> tuple[Tensor, Tensor]:
    """Make one step of Nesterov's: measure the gradient where the velocity leads.

    Source: Nesterov's accelerated gradient, v <- momentum * v + g(w - lr * momentum *
    v) and w <- w - lr * v.

    Args:
        gradient: Returns the gradient at a place, in the shape of the place.
        place: The parameters before the step.
        velocity: What the steps before have added up, in the shape of `place`.
        lr: The learning rate.
        momentum: The share of the velocity that is kept.

    Returns:
        The place and the velocity after the step, new tensors.
    """
    ahead = place - lr * momentum * velocity
    velocity = momentum * velocity + gradient(ahead)
    return place - lr * velocity, velocity


def arrival(losses: Sequence[float], level: float) -> int | None:
    """Return after how many steps the losses stay at or below a level, or None.

    Args:
        losses: The loss before each step, so that `losses[0]` is that of the start.
        level: What counts as arrived. NaN never does.
    """
    away = [step for step, loss in enumerate(losses) if not loss <= level]
    if not away:
        return 0
    return away[-1] + 1 if away[-1] + 1 < len(losses) else None
