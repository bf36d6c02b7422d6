"""The line halfway between means, and the perceptron, against scikit-learn."""

import pytest
import torch
from sklearn.linear_model import Perceptron
from sklearn.neighbors import NearestCentroid

from lessons.classification.linear_classifiers import (
    decide,
    halfway_line,
    perceptron,
)
from lessons.classification.thresholds import chicks


def test_a_score_of_zero_is_class_zero() -> None:
    decided = decide(torch.tensor([[-0.5], [0.0], [0.5]]))
    assert decided.dtype == torch.int64
    assert decided.tolist() == [[0], [0], [1]]


def test_the_line_decides_for_the_nearer_mean() -> None:
    x, kind = chicks(30, seed=3)
    weight, bias = halfway_line(x, kind)
    assert (weight.shape, bias.shape) == ((2,), ())
    new, _ = chicks(200, seed=4)
    nearest = NearestCentroid().fit(x.numpy(), kind.numpy())
    assert decide(new @ weight + bias).tolist() == nearest.predict(new.numpy()).tolist()


def test_the_stated_means_give_the_best_line() -> None:
    means = torch.tensor([[8.0, 7.0], [5.0, 3.0]])
    weight, bias = halfway_line(means, torch.tensor([1, 0]))
    assert weight.tolist() == [3, 4]
    assert bias.item() == -39.5


@pytest.mark.parametrize("epochs", [1, 2, 5])
def test_the_perceptron_is_that_of_scikit_learn(epochs: int) -> None:
    x, kind = chicks(40, seed=6)
    x = x.double()
    # scikit-learn takes a score of zero for a mistake in both classes, so begin with a
    # flamingo, whose correction is the same in both
    weight, bias, mistakes = perceptron(x, kind, epochs)
    other = Perceptron(max_iter=epochs, tol=None, shuffle=False)
    other.fit(x.numpy(), kind.numpy())
    assert len(mistakes) == epochs
    assert weight.tolist() == pytest.approx(other.coef_[0].tolist())
    assert bias.item() == pytest.approx(other.intercept_[0])


def test_the_perceptron_stops_after_an_epoch_without_a_mistake() -> None:
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    both = torch.tensor([0, 0, 0, 1])
    weight, bias, mistakes = perceptron(x, both, 100)
    assert mistakes[-1] == 0
    assert 0 not in mistakes[:-1]
    assert decide(x @ weight + bias).tolist() == both.tolist()
    exactly_one = torch.tensor([0, 1, 1, 0])
    assert 0 not in perceptron(x, exactly_one, 100)[2]


def test_without_an_epoch_nothing_is_learned() -> None:
    x, kind = chicks(2)
    weight, bias, mistakes = perceptron(x, kind, 0)
    assert (weight.tolist(), bias.item(), mistakes) == ([0, 0], 0, [])
