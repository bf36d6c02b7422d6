import numpy as np
import pytest
import torch
from torch.optim import SGD

from lessons.linear_regression.good_practice import zero_model
from lessons.linear_regression.learning_rates import (
    train,
    train_by_sample,
)


def test_training_makes_the_steps_of_the_formula():
    torch.manual_seed(0)
    x, y = torch.randn(20, 3), 5 + torch.randn(20, 1)
    model = zero_model(3)
    losses = train(model, SGD(model.parameters(), lr=0.1), x, y, epochs=4)
    inputs = np.column_stack([x.double().numpy(), np.ones(len(x))])
    parameters, expected = np.zeros((4, 1)), []
    for _ in range(4):
        errors = inputs @ parameters - y.double().numpy()
        expected.append(np.mean(errors**2))
        parameters -= 0.1 * 2 / len(x) * inputs.T @ errors
    assert losses == pytest.approx(expected, rel=1e-4)
    found = torch.cat([model.weight.detach()[0], model.bias.detach()])
    assert found.tolist() == pytest.approx(parameters[:, 0].tolist(), rel=1e-4)


def test_sample_by_sample_makes_one_step_for_each_row():
    x, y = torch.tensor([[1.0], [2.0], [-1.0]]), torch.tensor([[3.0], [1.0], [0.5]])
    torch.manual_seed(0)
    order = torch.randperm(3).tolist()
    weight = bias = 0.0
    for row in order:
        error = bias + weight * x[row].item() - y[row].item()
        weight -= 0.1 * 2 * error * x[row].item()
        bias -= 0.1 * 2 * error
    model = zero_model(1)
    torch.manual_seed(0)
    cost = train_by_sample(model, SGD(model.parameters(), lr=0.1), x, y)
    assert model.weight.item() == pytest.approx(weight, rel=1e-5)
    assert model.bias.item() == pytest.approx(bias, rel=1e-5)
    expected = (bias + weight * x - y).square().mean().item()
    assert cost == pytest.approx(expected, rel=1e-5)
