"""The network of the best epoch against every epoch, and against a line."""

import pytest
from torch import nn

from digits import few_digits
from lessons.networks.digit_network import train_network


def test_the_network_is_the_one_of_its_best_epoch() -> None:
    training, validation = few_digits()
    runs = [train_network(training, validation, 16, epochs=n)[1] for n in range(1, 31)]
    model, loss = train_network(training, validation, 16, epochs=30)
    assert loss == min(runs) == runs[-1]
    assert runs == sorted(runs, reverse=True)
    assert runs[-1] == runs[-5] < runs[0]  # later epochs were worse, and are not kept
    x, y = validation.tensors
    assert nn.functional.cross_entropy(model(x), y).item() == pytest.approx(loss)
    assert (model(x).argmax(dim=1) == y).float().mean() > 0.5


def test_it_has_the_hidden_units_asked_for() -> None:
    model, _ = train_network(*few_digits(), hidden=7, epochs=1)
    assert model.hidden.weight.shape == (7, 64)
    assert model.output.weight.shape == (10, 7)


def test_the_seed_decides_about_start_and_order() -> None:
    first, again, other = (
        train_network(*few_digits(), hidden=8, epochs=2, seed=n)[1] for n in (1, 1, 2)
    )
    assert first == again
    assert first != other
