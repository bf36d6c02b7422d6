"""The trained reader against its own epochs, and confusions against scikit-learn."""

import pytest
import torch
from sklearn.metrics import confusion_matrix as reference
from torch import nn

from digits import few_digits
from lessons.classification.digit_reader import confusion_matrix, train_reader


def test_the_reader_is_the_one_of_its_best_epoch() -> None:
    training, validation = few_digits()
    model, losses = train_reader(training, validation, epochs=60)
    assert len(losses) == 60
    best = min(range(60), key=lambda epoch: losses[epoch][1])
    assert 0 < best < 59
    for part, wanted in zip((training, validation), losses[best], strict=True):
        x, y = part.tensors
        loss = nn.functional.cross_entropy(model(x), y).item()
        assert loss == pytest.approx(wanted, rel=1e-5)
    x, y = validation.tensors
    assert (model(x).argmax(dim=1) == y).float().mean() > 0.5


def test_the_seed_decides_about_start_and_order() -> None:
    first, again, other = (
        train_reader(*few_digits(), epochs=2, seed=n)[1] for n in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_confusions_are_those_of_scikit_learn() -> None:
    torch.manual_seed(0)
    labels, guesses = torch.randint(5, (2, 60))
    found = confusion_matrix(labels, guesses, 6)
    wanted = reference(labels, guesses, labels=range(6))
    assert found.tolist() == wanted.tolist()
    assert found.dtype == torch.int64


def test_rows_are_true_classes() -> None:
    found = confusion_matrix(torch.tensor([0, 0, 1]), torch.tensor([1, 1, 1]), 2)
    assert found.tolist() == [[0, 2], [0, 1]]
