"""Ten scores for a digit: one-hot targets, fitted and trained by least squares."""

import torch
from torch import Tensor, nn, optim
from torch.utils.data import DataLoader, TensorDataset


def one_hot(labels: Tensor, classes: int) -> Tensor:
    """Return a row of targets for each label: 1 at its place, 0 elsewhere.

    Args:
        labels: Whole numbers from 0 to `classes - 1`, int64 `(N,)`.
        classes: How many classes there are.

    Returns:
        The targets, float32 `(N, classes)`.

    Raises:
        ValueError: If a label lies outside the classes.
    """
    if ((labels < 0) | (labels >= classes)).any():
        raise ValueError(f"the labels must lie between 0 and {classes - 1}")
    return (labels[:, None] == torch.arange(classes)).float()


def exact_scores(x: Tensor, y: Tensor, new_x: Tensor) -> Tensor:
    """Return the scores of new samples by the linear model that fits best.

    It has the smallest mean squared error on `x` and `y`. Where several models have,
    such as with a constant column of inputs, it is the one with the shortest weights.

    Args:
        x: The inputs, float `(N, D)`.
        y: The targets, float `(N, M)`.
        new_x: The inputs to score, float `(K, D)`.

    Returns:
        The scores, float32 `(K, M)`.
    """
    table = torch.cat([torch.ones(len(x), 1), x], dim=1).double()
    solution = torch.linalg.lstsq(table, y.double(), driver="gelsd").solution
    new_table = torch.cat([torch.ones(len(new_x), 1), new_x], dim=1).double()
    scores: Tensor = (new_table @ solution).float()
    return scores


def train_scores(x: Tensor, y: Tensor, epochs: int, seed: int) -> nn.Linear:
    """Train a linear layer on the mean squared error, in batches of 50, with Adam.

    Args:
        x: The inputs, float32 `(N, D)`.
        y: The targets, float32 `(N, M)`.
        epochs: How often all samples are looked at.
        seed: Fixes the first weights and the order of the samples.

    Returns:
        The layer, with a weight of shape `(M, D)`.
    """
    torch.manual_seed(seed)
    model = nn.Linear(x.shape[1], y.shape[1])
    loader = DataLoader(TensorDataset(x, y), batch_size=50, shuffle=True)
    optimizer = optim.Adam(model.parameters(), lr=0.005)
    for _ in range(epochs):
        for batch_x, batch_y in loader:
            loss = nn.functional.mse_loss(model(batch_x), batch_y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def share_right(scores: Tensor, labels: Tensor) -> Tensor:
    """Return the share of samples whose highest score is that of their label.

    Args:
        scores: Shape `(N, classes)`.
        labels: Whole numbers from 0, int64 `(N,)`.

    Returns:
        A 0-D tensor between 0 and 1.
    """
    return (scores.argmax(dim=1) == labels).float().mean()
