"""Judging: four counts, the numbers made of them, and all thresholds at once."""

import torch
from torch import Tensor, nn, optim

from lessons.networks.modules import MLP


def outcomes(kind: Tensor, decided: Tensor, positive: int = 1) -> Tensor:
    """Count the decisions, the positive class first: `[[TP, FN], [FP, TN]]`.

    Args:
        kind: The true classes, int64 `(N,)`.
        decided: The classes that were decided, int64 `(N,)`.
        positive: The class that is looked for; every other class is negative.

    Returns:
        The counts, int64 `(2, 2)`: a row for each true class, a column for each
        decision.

    Raises:
        ValueError: If the shapes differ or are not `(N,)`.
    """
    if kind.ndim != 1 or kind.shape != decided.shape:
        shapes = f"{tuple(kind.shape)} and {tuple(decided.shape)}"
        raise ValueError(f"classes and decisions have the shapes {shapes}, wanted (N,)")
    cells = 2 * (kind != positive) + (decided != positive)
    return torch.bincount(cells, minlength=4).reshape(2, 2)


def measures(table: Tensor) -> dict[str, float]:
    """Return accuracy, precision, recall and F1 of a table of outcomes.

    Args:
        table: `[[TP, FN], [FP, TN]]`, integer `(2, 2)`.

    Returns:
        Shares from 0 to 1; NaN where nothing is there to be divided by, as with the
        precision of a classifier that never decides for the positive class.
    """
    (tp, fn), (fp, tn) = table.double()
    return {
        "accuracy": ((tp + tn) / (tp + fn + fp + tn)).item(),
        "precision": (tp / (tp + fp)).item(),
        "recall": (tp / (tp + fn)).item(),
        "F1": (2 * tp / (2 * tp + fp + fn)).item(),
    }


def sweep(z: Tensor, kind: Tensor) -> tuple[Tensor, Tensor]:
    """Count the true and the false positives at every threshold, the highest first.

    Samples of equal score are taken together, because no threshold can part them.

    Args:
        z: The scores, floating point `(N,)`, N at least 1.
        kind: The true classes, 0 or 1, int64 `(N,)`; class 1 should have high scores.

    Returns:
        TP and FP, int64 `(T + 1,)` for T different scores: from nobody to everybody.
    """
    ordered, order = z.sort(descending=True)
    last_of_its_score = torch.cat([ordered.diff() != 0, torch.tensor([True])])
    true = (kind[order] == 1).cumsum(dim=0)[last_of_its_score]
    false = (kind[order] == 0).cumsum(dim=0)[last_of_its_score]
    nobody = torch.zeros(1, dtype=torch.int64)
    return torch.cat([nobody, true]), torch.cat([nobody, false])


def train_logit(
    x: Tensor, y: Tensor, hidden: int = 8, steps: int = 400, seed: int = 0
) -> MLP:
    """Train a network with one logit on two classes, all samples in each step.

    Args:
        x: Standardised samples, float64 `(N, D)`, so that rounding is no concern.
        y: Their classes, 0 or 1, int64 `(N,)`.
        hidden: How many hidden units there are.
        steps: How many steps Adam takes.
        seed: Fixes the start.

    Returns:
        A float64 network from samples `(..., D)` to logits `(..., 1)`.
    """
    torch.manual_seed(seed)
    model = MLP(x.shape[1], hidden, 1).double()
    optimizer = optim.Adam(model.parameters(), lr=0.03)
    criterion = nn.BCEWithLogitsLoss()
    target = y.unsqueeze(dim=1).double()
    for _ in range(steps):
        loss = criterion(model(x), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model
