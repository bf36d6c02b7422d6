"""Networks side by side against networks alone, and the curve against its algebra."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn, optim

from lessons.networks.valleys_of_networks import (
    losses,
    outputs,
    random_starts,
    train_starts,
    two_valleys,
)


def alone(parts: list[torch.Tensor], run: int) -> nn.Sequential:
    """Return one of the networks as a module of its own."""
    w, b, v, c = (part[run] for part in parts)
    model = nn.Sequential(nn.Linear(1, w.shape[1]), nn.ReLU(), nn.Linear(w.shape[1], 1))
    model.double()
    model.load_state_dict(
        {"0.weight": w.T, "0.bias": b[0], "2.weight": v.T, "2.bias": c[0]}
    )
    return model


@pytest.mark.parametrize("width", [1, 3])
def test_outputs_and_losses_are_those_of_modules(width: int) -> None:
    parts = random_starts(width, 4, seed=1)
    x, y = torch.randn(2, 9, 1, dtype=torch.float64)
    for run in range(4):
        model = alone(parts, run)
        torch.testing.assert_close(outputs(parts, x)[run], model(x))
        torch.testing.assert_close(
            losses(parts, x, y)[run], nn.functional.mse_loss(model(x), y)
        )


def test_starts_are_even_and_fixed_by_their_seed() -> None:
    w, b, v, c = random_starts(4, 5000)
    assert w.dtype == b.dtype == v.dtype == c.dtype == torch.float64
    for part, bound in ((w, 1), (b, 1), (v, 0.5), (c, 0.5)):
        assert 0.99 * bound < part.max() <= bound
        assert -bound <= part.min() < -0.99 * bound
        assert part.std().item() == pytest.approx(bound / 3**0.5, rel=0.03)
    assert torch.equal(w, random_starts(4, 5000)[0])
    assert not torch.equal(w, random_starts(4, 5000, seed=1)[0])


@pytest.mark.parametrize(
    ("rule", "settings"),
    [
        (optim.SGD, {"lr": 0.1}),
        (optim.SGD, {"lr": 0.03, "momentum": 0.9}),
        (optim.RMSprop, {"lr": 0.01}),
        (optim.Adam, {"lr": 0.03}),
    ],
)
def test_each_network_trains_as_if_alone(
    rule: Callable[..., optim.Optimizer], settings: dict[str, float]
) -> None:
    parts = random_starts(3, 3, seed=2)
    before = [part.clone() for part in parts]
    torch.manual_seed(0)
    x, y = torch.randn(2, 20, 1, dtype=torch.float64)
    ends = losses(train_starts(parts, x, y, rule, steps=12, **settings), x, y)
    assert all(torch.equal(old, part) for old, part in zip(before, parts, strict=True))
    for run in range(3):
        model = alone(parts, run)
        optimizer = rule(model.parameters(), **settings)
        for _ in range(12):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(x), y).backward()
            optimizer.step()
        loss = nn.functional.mse_loss(model(x), y)
        torch.testing.assert_close(ends[run], loss.detach())


def test_the_curve_is_flat_where_its_derivative_has_roots() -> None:
    roots = np.sort(np.roots([4, 0, -6, 1]).real)
    x = torch.tensor(roots, dtype=torch.float64, requires_grad=True)
    heights = two_valleys(x)
    heights.sum().backward()
    assert x.grad is not None
    assert x.grad.abs().max() < 1e-9
    assert heights.tolist() == pytest.approx([-3.5139, 0.0838, -1.0702], abs=1e-3)
