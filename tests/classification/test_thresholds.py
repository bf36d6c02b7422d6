"""The chicks against the values that a seminar prints, and thresholds."""

import math

import pytest
import torch
from sklearn import metrics
from sklearn.tree import DecisionTreeClassifier

from lessons.classification.thresholds import (
    above,
    best_threshold,
    chicks,
    confusion_matrix,
)


def test_the_chicks_of_seed_zero_are_those_of_the_seminar() -> None:
    x, kind = chicks()
    assert (x.shape, x.dtype, kind.dtype) == ((20, 2), torch.float32, torch.int64)
    assert kind.tolist() == [1] * 10 + [0] * 10
    assert x[0].tolist() == pytest.approx([6.3112, 5.2715], abs=5e-5)
    assert x[-1].tolist() == pytest.approx([5.6683, 4.9879], abs=5e-5)


def test_many_chicks_have_the_stated_means_and_spreads() -> None:
    x, kind = chicks(100_000, seed=4)
    for number, means in ((1, [8, 7]), (0, [5, 3])):
        assert x[kind == number].mean(dim=0).tolist() == pytest.approx(means, abs=0.02)
        assert x[kind == number].std(dim=0).tolist() == pytest.approx(
            [1.5, 1.5], abs=0.02
        )


def test_no_chick_is_too_few() -> None:
    with pytest.raises(ValueError, match="each=0: at least one"):
        chicks(0)


def test_a_value_at_the_threshold_is_not_above_it() -> None:
    values = torch.tensor([[1.0, 2.0], [3.0, math.nan]])
    decided = above(values, 2.0)
    assert decided.dtype == torch.int64
    assert decided.tolist() == [[0, 0], [1, 0]]
    assert above(values[0], torch.tensor([[0.0], [1.5]])).tolist() == [[1, 1], [0, 1]]


@pytest.mark.parametrize("seed", range(5))
def test_the_best_threshold_is_as_good_as_a_tree_with_one_question(seed: int) -> None:
    x, kind = chicks(40, seed)
    for column in (0, 1):
        values = x[:, column]
        found = best_threshold(values, kind)
        right = (above(values, found) == kind).float().mean().item()
        rows = values[:, None].numpy()
        tree = DecisionTreeClassifier(max_depth=1).fit(rows, kind.numpy())
        assert right >= tree.score(rows, kind.numpy()) - 1e-6
        every = [(above(values, v) == kind).float().mean().item() for v in values]
        assert right >= max(every) - 1e-6


def test_of_equally_good_thresholds_the_lowest_is_taken_between_two_values() -> None:
    values = torch.tensor([4.0, 1.0, 2.0, 3.0])
    assert best_threshold(values, torch.tensor([1, 0, 1, 0])).item() == 1.5
    assert best_threshold(values, torch.tensor([1, 0, 0, 0])).item() == 3.5
    twins = torch.tensor([1.0, 2.0, 2.0, 5.0])
    assert best_threshold(twins, torch.tensor([0, 0, 1, 1])).item() in (1.5, 3.5)


def test_the_confusion_matrix_is_that_of_scikit_learn() -> None:
    torch.manual_seed(1)
    kind, decided = torch.randint(2, (2, 50))
    wanted = metrics.confusion_matrix(kind.numpy(), decided.numpy())
    assert confusion_matrix(kind, decided).tolist() == wanted.tolist()
    zeros = torch.zeros(3, dtype=torch.int64)
    assert confusion_matrix(zeros, zeros).tolist() == [[3, 0], [0, 0]]


def test_a_column_of_decisions_is_refused() -> None:
    kind = torch.tensor([0, 1])
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(2, 1\), wanted"):
        confusion_matrix(kind, kind[:, None])
