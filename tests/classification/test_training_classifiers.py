"""Cross-entropy from logits against torch, a trained layer against scikit-learn."""

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from lessons.classification.cross_entropy import cross_entropy_gradient
from lessons.classification.thresholds import chicks
from lessons.classification.training_classifiers import (
    accuracy,
    cross_entropy_from_logits,
    train_on_logits,
)


def test_each_loss_is_that_of_torch_also_far_out() -> None:
    logit = torch.tensor([-1000.0, -90.0, -17.0, -0.3, 0.0, 2.0, 17.0, 90.0, 1000.0])
    for label in (0.0, 1.0):
        y = torch.full_like(logit, label)
        wanted = nn.functional.binary_cross_entropy_with_logits(
            logit, y, reduction="none"
        )
        found = cross_entropy_from_logits(logit, y)
        torch.testing.assert_close(found, wanted)
        assert found.isfinite().all()


def test_its_gradient_is_probability_minus_label() -> None:
    logit = torch.tensor([-30.0, -2.0, 0.7, 40.0], requires_grad=True)
    y = torch.tensor([1.0, 0.0, 1.0, 0.0])
    cross_entropy_from_logits(logit, y).sum().backward()
    torch.testing.assert_close(logit.grad, torch.sigmoid(logit.detach()) - y)


def test_accuracy_counts_the_right_sides() -> None:
    logits = torch.tensor([[2.0], [-1.0], [0.3], [-0.2], [0.0]])
    y = torch.tensor([[1.0], [1.0], [0.0], [0.0], [0.0]])
    assert accuracy(logits, y).item() == pytest.approx(0.6)
    assert accuracy(logits, y.long()).item() == pytest.approx(0.6)


def test_accuracy_does_not_broadcast() -> None:
    with pytest.raises(ValueError, match=r"\(3, 1\) and \(3,\): not the same"):
        accuracy(torch.zeros(3, 1), torch.zeros(3))


def test_one_step_follows_the_gradient() -> None:
    x = torch.tensor([[1.0], [-2.0], [0.5]])
    y = torch.tensor([[1.0], [0.0], [0.0]])
    model = train_on_logits(x, y, learning_rate=0.4, steps=1)
    slopes = cross_entropy_gradient(torch.full((3,), 0.5), x[:, 0], y[:, 0])
    assert model.weight.item() == pytest.approx(-0.4 * slopes[0].item())
    assert model.bias.item() == pytest.approx(-0.4 * slopes[1].item())


def test_it_reaches_the_optimum_of_scikit_learn() -> None:
    x, kind = chicks(each=100, seed=3)
    x = (x - x.mean(dim=0)) / x.std(dim=0)
    model = train_on_logits(x, kind.float().unsqueeze(1), learning_rate=4.0, steps=1000)
    judge = LogisticRegression(C=np.inf, tol=1e-8).fit(x.numpy(), kind.numpy())
    found = model.weight.detach().numpy()
    np.testing.assert_allclose(found, judge.coef_, rtol=0.01)
    assert model.bias.item() == pytest.approx(judge.intercept_.item(), abs=0.01)


def test_weight_decay_keeps_the_weights_short() -> None:
    x, kind = chicks(each=10, seed=0)
    x, y = x - x.mean(dim=0), kind.float().unsqueeze(1)
    free = train_on_logits(x, y, learning_rate=0.5, steps=500)
    held = train_on_logits(x, y, learning_rate=0.5, steps=500, weight_decay=0.05)
    assert held.weight.norm() < free.weight.norm() / 2
