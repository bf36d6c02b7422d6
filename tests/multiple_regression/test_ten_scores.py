"""Scores against torch's one-hot, scikit-learn's least squares and a plain count."""

import pytest
import torch
from sklearn.linear_model import LinearRegression
from torch import nn

from lessons.multiple_regression.ten_scores import (
    exact_scores,
    one_hot,
    share_right,
    train_scores,
)


@pytest.mark.parametrize("classes", [4, 7])
def test_one_hot_is_that_of_torch(classes: int) -> None:
    labels = torch.tensor([3, 0, 0, 2, 1])
    found = one_hot(labels, classes)
    assert found.dtype == torch.float32
    assert torch.equal(found, nn.functional.one_hot(labels, classes).float())
    assert torch.equal(found.argmax(dim=1), labels)


@pytest.mark.parametrize("label", [-1, 3])
def test_a_label_outside_the_classes_is_refused(label: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 2"):
        one_hot(torch.tensor([0, label]), 3)


def test_the_exact_scores_are_those_of_scikit_learn() -> None:
    torch.manual_seed(0)
    x, y, new_x = torch.randn(40, 5), torch.randn(40, 3), torch.randn(7, 5)
    wanted = LinearRegression().fit(x.numpy(), y.numpy()).predict(new_x.numpy())
    found = exact_scores(x, y, new_x)
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, torch.tensor(wanted), atol=1e-5, rtol=1e-5)


def test_a_constant_column_does_no_harm() -> None:
    torch.manual_seed(0)
    x, y = torch.randn(30, 2), torch.randn(30, 2)
    zeros = torch.zeros(30, 1)
    with_zeros = exact_scores(torch.cat([x, zeros], dim=1), y, torch.randn(4, 3))
    assert with_zeros.isfinite().all()
    same = exact_scores(torch.cat([x, zeros], dim=1), y, torch.cat([x, zeros], dim=1))
    torch.testing.assert_close(same, exact_scores(x, y, x), atol=1e-5, rtol=1e-5)


def test_exact_scores_of_one_hot_targets_add_up_to_one() -> None:
    torch.manual_seed(0)
    labels = torch.randint(4, (50,))
    found = exact_scores(torch.randn(50, 6), one_hot(labels, 4), 9 * torch.randn(8, 6))
    torch.testing.assert_close(found.sum(dim=1), torch.ones(8), atol=1e-4, rtol=0)


def test_training_comes_to_the_exact_answer() -> None:
    torch.manual_seed(1)
    x = torch.randn(200, 3)
    y = one_hot((x @ torch.randn(3, 4)).argmax(dim=1), 4)
    model = train_scores(x, y, epochs=150, seed=0)
    assert model.weight.shape == (4, 3)
    torch.testing.assert_close(model(x), exact_scores(x, y, x), atol=0.05, rtol=0)


def test_the_seed_decides_about_the_run() -> None:
    x, y = torch.rand(60, 3), torch.rand(60, 2)
    first, again, other = (train_scores(x, y, 2, seed).weight for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_share_is_a_count() -> None:
    torch.manual_seed(0)
    scores, labels = torch.randn(30, 5), torch.randint(5, (30,))
    count = 0
    for row, label in zip(scores.tolist(), labels.tolist(), strict=True):
        count += row.index(max(row)) == label
    assert share_right(scores, labels).item() == pytest.approx(count / 30)
