"""The network that reads: one hidden layer between 64 pixels and ten scores."""

import copy

import torch
from torch import nn, optim
from torch.utils.data import TensorDataset

from lessons.networks.modules import MLP


def train_network(
    training: TensorDataset,
    validation: TensorDataset,
    hidden: int,
    epochs: int = 25,
    seed: int = 0,
) -> tuple[MLP, float]:
    """Train a network on digits, and keep the epoch of lowest validation loss.

    Args:
        training: Pictures as rows, float32 `(N, 64)`, ink from 0 to 1, and their class
            indices, int64 `(N,)`.
        validation: Other pictures and class indices, in the same form.
        hidden: How many hidden units there are.
        epochs: How many times the training data are used, at least once.
        seed: Fixes the start and the order of the pictures.

    Returns:
        The network of the best epoch, and its validation loss.
    """
    torch.manual_seed(seed)
    model = MLP(64, hidden, 10)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.01)
    (x, y), (held_x, held_y) = training.tensors, validation.tensors
    best_loss = float("inf")
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            loss = criterion(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            validation_loss = criterion(model(held_x), held_y).item()
        if validation_loss < best_loss:
            best_loss = validation_loss
            best_state = copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return model, best_loss
