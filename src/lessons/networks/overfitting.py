"""Overfitting: many networks side by side, watched while they learn by heart."""

import torch
from torch import Tensor, nn, optim

from lessons.networks.layers import sprouting_trials


class Crowd(nn.Module):
    """Several networks with one hidden layer and one logit, side by side.

    Every network has its own weights and its own samples. They start as `nn.Linear`
    does, and calculate in float64.

    Attributes:
        hidden_weight: Float64 `(R, D, H)` for R networks.
        hidden_bias: Float64 `(R, 1, H)`.
        output_weight: Float64 `(R, H, 1)`.
        output_bias: Float64 `(R, 1, 1)`.
    """

    def __init__(self, networks: int, inputs: int, hidden: int) -> None:
        """Create the networks with random weights.

        Args:
            networks: How many networks there are, R.
            inputs: How many numbers a sample has, D.
            hidden: How many hidden units each network has, H.
        """
        super().__init__()
        self.hidden_weight = nn.Parameter(torch.empty(networks, inputs, hidden))
        self.hidden_bias = nn.Parameter(torch.empty(networks, 1, hidden))
        self.output_weight = nn.Parameter(torch.empty(networks, hidden, 1))
        self.output_bias = nn.Parameter(torch.empty(networks, 1, 1))
        self.double()
        counts = (inputs, inputs, hidden, hidden)
        for parameter, count in zip(self.parameters(), counts, strict=True):
            nn.init.uniform_(parameter, -(count**-0.5), count**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits of each network for its own samples.

        Args:
            x: Float64 `(R, N, D)`.

        Returns:
            Float64 `(R, N)`.
        """
        bent = (x @ self.hidden_weight + self.hidden_bias).relu()
        return (bent @ self.output_weight + self.output_bias).squeeze(dim=2)


def bean_parts(
    trials: int, networks: int, validation: int = 20, new: int = 300
) -> list[tuple[Tensor, Tensor]]:
    """Sow beans for several networks: for training, for validation, and new ones.

    Args:
        trials: How many training beans each network gets.
        networks: How many networks there are, R; each gets beans of its own.
        validation: How many validation beans each network gets.
        new: How many new beans each network is judged by.

    Returns:
        For each of the three parts the inputs, float64 `(R, N, 2)`, standardised by the
        training beans of the network, and the labels, float64 `(R, N)`.
    """
    sizes = [trials, validation, new]
    sown = [sprouting_trials(sum(sizes), seed=1000 + k) for k in range(networks)]
    x = torch.stack([each for each, _ in sown]).double()
    y = torch.stack([each for _, each in sown]).double()
    known = x[:, :trials]
    x = (x - known.mean(dim=1, keepdim=True)) / known.std(dim=1, keepdim=True)
    return list(zip(x.split(sizes, dim=1), y.split(sizes, dim=1), strict=True))


def watch(
    crowd: Crowd, parts: list[tuple[Tensor, Tensor]], epochs: int, every: int = 1
) -> tuple[Tensor, Tensor]:
    """Train a crowd on its first part, and measure it on every part.

    Adam treats every number alone, so each network learns as it would without the rest.

    Args:
        crowd: The networks; they are changed.
        parts: Inputs `(R, N, D)` and labels, 0.0 or 1.0, `(R, N)`; the training part
            first.
        epochs: How often the training part is used, in five shuffled batches each time.
        every: How many epochs there are from one measurement to the next.

    Returns:
        Loss and accuracy, each float64 `(T, parts, R)`, after the epochs `every`,
        2 * `every`, and so on.
    """
    criterion = nn.BCEWithLogitsLoss(reduction="none")
    optimizer = optim.Adam(crowd.parameters(), lr=0.02)
    losses, accuracies = [], []
    x, y = parts[0]
    for epoch in range(1, epochs + 1):
        for rows in torch.randperm(x.shape[1]).chunk(5):
            loss = criterion(crowd(x[:, rows]), y[:, rows]).mean(dim=1).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if epoch % every == 0:
            with torch.no_grad():
                scored = [(crowd(inputs), labels) for inputs, labels in parts]
            losses.append(
                torch.stack([criterion(*each).mean(dim=1) for each in scored])
            )
            right = [((z > 0) == (labels > 0.5)).double() for z, labels in scored]
            accuracies.append(torch.stack([each.mean(dim=1) for each in right]))
    return torch.stack(losses), torch.stack(accuracies)


def kept(losses: list[float], patience: int) -> int:
    """Return the place of the epoch that early stopping keeps, counted from 0.

    Args:
        losses: The validation losses, one after each epoch.
        patience: How many epochs in a row without a new lowest loss end the run; with
            1, the first loss that does not fall does.

    Returns:
        The place of the lowest loss until then.
    """
    best = 0
    for place, loss in enumerate(losses):
        if loss < losses[best]:
            best = place
        if place - best >= patience:
            break
    return best
