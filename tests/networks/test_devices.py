"""Orders and work, timing, and training in fewer bits, without any accelerator."""

import time

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from torch import Tensor, nn

from lessons.networks.devices import (
    best_device,
    order_times,
    step_seconds,
    train_precisely,
    wait_for,
)
from lessons.networks.modules import MLP


@given(
    send=st.floats(0.1, 20), work=st.lists(st.floats(0.1, 50), min_size=1, max_size=20)
)
def test_the_timetable_is_possible_and_wastes_no_time(
    send: float, work: list[float]
) -> None:
    times = order_times(send, work)
    assert (times.shape, times.dtype) == ((len(work), 4), torch.float64)
    begin, sent, start, done = times.T
    expected = torch.full_like(begin, send)
    torch.testing.assert_close(sent - begin, expected)
    assert begin[0] == 0
    torch.testing.assert_close(begin[1:], sent[:-1])
    torch.testing.assert_close(done - start, torch.tensor(work, dtype=torch.float64))
    assert (start >= sent).all()
    assert (start[1:] >= done[:-1]).all()
    idle_before = torch.cat([torch.zeros(1), done[:-1]])
    assert ((start == sent) | (start == idle_before)).all()


def test_two_extremes_of_the_timetable() -> None:
    assert order_times(5, [2] * 12)[-1].tolist() == [55, 60, 60, 62]
    assert order_times(5, [20] * 12)[-1].tolist() == [55, 60, 225, 245]


def test_the_best_device_is_the_accelerator_or_the_cpu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for found in (None, torch.device("meta")):
        monkeypatch.setattr(
            torch.accelerator,
            "current_accelerator",
            lambda check_available=False, found=found: found,
        )
        assert best_device() == (found or torch.device("cpu"))


def test_a_device_is_waited_for_and_a_cpu_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[torch.device] = []
    monkeypatch.setattr(torch.accelerator, "synchronize", waited.append)
    wait_for(torch.device("cpu"))
    wait_for(torch.device("meta"))
    assert waited == [torch.device("meta")]


class Slow(nn.Module):
    """A layer that takes 1 second by a clock of its own, and 5 in the first call."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(2, 3)
        self.calls = 0
        self.clock = 0.0

    def forward(self, x: Tensor) -> Tensor:
        self.clock += 1 if self.calls else 5
        self.calls += 1
        return self.layer(x)


def test_a_step_is_timed_without_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Slow()
    monkeypatch.setattr(time, "perf_counter", lambda: model.clock)
    before = model.layer.weight.detach().clone()
    x, y = torch.randn(4, 2), torch.tensor([0, 1, 2, 0])
    assert step_seconds(model, x, y, steps=3) == 1
    assert model.calls == 4
    assert not torch.equal(model.layer.weight, before)


def digits() -> tuple[Tensor, Tensor]:
    data = load_digits()
    return torch.tensor(data.data[:300] / 16).float(), torch.tensor(data.target[:300])


def test_float32_is_plain_gradient_descent() -> None:
    x, y = digits()
    model, losses = train_precisely(torch.device("cpu"), x, y, epochs=2)
    torch.manual_seed(0)
    plain = MLP(64, 128, 10)
    wanted = []
    for _ in range(2):
        total = 0.0
        for rows in torch.randperm(300).split(50):
            loss = nn.functional.cross_entropy(plain(x[rows]), y[rows])
            gradients = torch.autograd.grad(loss, list(plain.parameters()))
            with torch.no_grad():
                for weight, gradient in zip(plain.parameters(), gradients, strict=True):
                    weight.sub_(0.01 * gradient)
            total += loss.item()
        wanted.append(total / 6)
    assert losses == pytest.approx(wanted, rel=1e-5)
    for found, parameter in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(found, parameter)


def test_mixed_precision_keeps_up_and_bfloat16_does_not() -> None:
    x, y = digits()
    cpu = torch.device("cpu")
    model, full = train_precisely(cpu, x, y, epochs=30)
    mixed_model, mixed = train_precisely(cpu, x, y, mixed=True, epochs=30)
    short_model, short = train_precisely(cpu, x, y, dtype=torch.bfloat16, epochs=30)
    assert mixed == pytest.approx(full, rel=0.01)
    assert mixed != full
    assert short[-1] > full[-1] + 0.05
    assert {p.dtype for p in model.parameters()} == {torch.float32}
    assert {p.dtype for p in mixed_model.parameters()} == {torch.float32}
    assert {p.dtype for p in short_model.parameters()} == {torch.bfloat16}
