"""The gradient by hand against autograd and finite differences."""

import numpy as np
import pytest
import torch

from lessons.pytorch_way.workflow import weight_gradient


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
