"""Rules with a rate for each element: RMSProp, Adam and AdamW, and three landscapes."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.optim import Optimizer

from lessons.pytorch_way.optimizers import PlainSGD


class PlainRMSprop(PlainSGD):
    """Divide each gradient by its usual size: what `torch.optim.RMSprop` does.

    Source: s <- alpha * s + (1 - alpha) * g^2 and w <- w - lr * g / (sqrt(s) + eps),
    element by element, with s = 0 at first.

    Args:
        parameters: The tensors to move, leaves that require gradients.
        lr: The learning rate, in the unit of the parameters, or a tensor of rates as
            in `PlainSGD`.
        alpha: The share of the mean square that is kept, from 0 to below 1.
        eps: Keeps the division from being one by zero.

    Raises:
        ValueError: If there is no parameter.
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        lr: float | Tensor,
        *,
        alpha: float = 0.99,
        eps: float = 1e-8,
    ) -> None:
        super().__init__(parameters, lr)
        self.alpha = alpha
        self.eps = eps
        self.squares = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        """Move each element by its gradient, in units of the gradient's usual size."""
        for parameter, square in zip(self.parameters, self.squares, strict=True):
            gradient = parameter.grad
            if gradient is not None:
                square.copy_(self.alpha * square + (1 - self.alpha) * gradient**2)
                parameter.sub_(self.lr * gradient / (square.sqrt() + self.eps))


class PlainAdam(PlainSGD):
    """Mean gradient over usual size: what `torch.optim.Adam` and `AdamW` do.

    Source: m <- b1 * m + (1 - b1) * g and v <- b2 * v + (1 - b2) * g^2, both 0 at
    first; after k steps w <- w - lr * m' / (sqrt(v') + eps), where m' = m / (1 - b1^k)
    and v' = v / (1 - b2^k).

    Args:
        parameters: The tensors to move, leaves that require gradients.
        lr: The learning rate, in the unit of the parameters, or a tensor of rates as
            in `PlainSGD`.
        betas: The shares of mean and mean square that are kept, from 0 to below 1.
        eps: Keeps the division from being one by zero.
        weight_decay: How strongly each element is pulled towards zero, from 0 upward.
        decoupled: Whether decay shrinks the parameter itself, as in AdamW, instead of
            being added to the gradient, as in Adam.

    Raises:
        ValueError: If there is no parameter.
    """

    def __init__(
        self,
        parameters: Iterable[Tensor],
        lr: float | Tensor,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        decoupled: bool = False,
    ) -> None:
        super().__init__(parameters, lr)
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.decoupled = decoupled
        self.means = [torch.zeros_like(p) for p in self.parameters]
        self.squares = [torch.zeros_like(p) for p in self.parameters]
        self.counts = [0 for _ in self.parameters]

    @torch.no_grad()
    def step(self) -> None:
        """Move each element by its mean gradient, in units of its usual size."""
        first, second = self.betas
        for place, parameter in enumerate(self.parameters):
            gradient = parameter.grad
            if gradient is None:
                continue
            if self.decoupled:
                parameter.mul_(1 - self.lr * self.weight_decay)
            else:
                gradient = gradient + self.weight_decay * parameter
            mean, square = self.means[place], self.squares[place]
            mean.copy_(first * mean + (1 - first) * gradient)
            square.copy_(second * square + (1 - second) * gradient**2)
            self.counts[place] += 1
            count = self.counts[place]
            fair_mean = mean / (1 - first**count)
            fair_square = square / (1 - second**count)
            parameter.sub_(self.lr * fair_mean / (fair_square.sqrt() + self.eps))


def line_losses(places: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the mean squared error of many lines at once.

    Args:
        places: Weight and bias of each line, shape `(runs, 2)`.
        x: The loads, shape `(samples,)`, or `(runs, samples)` where each run has its
            own.
        y: The readings, in the shape of `x`.

    Returns:
        Shape `(runs,)`, in the squared unit of `y`.
    """
    errors = places[:, :1] * x + places[:, 1:] - y
    return (errors**2).mean(dim=1)


def sampled_losses(places: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the squared error of many lines, each on one reading drawn at random.

    Args:
        places: Weight and bias of each line, shape `(runs, 2)`.
        x: The loads to draw from, shape `(samples,)`.
        y: The readings, in the shape of `x`.

    Returns:
        Shape `(runs,)`, in the squared unit of `y`; each call draws anew.
    """
    rows = torch.randint(len(x), (len(places), 1))
    return line_losses(places, x[rows], y[rows])


def saddle_losses(places: Tensor) -> Tensor:
    """Return (w1 * w2 - 3)^2 for many pairs: a saddle at 0, two valleys beside it.

    Args:
        places: The pairs, shape `(runs, 2)`.
    """
    losses: Tensor = (places.prod(dim=1) - 3) ** 2
    return losses


def walk(
    optimizer: Optimizer | PlainSGD,
    places: Tensor,
    losses: Callable[[Tensor], Tensor],
    steps: int,
) -> Tensor:
    """Move many runs at once by a rule that looks at each element alone.

    Args:
        optimizer: Holds `places`, and moves it.
        places: One row for each run, shape `(runs, elements)`, a leaf that requires
            gradients; changed in place.
        losses: Maps places to the losses of the runs, shape `(runs,)`.
        steps: How many steps to make.

    Returns:
        The places before the first step and after each, shape
        `(steps + 1, runs, elements)`.
    """
    path = [places.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        losses(places).sum().backward()
        optimizer.step()
        path.append(places.detach().clone())
    return torch.stack(path)
