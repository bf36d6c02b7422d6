"""Plain gradient descent against torch's, and the parameters that are forgotten."""

from functools import partial

import pytest
import torch
from torch import nn
from torch.optim import LBFGS, SGD

from lessons.pytorch_way.optimizers import PlainSGD, measure, unmoved


def two_layers() -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))


def test_a_hundred_steps_are_those_of_torch() -> None:
    ours, theirs = two_layers(), two_layers()
    optimizers = (PlainSGD(ours.parameters(), lr=0.1), SGD(theirs.parameters(), lr=0.1))
    for step in range(100):
        x = torch.randn(8, 3, generator=torch.Generator().manual_seed(step))
        for model, optimizer in zip((ours, theirs), optimizers, strict=True):
            optimizer.zero_grad()
            model(x).square().mean().backward()
            optimizer.step()
    for mine, torchs in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(mine, torchs)


def test_a_parameter_without_a_gradient_stays() -> None:
    with_one = torch.tensor([1.0, 2.0], requires_grad=True)
    without = torch.tensor(5.0, requires_grad=True)
    with_one.grad = torch.tensor([1.0, -1.0])
    optimizer = PlainSGD([with_one, without], lr=0.5)
    optimizer.step()
    assert with_one.tolist() == [0.5, 2.5]
    assert without.item() == 5
    optimizer.zero_grad()
    assert with_one.grad is None
    optimizer.step()
    assert with_one.tolist() == [0.5, 2.5]


def test_a_generator_that_was_used_before_is_noticed() -> None:
    parameters = nn.Linear(1, 1).parameters()
    PlainSGD(parameters, lr=0.1)
    with pytest.raises(ValueError, match="no parameters"):
        PlainSGD(parameters, lr=0.1)


def test_what_an_optimizer_does_not_hold() -> None:
    model = two_layers()
    assert unmoved(model, SGD(model.parameters(), lr=0.1)) == []
    groups = [{"params": [model[0].weight]}, {"params": [model[2].bias], "lr": 1.0}]
    assert unmoved(model, SGD(groups, lr=0.1)) == ["0.bias", "2.weight"]
    model[0].bias.requires_grad_(False)
    assert unmoved(model, SGD(groups, lr=0.1)) == ["2.weight"]
    optimizer = SGD(model.parameters(), lr=0.1)
    model[2] = nn.Linear(4, 1)
    assert unmoved(model, optimizer) == ["2.weight", "2.bias"]
    assert unmoved(two_layers(), optimizer) == [
        name for name, _ in two_layers().named_parameters()
    ]


def test_a_closure_measures_with_fresh_gradients() -> None:
    x = torch.tensor([[1.0], [2.0], [4.0]])
    y = 3 * x - 1
    model = nn.Linear(1, 1)
    optimizer = LBFGS(model.parameters())
    for _ in range(2):
        loss = measure(model, optimizer, x, y)
        weight, bias = model.weight.item(), model.bias.item()
        error = weight * x + bias - y
        assert loss.item() == pytest.approx((error**2).mean().item())
        slope = (2 * error * x).mean().item()
        assert model.weight.grad is not None
        assert model.weight.grad.item() == pytest.approx(slope, rel=1e-5)
    optimizer.step(partial(measure, model, optimizer, x, y))
    assert model.weight.item() == pytest.approx(3, abs=1e-3)
    assert model.bias.item() == pytest.approx(-1, abs=1e-3)
