"""Penalties against autograd and scikit-learn, dropout and moves against PyTorch."""

import pytest
import torch
from sklearn.linear_model import Lasso, Ridge
from torch import nn

from lessons.networks.regularisation import (
    dropout,
    fit_l1,
    fit_l2,
    penalty,
    pot_notes,
    share_right,
    shift_randomly,
    train_digits,
)


def test_three_notes_of_ten_matter() -> None:
    x, y = pot_notes(pots=20_000, seed=3)
    assert x.shape == (20_000, 10)
    assert y.shape == (20_000, 1)
    solution = torch.linalg.lstsq(x, y).solution.flatten()
    wanted = torch.tensor([3.0, -2.0, 1.0] + [0.0] * 7)
    torch.testing.assert_close(solution, wanted, atol=0.06, rtol=0)
    assert (y - x @ wanted.unsqueeze(1)).std().item() == pytest.approx(2, abs=0.05)
    assert torch.equal(pot_notes(5, seed=1)[0], pot_notes(5, seed=1)[0])
    assert not torch.equal(pot_notes(5, seed=1)[0], pot_notes(5, seed=2)[0])


def test_no_pots_are_refused() -> None:
    with pytest.raises(ValueError, match="pots=0"):
        pot_notes(pots=0)


@pytest.mark.parametrize("power", [1, 2])
def test_a_penalty_and_its_gradient(power: int) -> None:
    w = torch.tensor([[3.0, -4.0], [0.5, -0.25]], requires_grad=True)
    value = penalty(w, power)
    assert value.item() == pytest.approx(w.flatten().norm(power).item() ** power)
    value.backward()
    torch.testing.assert_close(w.grad, w.detach().sign() if power == 1 else 2 * w)


@pytest.mark.parametrize("strength", [0.0, 0.3, 2.0])
def test_weights_with_penalties_are_those_of_scikit_learn(strength: float) -> None:
    x, y = pot_notes(pots=30, seed=4)
    ridge = Ridge(alpha=30 * strength, fit_intercept=False).fit(x.numpy(), y.numpy())
    found = fit_l2(x, y, strength)
    assert found.shape == (10, 1)
    wanted = torch.tensor(ridge.coef_).reshape(10, 1)
    torch.testing.assert_close(found, wanted.float(), atol=1e-4, rtol=1e-4)
    if (
        strength > 0
    ):  # scikit-learn's Lasso halves the MSE, so its alpha is half as large
        lasso = Lasso(alpha=strength / 2, fit_intercept=False, tol=1e-6)
        wanted = torch.tensor(lasso.fit(x.numpy(), y.numpy()).coef_).reshape(10, 1)
        found = fit_l1(x, y, strength, steps=2000)
        assert found.shape == (10, 1)
        torch.testing.assert_close(found, wanted.float(), atol=1e-3, rtol=1e-3)
        assert torch.equal(found == 0, wanted == 0)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5])
def test_dropout_is_the_one_of_torch(p: float) -> None:
    x = torch.linspace(-2, 3, 60).reshape(6, 10)
    torch.manual_seed(1)
    found = dropout(x, p)
    torch.manual_seed(1)
    torch.testing.assert_close(found, nn.functional.dropout(x, p))
    assert torch.equal(dropout(x, p, training=False), x)


def test_dropout_keeps_the_mean() -> None:
    torch.manual_seed(0)
    assert dropout(torch.ones(100_000), 0.3).mean().item() == pytest.approx(1, abs=0.01)


def test_each_picture_moves_by_itself_and_to_all_places() -> None:
    torch.manual_seed(0)
    images = torch.rand(60, 2, 4, 5) + 0.5
    moved = shift_randomly(images, reach=1)
    assert moved.shape == images.shape
    found = set()
    for before, after in zip(images, moved, strict=True):
        matches = []
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                wanted = torch.zeros_like(before)
                rows = slice(max(down, 0), 4 + min(down, 0))
                columns = slice(max(right, 0), 5 + min(right, 0))
                old_rows = slice(max(-down, 0), 4 + min(-down, 0))
                old_columns = slice(max(-right, 0), 5 + min(-right, 0))
                wanted[:, rows, columns] = before[:, old_rows, old_columns]
                if torch.equal(after, wanted):
                    matches.append((down, right))
        assert len(matches) == 1
        found.add(matches[0])
    assert len(found) == 9


def test_training_reads_its_pictures_and_decays_weights_only() -> None:
    torch.manual_seed(0)
    labels = torch.arange(40) % 2
    images = labels.float().reshape(40, 1, 1, 1) * torch.ones(40, 1, 2, 2)
    model = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))
    train_digits(model, images, labels, epochs=60, rate=0.05)
    assert model.training
    assert share_right(model, images, labels) == 1
    assert share_right(model, images, 1 - labels) == 0
    decayed = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))
    with torch.no_grad():
        decayed[1].bias.copy_(torch.tensor([5.0, 5.0]))
    train_digits(decayed, images, labels, epochs=60, rate=0.05, weight_decay=5.0)
    assert decayed[1].weight.abs().max() < 0.5
    assert decayed[1].bias.sum().item() == pytest.approx(10, abs=0.1)


def test_moving_changes_what_is_trained_on() -> None:
    torch.manual_seed(0)
    images, labels = torch.rand(20, 1, 4, 4), torch.arange(20) % 2
    weights = []
    for move in (False, True):
        torch.manual_seed(1)
        model = nn.Sequential(nn.Flatten(), nn.Linear(16, 2))
        train_digits(model, images, labels, epochs=1, move=move)
        weights.append(model[1].weight)
    assert not torch.equal(*weights)
