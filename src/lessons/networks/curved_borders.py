"""Curved borders: a network learns where beans sprout, and what its units do."""

import torch
from torch import Tensor, nn, optim

from lessons.networks.modules import MLP


def train_border(
    x: Tensor, y: Tensor, hidden: int, seed: int, steps: int = 200
) -> nn.Module:
    """Train one logit on two classes, with all samples in each step.

    Args:
        x: The samples, float32 `(N, D)`, best standardised.
        y: The labels, 0.0 or 1.0, float32 `(N, 1)`.
        hidden: How many hidden units there are; with 0, the border is straight.
        seed: Fixes the start.
        steps: How many steps Adam takes, with the learning rate 0.05.

    Returns:
        A model from samples `(..., D)` to logits `(..., 1)`.
    """
    torch.manual_seed(seed)
    inputs = x.shape[1]
    model = MLP(inputs, hidden, 1) if hidden else nn.Linear(inputs, 1)
    optimizer = optim.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def side_view(points: Tensor, output: nn.Linear) -> Tensor:
    """Project hidden points so that the plane where one logit is 0 is seen edge on.

    Args:
        points: The hidden activations of some samples, float32 `(N, H)`, H at least 2.
        output: The layer from the hidden units to one logit.

    Returns:
        Float32 `(N, 2)`: the distance from the plane, negative where the logit is, and
        the direction within the plane in which the points spread most, from its mean.
    """
    with torch.no_grad():
        across = output.weight[0] / output.weight.norm()
        distance = output(points) / output.weight.norm()
        within = points - (points @ across).unsqueeze(1) * across
        within = within - within.mean(dim=0)
        _, _, directions = torch.linalg.svd(within, full_matrices=False)
        return torch.cat([distance, (within @ directions[0]).unsqueeze(1)], dim=1)
