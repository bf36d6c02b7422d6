"""The digit reader, trained: learned weights, stopped by validation."""

import copy

import torch
from torch import Tensor, nn, optim
from torch.utils.data import DataLoader, TensorDataset


def train_reader(
    training: TensorDataset,
    validation: TensorDataset,
    epochs: int = 50,
    seed: int = 0,
) -> tuple[nn.Linear, list[tuple[float, float]]]:
    """Train ten scores for 64 pixels, and keep the epoch of lowest validation loss.

    Args:
        training: Pictures as rows, float32 `(N, 64)`, ink from 0 to 1, and their class
            indices, int64 `(N,)`.
        validation: Other pictures and class indices, in the same form.
        epochs: How many times the training data are used, at least once.
        seed: Fixes the start and the order of the pictures.

    Returns:
        The model of the best epoch, and the training and the validation loss after
        each epoch.
    """
    torch.manual_seed(seed)
    loader = DataLoader(training, batch_size=32, shuffle=True)
    model = nn.Linear(64, 10)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=0.03)
    losses: list[tuple[float, float]] = []
    best_loss = float("inf")
    for _ in range(epochs):
        for x, y in loader:
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            training_loss, validation_loss = [
                criterion(model(part.tensors[0]), part.tensors[1]).item()
                for part in (training, validation)
            ]
        losses.append((training_loss, validation_loss))
        if validation_loss < best_loss:
            best_loss = validation_loss
            best_state = copy.deepcopy(model.state_dict())
    model.load_state_dict(best_state)
    return model, losses


def confusion_matrix(labels: Tensor, guesses: Tensor, classes: int) -> Tensor:
    """Count how often each true class was given each answer.

    Args:
        labels: The true class indices, int64 `(N,)`.
        guesses: What a model said, int64 `(N,)`.
        classes: How many classes there are.

    Returns:
        Counts, int64 `(classes, classes)`: a row for each true class, a column for
        each answer.
    """
    cells = labels * classes + guesses
    return torch.bincount(cells, minlength=classes**2).reshape(classes, classes)
