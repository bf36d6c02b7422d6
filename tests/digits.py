"""A few digits to train with and to choose by, for readers of digits."""

import torch
from sklearn.datasets import load_digits
from torch.utils.data import TensorDataset


def few_digits() -> tuple[TensorDataset, TensorDataset]:
    """Return 60 digits to train with, and 100 of which 30 have a wrong label.

    On these, a model that becomes surer and surer has a validation loss that turns.
    """
    digits = load_digits()
    images = torch.tensor(digits.data, dtype=torch.float32) / 16
    labels = torch.tensor(digits.target)
    labels[60:90] = (labels[60:90] + 1) % 10
    return (
        TensorDataset(images[:60], labels[:60]),
        TensorDataset(images[60:160], labels[60:160]),
    )
