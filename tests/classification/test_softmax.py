"""Softmax and cross-entropy against torch, NumPy in float64 and finite differences."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn, optim

from lessons.classification.softmax import cross_entropy, softmax, train_classifier


@pytest.mark.parametrize(("size", "dim"), [((3,), 0), ((4, 3), 1), ((2, 3, 5), 1)])
def test_softmax_is_the_one_of_torch(size: tuple[int, ...], dim: int) -> None:
    torch.manual_seed(0)
    logits = 5 * torch.randn(size)
    torch.testing.assert_close(softmax(logits, dim), torch.softmax(logits, dim))
    torch.testing.assert_close(softmax(logits), torch.softmax(logits, -1))


def test_softmax_is_its_formula() -> None:
    logits = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, -4.0]])
    powers = np.exp(logits)
    wanted = powers / powers.sum(axis=1, keepdims=True)
    torch.testing.assert_close(softmax(torch.tensor(logits)), torch.tensor(wanted))


def test_large_logits_do_not_overflow() -> None:
    assert softmax(torch.tensor([1000.0, 1000.0, -1000.0])).tolist() == [0.5, 0.5, 0]
    loss = cross_entropy(torch.tensor([[1000.0, 0.0]]), torch.tensor([1]))
    assert loss.item() == 1000


def test_two_classes_are_a_sigmoid_of_the_difference() -> None:
    logits = torch.tensor([[1.3, -0.4], [-2.0, 5.0]])
    torch.testing.assert_close(
        softmax(logits)[:, 1], torch.sigmoid(logits[:, 1] - logits[:, 0])
    )


def test_cross_entropy_is_the_one_of_torch() -> None:
    torch.manual_seed(0)
    logits, labels = 5 * torch.randn(20, 7), torch.randint(7, (20,))
    wanted = nn.functional.cross_entropy(logits, labels)
    torch.testing.assert_close(cross_entropy(logits, labels), wanted)
    of_probabilities = -softmax(logits)[torch.arange(20), labels].log().mean()
    torch.testing.assert_close(cross_entropy(logits, labels), of_probabilities)


def test_equal_logits_cost_the_log_of_the_number_of_classes() -> None:
    loss = cross_entropy(torch.zeros(4, 10), torch.tensor([0, 3, 9, 3]))
    assert loss.item() == pytest.approx(math.log(10))


def test_the_gradient_is_probability_minus_target() -> None:
    torch.manual_seed(0)
    logits = torch.randn(5, 4, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([0, 3, 1, 1, 2])

    def loss(z: Tensor) -> Tensor:
        return cross_entropy(z, labels)

    assert torch.autograd.gradcheck(loss, logits)
    loss(logits).backward()
    wanted = (softmax(logits.detach()) - nn.functional.one_hot(labels, 4)) / 5
    assert logits.grad is not None
    torch.testing.assert_close(logits.grad, wanted)


def test_training_takes_the_steps_of_a_plain_loop() -> None:
    torch.manual_seed(0)
    x, labels = torch.randn(30, 2), torch.randint(3, (30,))
    model, twin = nn.Linear(2, 3), nn.Linear(2, 3)
    twin.load_state_dict(model.state_dict())
    loss = train_classifier(model, nn.CrossEntropyLoss(), x, labels, steps=4)
    optimizer = optim.Adam(twin.parameters(), lr=0.1)
    for _ in range(4):
        wanted = nn.functional.cross_entropy(twin(x), labels)
        optimizer.zero_grad()
        wanted.backward()
        optimizer.step()
    assert loss == wanted.item()
    assert torch.equal(model.weight, twin.weight)
