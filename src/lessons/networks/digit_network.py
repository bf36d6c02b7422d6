"""The network that reads: one hidden layer between 64 pixels and ten scores."""

import copy

import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

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
    loader = DataLoader(training, batch_size=32, shuffle=True)
    model = MLP(64, hidden, 10)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.01)
    best_loss = float("inf")
    for _ in range(epochs):
        for x, y in loader:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            x, y = validation.tensors
            validation_loss = criterion(model(x), y).item()
        if validation_loss < best_loss:
            best_loss = validation_loss
            best_state = copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return model, best_loss
