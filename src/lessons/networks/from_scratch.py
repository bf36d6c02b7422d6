"""From scratch: one training program, for a line, for a layer and for a network."""

import torch
from torch import Tensor, nn, optim


def pot_readings(pots: int = 50) -> tuple[Tensor, Tensor]:
    """Weigh flower pots: 3 kg when dry, and up to 2 kg of water.

    The scale scatters by 50 g. All random numbers come from torch's own generator, the
    shares first, so `torch.manual_seed` fixes the readings and all that is drawn later.

    Args:
        pots: How many pots are weighed, N.

    Returns:
        The share of the water that a pot can hold, from 0 to 1, and its weight in
        kilograms, both float32 `(N,)`.
    """
    share = torch.rand(pots)
    scatter = 0.05 * torch.randn(pots)
    return share, 2 * share + 3 + scatter


def leaf_damage(plants: int = 100) -> tuple[Tensor, Tensor]:
    """Return how much of the leaves is damaged: least with half of the water.

    The damage is (2x - 1)**2, plus something between 0 and 0.1 for other causes. All
    random numbers come from torch's own generator, the shares first.

    Args:
        plants: How many plants are looked at, N.

    Returns:
        The share of the water that the pot can hold, from 0 to 1, and the damage as a
        share of the leaves (in the worst pots a little over 1), both float32 `(N,)`.
    """
    share = torch.rand(plants)
    other = 0.1 * torch.rand(plants)
    return share, (2 * share - 1) ** 2 + other


def train(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    learning_rate: float = 0.1,
    epochs: int = 1000,
) -> list[float]:
    """Train any model with the mean squared error, on all samples in each step.

    Args:
        model: Maps `(N, D)` to `(N, M)`; it is changed in place.
        x: Inputs, `(N, D)`.
        y: Targets, `(N, M)`.
        learning_rate: The learning rate of SGD.
        epochs: How many steps are taken.

    Returns:
        The loss before each step, and one more at the end, `epochs + 1` numbers.
    """
    loss_fn = nn.MSELoss()
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    with torch.no_grad():
        losses.append(loss_fn(model(x), y).item())
    return losses
