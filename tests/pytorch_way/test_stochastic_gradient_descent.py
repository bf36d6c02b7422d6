"""The readings of the factory, and steps on one sample against autograd and torch."""

import pytest
import torch
from torch import nn

from lessons.pytorch_way.stochastic_gradient_descent import (
    costs,
    factory_readings,
    sample_gradients,
    sample_path,
)


def test_ten_thousand_readings_of_a_hundred_springs() -> None:
    spring, x, y = factory_readings()
    assert spring.shape == (10_000,)
    assert x.shape == y.shape == (10_000, 1)
    assert (spring.dtype, x.dtype, y.dtype) == (
        torch.int64,
        torch.float32,
        torch.float32,
    )
    assert spring.bincount().tolist() == [100] * 100
    assert (spring.diff() >= 0).all()
    assert x.min() >= 0
    assert x.max() < 6


def test_without_misread_readings_each_spring_follows_its_own_line() -> None:
    spring, x, y = factory_readings(misread=0, readings=1000, seed=3)
    lines = []
    for number in range(100):
        mine = spring == number
        table = torch.cat([x[mine], torch.ones_like(x[mine])], dim=1).double()
        solution = torch.linalg.lstsq(table, y[mine].double()).solution
        residual = y[mine] - table @ solution
        assert residual.std().item() == pytest.approx(1, abs=0.1)
        lines.append(solution[:, 0])
    found = torch.stack(lines)
    assert found.mean(dim=0).tolist() == pytest.approx([3, 4], abs=0.15)
    assert found.std(dim=0).tolist() == pytest.approx([0.1, 0.5], rel=0.25)


def test_the_misread_readings_are_twenty_millimetres_too_high() -> None:
    _, x, right = factory_readings(misread=0, seed=5)
    _, again, y = factory_readings(misread=0.02, seed=5)
    assert torch.equal(x, again)
    added = y - right
    assert ((added.abs() < 1e-4) | ((added - 20).abs() < 1e-4)).all()
    assert (added > 10).float().mean().item() == pytest.approx(0.02, abs=0.005)


def test_the_seed_decides() -> None:
    assert torch.equal(factory_readings(seed=1)[2], factory_readings(seed=1)[2])
    assert not torch.equal(factory_readings(seed=1)[2], factory_readings(seed=2)[2])


@pytest.mark.parametrize(
    "wrong", [{"springs": 0}, {"readings": 0}, {"misread": 1.5}, {"misread": -0.1}]
)
def test_what_cannot_be_measured(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="at least one spring"):
        factory_readings(**wrong)  # type: ignore[arg-type]


X = torch.tensor([[0.5], [2.0], [5.5], [-1.0]])
Y = torch.tensor([[7.0], [9.5], [41.0], [2.5]])


def layer_at(line: list[float]) -> nn.Linear:
    layer = nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(line[0])
        layer.bias.fill_(line[1])
    return layer


def numbers(layer: nn.Linear) -> list[float]:
    return [layer.weight.item(), layer.bias.item()]


@pytest.mark.parametrize("line", [[0.0, 0.0], [3.0, 4.0], [-1.5, 7.25]])
def test_gradient_of_each_sample_is_that_of_autograd(line: list[float]) -> None:
    found = sample_gradients(torch.tensor(line), X, Y)
    assert found.shape == (4, 2)
    for row in range(4):
        layer = layer_at(line)
        nn.functional.mse_loss(layer(X[row]), Y[row]).backward()
        assert layer.weight.grad is not None
        assert layer.bias.grad is not None
        wanted = [layer.weight.grad.item(), layer.bias.grad.item()]
        assert found[row].tolist() == pytest.approx(wanted, rel=1e-5)


def test_mean_of_the_sample_gradients_is_the_gradient() -> None:
    _, x, y = factory_readings(springs=7, readings=11)
    layer = layer_at([2.0, 1.0])
    nn.functional.mse_loss(layer(x), y).backward()
    assert layer.weight.grad is not None
    assert layer.bias.grad is not None
    mean = sample_gradients(torch.tensor([2.0, 1.0]), x, y).mean(dim=0)
    assert mean.tolist() == pytest.approx(
        [layer.weight.grad.item(), layer.bias.grad.item()], rel=1e-4
    )


def test_path_is_that_of_sgd_on_a_linear_layer() -> None:
    start, order = [1.0, -2.0], [2, 0, 0, 3, 1, 2]
    path = sample_path(torch.tensor(start), X, Y, learning_rate=0.01, order=order)
    assert path.shape == (7, 2)
    assert path.dtype == torch.float64
    layer = layer_at(start)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.01)
    assert path[0].tolist() == start
    for step, row in enumerate(order, start=1):
        optimizer.zero_grad()
        nn.functional.mse_loss(layer(X[row]), Y[row]).backward()
        optimizer.step()
        assert path[step].tolist() == pytest.approx(numbers(layer), rel=1e-4)


def test_path_leaves_its_start_alone_and_may_be_empty() -> None:
    start = torch.tensor([1.0, -2.0])
    assert sample_path(start, X, Y, 0.1, []).tolist() == [[1.0, -2.0]]
    sample_path(start, X, Y, 0.1, [1, 2])
    assert start.tolist() == [1.0, -2.0]


def test_costs_are_those_of_each_line_alone() -> None:
    _, x, y = factory_readings(springs=5, readings=20)
    lines = torch.tensor([[0.0, 0.0], [3.0, 4.0], [8.0, -1.0]])
    wanted = [((line[0] * x + line[1] - y) ** 2).mean().item() for line in lines]
    assert costs(lines, x, y).tolist() == pytest.approx(wanted, rel=1e-5)
    assert costs(lines[:1], x, y).shape == (1,)


@pytest.mark.parametrize(
    "call",
    [
        lambda: sample_gradients(torch.zeros(2), X, Y.flatten()),
        lambda: sample_gradients(torch.zeros(2), X.flatten(), Y.flatten()),
        lambda: sample_gradients(torch.zeros(2), X[:3], Y),
        lambda: sample_path(torch.zeros(2), X, Y[:3], 0.1, [0]),
        lambda: costs(torch.zeros(1, 2), X, Y.flatten()),
    ],
)
def test_shapes_that_do_not_fit_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        call()  # type: ignore[operator]
