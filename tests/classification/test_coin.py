"""The coin against torch's own Bernoulli distribution, and against counting."""

import math
from itertools import product

import pytest
import torch

from lessons.classification.coin import bernoulli, likelihood, toss


def test_the_probability_of_a_toss_is_that_of_torch() -> None:
    theta = torch.tensor([[0.2], [0.5], [0.9]])
    y = torch.tensor([0.0, 1.0])
    wanted = torch.distributions.Bernoulli(theta).log_prob(y).exp()
    torch.testing.assert_close(bernoulli(theta, y), wanted)


def test_a_coin_that_never_shows_heads_is_sure_of_tails() -> None:
    y = torch.tensor([0.0, 1.0])
    assert bernoulli(torch.tensor(0.0), y).tolist() == [1, 0]
    assert bernoulli(torch.tensor(1.0), y).tolist() == [0, 1]


def test_the_likelihood_multiplies() -> None:
    y = torch.tensor([1.0, 1.0, 0.0])
    assert likelihood(torch.tensor(0.2), y).item() == pytest.approx(0.032)
    curve = likelihood(torch.tensor([[0.2], [0.6]]), y)
    assert curve.shape == (2,)
    assert curve.tolist() == pytest.approx([0.032, 0.144])
    each = likelihood(torch.tensor([0.5, 0.9, 0.3]), y)
    assert each.item() == pytest.approx(0.5 * 0.9 * 0.7)


@pytest.mark.parametrize("theta", [0.0, 0.3, 0.8, 1.0])
def test_the_probabilities_of_all_sequences_add_up_to_one(theta: float) -> None:
    sequences = torch.tensor(list(product([0.0, 1.0], repeat=6)))
    total = likelihood(torch.tensor(theta), sequences).sum()
    assert total.item() == pytest.approx(1)


def test_the_likelihood_has_the_area_of_the_beta_function() -> None:
    grid = torch.linspace(0, 1, 2001, dtype=torch.float64)
    y = torch.tensor([1.0] * 7 + [0.0] * 3, dtype=torch.float64)
    area = torch.trapezoid(likelihood(grid[:, None], y), grid).item()
    assert area == pytest.approx(1 / (11 * math.comb(10, 7)), rel=1e-5)


def test_many_tosses_underflow() -> None:
    half = torch.tensor(0.5)
    assert likelihood(half, torch.ones(149)) > 0
    assert likelihood(half, torch.ones(150)) == 0


def test_tosses_have_the_share_of_the_coin_and_a_seed() -> None:
    y = toss(0.7, 20_000, seed=3)
    assert y.shape == (20_000,)
    assert y.dtype == torch.float32
    assert set(y.tolist()) == {0, 1}
    assert y.mean().item() == pytest.approx(0.7, abs=0.01)
    assert torch.equal(y, toss(0.7, 20_000, seed=3))
    assert not torch.equal(y, toss(0.7, 20_000, seed=4))
    assert toss(0.0, 50).sum() == 0
    assert toss(1.0, 50).sum() == 50
