import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils import clip_grad_norm_
from torch.optim import SGD

from lessons.linear_regression.clipping import (
    clipped,
    clipped_step,
    joint_norm,
)
from lessons.linear_regression.good_practice import zero_model
from lessons.linear_regression.learning_rates import train

gradients = st.lists(
    st.lists(st.floats(-100, 100), min_size=1, max_size=4).map(torch.tensor),
    min_size=1,
    max_size=3,
)


@given(values=gradients)
def test_joint_norm_is_the_norm_of_one_long_vector(values):
    expected = np.linalg.norm(np.concatenate([v.double().numpy() for v in values]))
    assert joint_norm(v.double() for v in values).item() == pytest.approx(expected)


@given(values=gradients, max_norm=st.floats(0.1, 50))
def test_clipping_equals_the_one_of_torch(values, max_norm):
    parameters = [nn.Parameter(torch.zeros_like(value)) for value in values]
    for parameter, value in zip(parameters, values, strict=True):
        parameter.grad = value.clone()
    norm = clip_grad_norm_(parameters, max_norm)
    torch.testing.assert_close(norm, joint_norm(values))
    for parameter, ours in zip(parameters, clipped(values, max_norm), strict=True):
        torch.testing.assert_close(ours, parameter.grad, rtol=1e-3, atol=1e-4)


def test_clipped_step_is_no_longer_than_rate_times_limit():
    model = zero_model(1)
    optimizer = SGD(model.parameters(), lr=0.5)
    x, y = torch.tensor([[3.0]]), torch.tensor([[2.0]])
    norm = clipped_step(model, optimizer, x, y, max_norm=0.1)
    assert norm == pytest.approx(2 * 2 * math.sqrt(3**2 + 1))
    moved = joint_norm(p.detach() for p in model.parameters()).item()
    assert moved == pytest.approx(0.5 * 0.1, rel=1e-4)


def test_without_a_limit_the_clipped_step_is_the_plain_one():
    x, y = torch.randn(8, 2), torch.randn(8, 1)
    plain, other = zero_model(2), zero_model(2)
    train(plain, SGD(plain.parameters(), lr=0.1), x, y, epochs=1)
    clipped_step(other, SGD(other.parameters(), lr=0.1), x, y, math.inf)
    torch.testing.assert_close(plain.weight, other.weight)
