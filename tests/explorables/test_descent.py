"""The optimizers of the figure of paths, held to those of PyTorch."""

import json
from collections.abc import Callable, Iterable

import pytest
import torch
from py_mini_racer import MiniRacer
from torch import Tensor, nn
from torch.optim import SGD, Adam, Optimizer

from sandbox import ROOT

SCRIPT = (ROOT / "docs/assets/explorables/formulas.js").read_text(encoding="utf-8")
RULES: dict[str, Callable[..., Optimizer]] = {
    "SGD": SGD,
    "momentum": lambda p, lr: SGD(p, lr=lr, momentum=0.9),
    "Adam": Adam,
}


def data() -> tuple[Tensor, Tensor, list[list[int]]]:
    generator = torch.Generator().manual_seed(0)
    x = 6 * torch.rand(14, generator=generator, dtype=torch.float64)
    y = 3 * x + 4 + torch.randn(14, generator=generator, dtype=torch.float64)
    return x, y, [torch.randperm(14, generator=generator).tolist() for _ in range(3)]


def by_torch(rule: str, rate: float, size: int, steps: int = 100) -> Tensor:
    x, y, orders = data()
    places = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = RULES[rule]([places], lr=rate)
    path = [places.detach().clone()]
    while len(path) <= steps:
        for order in orders:
            for batch in torch.tensor(order).split(size):
                cost = nn.functional.mse_loss(
                    places[0] * x[batch] + places[1], y[batch]
                )
                optimizer.zero_grad()
                cost.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                path.append(places.detach().clone())
    return torch.stack(path[: steps + 1])


def by_script(rule: str, rate: float, size: int, script: str = SCRIPT) -> Tensor:
    engine = MiniRacer()
    engine.eval(script.replace("const formulas", "var formulas", 1))
    x, y, orders = data()
    given: Iterable[object] = (rule, rate, 100, size, orders, x.tolist(), y.tolist())
    call = f"formulas.descend({', '.join(map(json.dumps, given))})"
    return torch.tensor(
        json.loads(str(engine.eval(f"JSON.stringify({call})"))), dtype=torch.float64
    )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("size", [1, 4, 14])  # 4 leaves two for the last batch
@pytest.mark.parametrize("rate", [0.001, 0.02])
def test_each_step_is_that_of_pytorch(rule: str, rate: float, size: int) -> None:
    found, wanted = by_script(rule, rate, size), by_torch(rule, rate, size)
    torch.testing.assert_close(found, wanted, rtol=1e-8, atol=1e-8)


FAULTS = [
    ("SGD: (g) => [g, {}]", "SGD: (g) => [2 * g, {}]", "SGD"),
    ("[0.9 * v + g, {", "[0.9 * v, {", "momentum"),
    ("{ v: 0.9 * v + g }", "{ v: g }", "momentum"),
    ("0.999 * s + 0.001 * g", "0.999 * s + 0.01 * g", "Adam"),
    ("next.m / (1 - 0.9 ** next.step)", "next.m", "Adam"),
    ("next.s / (1 - 0.999 ** next.step)", "next.s", "Adam"),
    ("value - learningRate * change", "value + learningRate * change", "SGD"),
    ("(step % batches) * batchSize", "0 * batchSize", "SGD"),
    ("Math.floor(step / batches) % orders.length", "0", "SGD"),
    ("memory[i] = kept", "memory[0] = kept", "Adam"),
]


@pytest.mark.parametrize(("right", "wrong", "rule"), FAULTS)
def test_a_fault_in_a_rule_is_seen(right: str, wrong: str, rule: str) -> None:
    assert SCRIPT.count(right) == 1
    found = by_script(rule, 0.02, 4, SCRIPT.replace(right, wrong))
    assert not torch.allclose(found, by_torch(rule, 0.02, 4))
