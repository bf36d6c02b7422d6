"""The gradients by hand against autograd, differences and PyTorch's own count."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import Tensor, nn, optim
from torch.utils.flop_counter import FlopCounterMode

from lessons.networks.backpropagation import (
    NumPyNetwork,
    multiplications,
    numerical_gradient,
    saved_tensors,
)
from lessons.networks.bent_lines import growth_readings


def parameters(inputs: int, hidden: int, outputs: int) -> list[Tensor]:
    generator = torch.Generator().manual_seed(4)
    shapes = ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,))
    return [torch.randn(s, generator=generator, dtype=torch.float64) for s in shapes]


def mean_squared_error(x: Tensor, y: Tensor, numbers: list[Tensor]) -> Tensor:
    w1, b1, w2, b2 = numbers
    return nn.functional.mse_loss((x @ w1 + b1).relu() @ w2 + b2, y)


@pytest.mark.parametrize("lengths", [(1, 3, 1), (2, 5, 3), (4, 4, 4)])
def test_gradients_are_those_of_autograd(lengths: tuple[int, int, int]) -> None:
    numbers = parameters(*lengths)
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(7, lengths[0], generator=generator, dtype=torch.float64)
    y = torch.randn(7, lengths[2], generator=generator, dtype=torch.float64)
    free = [number.clone().requires_grad_() for number in numbers]
    wanted = torch.autograd.grad(mean_squared_error(x, y, free), free)
    network = NumPyNetwork(*[number.numpy() for number in numbers])
    network.forward(x.numpy())
    network.backward(y.numpy())
    found = (network.dw1, network.db1, network.dw2, network.db2)
    for one, other in zip(found, wanted, strict=True):
        torch.testing.assert_close(torch.from_numpy(one), other)


def test_training_is_that_of_torch_step_for_step() -> None:
    x, y = (reading.double() / 20 for reading in growth_readings(pots=20))
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 6), nn.ReLU(), nn.Linear(6, 1)).double()
    start = [parameter.detach() for parameter in model.parameters()]
    network = NumPyNetwork(*[part.numpy().transpose() for part in start])
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    for _ in range(50):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), y).backward()
        optimizer.step()
        network.forward(x.numpy())
        network.backward(y.numpy())
        network.step(0.1)
    np.testing.assert_allclose(
        network.forward(x.numpy()), model(x).detach().numpy(), rtol=1e-10, atol=1e-12
    )


def test_the_caller_keeps_its_arrays() -> None:
    numbers = [number.numpy() for number in parameters(1, 2, 1)]
    before = [number.copy() for number in numbers]
    network = NumPyNetwork(*numbers)
    network.forward(np.ones((3, 1)))
    network.backward(np.zeros((3, 1)))
    network.step(0.5)
    for now, then in zip(numbers, before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_numerical_gradient_of_a_polynomial() -> None:
    parameter = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)
    before = parameter.clone()
    found = numerical_gradient(lambda: parameter.pow(3).sum().clone(), parameter)
    torch.testing.assert_close(found, 3 * before**2)
    torch.testing.assert_close(parameter, before, rtol=0, atol=0)


@pytest.mark.parametrize("lengths", [[64, 128, 10], [3, 5, 7, 2]])
def test_multiplications_are_those_that_torch_counts(lengths: list[int]) -> None:
    layers = [nn.Linear(a, b) for a, b in pairwise(lengths)]
    x = torch.rand(6, lengths[0])
    with FlopCounterMode(display=False) as forwards:
        total = nn.Sequential(*layers)(x).sum()
    with FlopCounterMode(display=False) as backwards:
        total.backward()
    counts = (forwards.get_total_flops() // 2, backwards.get_total_flops() // 2)
    assert multiplications(lengths, samples=6) == counts


def test_a_square_keeps_its_input_once() -> None:
    x = torch.rand(5, 3, requires_grad=True)
    kept = saved_tensors(lambda: (x**2).sum() + (x * x).sum())
    assert len(kept) == 1
    assert torch.equal(kept[0], x)


def test_a_network_keeps_its_hidden_values_once() -> None:
    model = nn.Sequential(nn.Linear(2, 7), nn.ReLU(), nn.Linear(7, 1))
    kept = saved_tensors(lambda: model(torch.rand(11, 2)).sum())
    assert [tuple(tensor.shape) for tensor in kept].count((11, 7)) == 1
