"""The gradient by hand against autograd, and the recipe against its formulas."""

import numpy as np
import pytest
import torch

from lessons.pytorch_way.workflow import train_setting, weight_gradient


@pytest.mark.parametrize("count", [1, 4, 30])
def test_the_gradient_is_the_one_of_autograd(count: int) -> None:
    random = np.random.default_rng(count)
    x, y = random.normal(size=count), random.normal(size=count)
    weight = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    loss = ((weight * torch.from_numpy(x) - torch.from_numpy(y)) ** 2).mean()
    loss.backward()
    assert weight.grad is not None
    assert weight_gradient(0.7, x, y) == pytest.approx(weight.grad.item())


def test_the_gradient_is_a_small_change_of_the_loss() -> None:
    x, y = np.array([1.0, 2.0, 3.5]), np.array([2.0, 5.0, 6.0])
    right, left = (((w * x - y) ** 2).mean() for w in (1.2 + 1e-6, 1.2 - 1e-6))
    assert weight_gradient(1.2, x, y) == pytest.approx((right - left) / 2e-6, rel=1e-6)


def test_columns_against_vectors_are_refused() -> None:
    x = np.array([1.0, 2.0, 3.0])
    for other in (x[:, None], x[:2]):
        with pytest.raises(ValueError, match="wanted"):
            weight_gradient(0.0, x, other)
    with pytest.raises(ValueError, match="wanted"):
        weight_gradient(0.0, x[:, None], x[:, None])


def table(rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(rows)
    x = torch.randn(rows, 2, generator=generator)
    return x, 3 * x[:, :1] + torch.randn(rows, 1, generator=generator)


def test_whole_batches_with_momentum_follow_the_formula() -> None:
    x, y = table(12)
    design = torch.cat([x, torch.ones(12, 1)], dim=1)
    weights, velocity = torch.zeros(3, 1), torch.zeros(3, 1)
    for _ in range(5):
        velocity = 0.9 * velocity + 2 / 12 * design.T @ (design @ weights - y)
        weights = weights - 0.05 * velocity
    model = train_setting(x, y, ("sgd", 0.05, 12), 5, seed=0)
    found = torch.cat([model.weight.T, model.bias[None]])
    torch.testing.assert_close(found.detach(), weights, rtol=1e-4, atol=1e-5)


def test_the_first_step_of_adam_is_as_long_as_its_rate() -> None:
    x, y = table(9)
    model = train_setting(x, y, ("adam", 0.25, 9), 1, seed=0)
    found = torch.cat([model.weight.flatten(), model.bias])
    torch.testing.assert_close(found.abs(), torch.full((3,), 0.25), rtol=1e-4, atol=0)


@pytest.mark.parametrize("kind", ["sgd", "adam"])
def test_the_seed_fixes_the_run_and_nothing_else(kind: str) -> None:
    x, y = table(10)
    runs = [train_setting(x, y, (kind, 0.1, 4), 2, seed) for seed in (0, 0, 1)]
    first, again, other = (model.weight.detach() for model in runs)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_an_unknown_optimizer_is_refused() -> None:
    with pytest.raises(KeyError, match="best"):
        train_setting(*table(3), ("best", 0.1, 1), 1, 0)
