"""Honest splits: parts that answer for new springs, and choices that flatter."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn, optim


class SpringLine(nn.Module):
    """A line that all springs share, and a correction for each spring.

    Where every spring is called number 0, it is a plain line.

    Args:
        springs: How many springs there are; a spring that is never trained keeps the
            correction 0.
    """

    def __init__(self, springs: int) -> None:
        super().__init__()
        self.line = nn.Linear(1, 1)
        self.correction = nn.Parameter(torch.zeros(springs, 1))

    def forward(self, x: Tensor, number: Tensor) -> Tensor:
        """Return the predictions in millimetres, shape `(N, 1)`.

        Args:
            x: The loads in newtons, shape `(N, 1)`, float32.
            number: The number of the spring of each load, int64, shape `(N,)`.
        """
        prediction: Tensor = self.line(x) + self.correction[number]
        return prediction


def fit_spring_line(x: Tensor, number: Tensor, y: Tensor, springs: int) -> SpringLine:
    """Return a `SpringLine` after 150 steps of Adam, each on all readings.

    Args:
        x: The loads in newtons, shape `(N, 1)`, float32.
        number: The number of the spring of each load, int64, shape `(N,)`.
        y: The readings in millimetres, shape `(N, 1)`, float32.
        springs: How many springs there are, the ones without readings included.
    """
    model = SpringLine(springs)
    optimizer = optim.Adam(model.parameters(), lr=0.3)
    for _ in range(150):
        loss = nn.functional.mse_loss(model(x, number), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def split_by_group(
    groups: Tensor, sizes: Sequence[int], generator: torch.Generator | None = None
) -> list[Tensor]:
    """Return row numbers of random parts, the rows of a group always together.

    Args:
        groups: For each row the number of its group, such as its spring; int64, `(N,)`.
        sizes: How many groups each part gets.
        generator: Draws the groups; without it, PyTorch's own one does.

    Returns:
        For each size the row numbers of its groups, 1-D int64, in ascending order.

    Raises:
        ValueError: If the sizes do not add up to the number of groups.
    """
    names = groups.unique()
    if sum(sizes) != len(names):
        raise ValueError(
            f"sizes {list(sizes)} add up to {sum(sizes)}, but there are {len(names)} "
            "groups"
        )
    shuffled = names[torch.randperm(len(names), generator=generator)]
    parts = shuffled.split(list(sizes))
    return [torch.isin(groups, part).nonzero().flatten() for part in parts]


def equal_lines(count: int) -> tuple[Tensor, Tensor]:
    """Return lines on a ring round the factory's true line, all equally good.

    A line whose weight is off by w and whose bias is off by b has a mean squared
    distance of 3 w**2 + (3 w + b)**2 from the true line 3 x + 4, for loads that are
    uniform between 0 and 6 N. Here it is always 1 mm**2.

    Args:
        count: How many lines, evenly spaced along the ring.

    Returns:
        The weights in mm/N and the biases in mm, both float32, shape `(count,)`.
    """
    angle = torch.arange(count) / count * 2 * torch.pi
    weight = angle.cos() / 3**0.5
    bias = angle.sin() - 3 * weight
    return 3 + weight, 4 + bias
