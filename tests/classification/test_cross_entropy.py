"""Cross-entropy against torch's own, its gradients against autograd."""

import math

import pytest
import torch
from torch import Tensor, nn

from lessons.classification.cross_entropy import (
    binary_cross_entropy,
    costs_on_grid,
    cross_entropy_gradient,
    squared_gradient,
)


def samples() -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(9, generator=generator, dtype=torch.float64)
    y = (torch.rand(9, generator=generator) < 0.4).double()
    start = torch.tensor([0.7, -1.2], dtype=torch.float64, requires_grad=True)
    return x, y, start


def test_each_loss_is_that_of_torch() -> None:
    probability = torch.tensor([[0.01, 0.3, 0.5], [0.9, 0.999, 0.2]])
    y = torch.tensor([[1.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    wanted = nn.functional.binary_cross_entropy(probability, y, reduction="none")
    torch.testing.assert_close(binary_cross_entropy(probability, y), wanted)


def test_each_loss_is_minus_the_log_of_what_was_seen() -> None:
    found = binary_cross_entropy(torch.tensor([0.2, 0.2]), torch.tensor([1, 0]))
    assert found.tolist() == pytest.approx([-math.log(0.2), -math.log(0.8)])


def test_gradients_are_those_of_autograd() -> None:
    x, y, start = samples()
    probability = torch.sigmoid(start[0] * x + start[1])
    for loss, gradient in (
        (nn.functional.binary_cross_entropy(probability, y), cross_entropy_gradient),
        (nn.functional.mse_loss(probability, y), squared_gradient),
    ):
        (wanted,) = torch.autograd.grad(loss, start, retain_graph=True)
        found = torch.stack(gradient(probability.detach(), x, y))
        torch.testing.assert_close(found, wanted)


def test_costs_on_a_grid_are_those_of_one_model_each() -> None:
    x, y, _ = samples()
    weight, bias = torch.randn(3, 4), torch.randn(3, 4)
    squared, entropy = costs_on_grid(weight, bias, x, y)
    assert squared.shape == entropy.shape == (3, 4)
    assert squared.dtype == entropy.dtype == torch.float64
    for i in range(3):
        for j in range(4):
            probability = torch.sigmoid(weight[i, j].double() * x + bias[i, j].double())
            torch.testing.assert_close(
                squared[i, j], nn.functional.mse_loss(probability, y)
            )
            torch.testing.assert_close(
                entropy[i, j], nn.functional.binary_cross_entropy(probability, y)
            )


def test_cross_entropy_is_convex_and_the_squared_error_is_not() -> None:
    x, y, _ = samples()
    first, last = torch.randn(200, 2) * 4, torch.randn(200, 2) * 4
    ends = [costs_on_grid(*point.T, x, y) for point in (first, last)]
    middle = costs_on_grid(*((first + last) / 2).T, x, y)
    over = [middle[i] - (ends[0][i] + ends[1][i]) / 2 for i in range(2)]
    assert over[0].max() > 0.01
    assert over[1].max() < 1e-9
