"""The loss of vectors against norms and nn.MSELoss, its gradients against autograd."""

import pytest
import torch
from torch import nn

from lessons.multiple_regression.training_outputs import distance_loss, loss_gradients


@pytest.mark.parametrize("outputs", [1, 2, 3, 5])
def test_the_loss_is_the_mean_squared_norm(outputs: int) -> None:
    generator = torch.Generator().manual_seed(outputs)
    prediction = torch.randn(7, outputs, generator=generator, dtype=torch.float64)
    y = torch.randn(7, outputs, generator=generator, dtype=torch.float64)
    loss = distance_loss(prediction, y)
    norms = torch.linalg.vector_norm(prediction - y, dim=1)
    assert loss.item() == pytest.approx((norms**2).mean().item())
    assert loss.item() == pytest.approx(outputs * nn.MSELoss()(prediction, y).item())


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match=r"the shapes \(4, 2\) and \(4, 1\)"):
        distance_loss(torch.ones(4, 2), torch.ones(4, 1))


@pytest.mark.parametrize(("inputs", "outputs"), [(2, 2), (3, 1), (1, 4)])
def test_the_gradients_are_those_of_autograd(inputs: int, outputs: int) -> None:
    torch.manual_seed(0)
    layer = nn.Linear(inputs, outputs).double()
    x = torch.randn(6, inputs, dtype=torch.float64)
    y = torch.randn(6, outputs, dtype=torch.float64)
    nn.MSELoss()(layer(x), y).backward()
    by_weight, by_bias = loss_gradients(
        x, y, layer.weight.detach(), layer.bias.detach()
    )
    assert layer.weight.grad is not None
    assert layer.bias.grad is not None
    torch.testing.assert_close(by_weight, layer.weight.grad)
    torch.testing.assert_close(by_bias, layer.bias.grad)
