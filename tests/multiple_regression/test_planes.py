"""The gradient against autograd, the loop against steps by hand, and the way back."""

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from lessons.multiple_regression.planes import (
    in_own_units,
    plane_gradient,
    train_in_batches,
)


@pytest.mark.parametrize(("samples", "inputs"), [(1, 1), (2, 3), (50, 2), (4, 7)])
def test_the_gradient_is_that_of_autograd(samples: int, inputs: int) -> None:
    torch.manual_seed(samples)
    x, y = torch.randn(samples, inputs), torch.randn(samples, 1)
    weight = torch.randn(inputs, 1, requires_grad=True)
    bias = torch.randn(1, requires_grad=True)
    loss = nn.functional.mse_loss(x @ weight + bias, y)
    wanted = torch.autograd.grad(loss, (weight, bias))
    found = plane_gradient(weight.detach(), bias.detach(), x, y)
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.shape == theirs.shape
        torch.testing.assert_close(ours, theirs)


def test_the_gradient_by_hand() -> None:
    x, y = torch.tensor([[1.0, 2.0], [3.0, -1.0]]), torch.tensor([[2.0], [1.0]])
    found = plane_gradient(torch.tensor([[1.0], [0.0]]), torch.tensor([0.0]), x, y)
    assert found[0].tolist() == [[5.0], [-4.0]]
    assert found[1].tolist() == [1.0]


def test_each_batch_is_a_step_of_the_gradient() -> None:
    torch.manual_seed(0)
    x, y = torch.randn(6, 2), torch.randn(6, 1)
    batches = [(x[:4], y[:4]), (x[4:], y[4:])]
    model = nn.Linear(2, 1)
    weight, bias = model.weight.detach().T.clone(), model.bias.detach().clone()
    losses = train_in_batches(model, batches, learning_rate=0.1, epochs=3)
    wanted = []
    for part_x, part_y in 3 * batches:
        wanted.append(nn.functional.mse_loss(part_x @ weight + bias, part_y).item())
        by_weight, by_bias = plane_gradient(weight, bias, part_x, part_y)
        weight, bias = weight - 0.1 * by_weight, bias - 0.1 * by_bias
    assert losses == pytest.approx(wanted, rel=1e-5)
    torch.testing.assert_close(model.weight.detach(), weight.T)
    torch.testing.assert_close(model.bias.detach(), bias)


def test_a_loader_gives_batches_again_in_each_epoch() -> None:
    torch.manual_seed(0)
    data = TensorDataset(torch.randn(10, 3), torch.randn(10, 1))
    loader = DataLoader(data, batch_size=4, shuffle=True)
    losses = train_in_batches(nn.Linear(3, 1), loader, learning_rate=0.01, epochs=5)
    assert len(losses) == 15


def test_both_models_predict_the_same() -> None:
    torch.manual_seed(0)
    x = torch.randn(20, 3).double() * torch.tensor([1.0, 30.0, 0.1]) + 7
    mean, std = x.mean(dim=0), x.std(dim=0, correction=0)
    weight, bias = torch.randn(1, 3).double(), torch.randn(1).double()
    raw_weight, raw_bias = in_own_units(weight, bias, mean, std)
    assert (raw_weight.shape, raw_bias.shape) == ((1, 3), (1,))
    wanted = (x - mean) / std @ weight.T + bias
    torch.testing.assert_close(x @ raw_weight.T + raw_bias, wanted)
