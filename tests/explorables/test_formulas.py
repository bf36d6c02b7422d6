"""The formulas of the figures that readers move, held to PyTorch."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer
from torch import Tensor, nn
from torch.distributions import Bernoulli

from sandbox import ROOT

SCRIPT = (ROOT / "docs/assets/explorables/formulas.js").read_text(encoding="utf-8")
NUMBER = st.floats(-50, 50, allow_subnormal=False)
DATA = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=8)


class Formulas:
    """The script in an engine of its own."""

    def __init__(self, script: str = SCRIPT) -> None:
        self._engine = MiniRacer()
        self._engine.eval(script.replace("const formulas", "var formulas", 1))

    def __call__(self, name: str, *arguments: object) -> Any:
        given = ", ".join(json.dumps(argument) for argument in arguments)
        return json.loads(
            str(self._engine.eval(f"JSON.stringify(formulas.{name}({given}))"))
        )


@pytest.fixture(scope="module")
def formulas() -> Formulas:
    return Formulas()


def number(value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def expected(
    weight: float, bias: float, rate: float, pairs: list[tuple[float, float]]
) -> Iterator[tuple[str, list[object], list[float]]]:
    """Yield each formula with arguments and what PyTorch makes of them."""
    xs, ys = ([pair[i] for pair in pairs] for i in (0, 1))
    inputs, targets = (torch.tensor(v, dtype=torch.float64) for v in (xs, ys))
    w, b = number(weight), number(bias)
    cost = nn.functional.mse_loss(w * inputs + b, targets)
    cost.backward()  # type: ignore[no-untyped-call]
    assert w.grad is not None
    assert b.grad is not None
    slopes = [w.grad.item(), b.grad.item()]
    yield "sum", [xs], [inputs.sum().item()]
    yield "mean", [xs], [inputs.mean().item()]
    yield "predict", [weight, bias, xs[0]], [(w * inputs[0] + b).item()]
    error = nn.functional.mse_loss(w, inputs[0])
    yield "squaredError", [weight, xs[0]], [error.item()]
    yield "meanSquaredError", [weight, bias, xs, ys], [cost.item()]
    yield "costGradient", [weight, bias, xs, ys], slopes

    loads = inputs + 200 * torch.arange(len(xs)).double()  # all differ
    if len(xs) > 1:
        columns = torch.stack([loads, torch.ones_like(loads)], dim=1)
        best = torch.linalg.lstsq(columns, targets[:, None]).solution.flatten()
        yield "leastSquares", [loads.tolist(), ys], best.tolist()

    w = number(weight)
    loss = nn.functional.mse_loss(w * inputs[0], targets[0])
    (slope,) = torch.autograd.grad(loss, w, create_graph=True)
    (bend,) = torch.autograd.grad(slope, w)
    yield "lossDerivative", [weight, xs[0], ys[0]], [slope.item()]
    yield "curvature", [xs[0]], [bend.item()]
    optimizer = torch.optim.SGD([w], lr=rate)
    w.grad = slope.detach()
    optimizer.step()
    yield "gradientStep", [weight, slope.item(), rate], [w.item()]
    yield from of_coin(weight, len(xs))
    yield from of_classifier(weight, bias, inputs, targets)
    yield from of_network(weight, bias, inputs, targets)

    # A step multiplies the distance to the minimum of a parabola by this.
    yield "stepFactor", [rate, bend.item()], [(1 - rate * bend).item()]


def of_coin(
    weight: float, count: int
) -> Iterator[tuple[str, list[object], list[float]]]:
    """Yield the formulas of a coin after so many heads, and two tails."""
    heads, tails = float(count), 2.0
    tosses = torch.tensor([1.0] * count + [0.0] * 2, dtype=torch.float64)
    theta = torch.sigmoid(number(weight / 10)).detach()
    log = Bernoulli(probs=theta).log_prob(tosses).sum()
    entropy = nn.functional.binary_cross_entropy(theta.expand_as(tosses), tosses)
    toss = [theta.item(), heads, tails]
    yield (
        "xlogy",
        [heads, toss[0]],
        [torch.xlogy(theta.new_tensor(heads), theta).item()],
    )
    yield "xlogy", [0, 0], [torch.xlogy(theta.new_tensor(0), 0.0).item()]
    yield "likelihood", toss, [log.exp().item()]
    yield "logLikelihood", toss, [log.item()]
    yield "crossEntropy", toss, [entropy.item()]
    yield "shareOfHeads", toss[1:], [tosses.mean().item()]


def of_network(
    weight: float, bias: float, inputs: Tensor, targets: Tensor
) -> Iterator[tuple[str, list[object], list[float]]]:
    """Yield the formulas of networks."""
    xs, ys = inputs.tolist(), targets.tolist()
    torch.manual_seed(0)
    first, second = nn.Linear(len(inputs), 3).double(), nn.Linear(3, 4).double()
    layers = [[m.weight.tolist(), m.bias.tolist()] for m in (first, second)]
    outputs = second(torch.relu(first(inputs)))
    yield "layer", [layers[0], xs], first(inputs).tolist()
    yield "scores", [layers, xs], outputs.tolist()
    yield "softmax", [ys], targets.softmax(dim=0).tolist()
    yield "softmax", [[1000.0, 1000.0]], [0.5, 0.5]
    yield "argmax", [ys], [targets.argmax().item()]
    for value in (weight, bias):
        yield "relu", [value], [torch.relu(number(value)).item()]
    bent = inputs * torch.relu(number(weight).detach() - targets)
    yield "bentLine", [xs[0], ys[0], weight], [bent[0].item()]
    yield "bentLines", [xs, ys, bias, weight], [bias + bent.sum().item()]


def of_classifier(
    weight: float, bias: float, inputs: Tensor, targets: Tensor
) -> Iterator[tuple[str, list[object], list[float]]]:
    """Yield the formulas of a classifier, the labels being the signs of the targets."""
    w, b = number(weight), number(bias)
    scores, labels = w * inputs + b, (targets > 0).double()
    p = torch.sigmoid(scores)
    given: list[object] = [weight, bias, inputs.tolist(), labels.tolist()]
    entropy = nn.functional.binary_cross_entropy_with_logits(scores, labels)
    square = nn.functional.mse_loss(p, labels)
    yield "sigmoid", [scores[0].item()], [p[0].item()]
    yield "sigmoid", [-800], [0.0]
    yield "probabilities", given[:3], p.tolist()
    above = torch.logaddexp(scores[0], scores.new_tensor(0.0))
    yield "softplus", [scores[0].item()], [above.item()]
    yield "logisticCost", given, [entropy.item()]
    yield "squaredCost", given, [square.item()]
    for name, cost in (("logisticGradient", entropy), ("squaredGradient", square)):
        slopes = torch.autograd.grad(cost, (w, b), retain_graph=True)
        yield name, given, [slope.item() for slope in slopes]
    by_weight = (labels @ inputs / len(inputs)).item()
    yield (
        "timesInputs",
        [labels.tolist(), inputs.tolist()],
        [by_weight, labels.mean().item()],
    )
    decisions = (scores > 0).double()
    yield "mistakes", given, [(decisions != labels).sum().item()]


@settings(max_examples=60, deadline=None)
@given(st.floats(0.01, 500), st.floats(-4, 4), DATA)
def test_the_cost_on_a_ring_is_its_height_above_the_lowest(
    height: float, angle: float, pairs: list[tuple[float, float]]
) -> None:
    x = torch.tensor([a for a, _ in pairs] + [90.0], dtype=torch.float64)
    y = torch.tensor([b for _, b in pairs] + [3.0], dtype=torch.float64)
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(columns, y[:, None]).solution
    point = Formulas()("ringPoint", x.tolist(), best.flatten().tolist(), height, angle)
    lowest = nn.functional.mse_loss(columns @ best, y[:, None])
    cost = nn.functional.mse_loss(point[0] * x + point[1], y)
    assert cost.item() == pytest.approx(lowest.item() + height, rel=1e-6)


def differing(formulas: Formulas, cases: Iterator[Any]) -> set[str]:
    """Return the names of the formulas that give something else than PyTorch."""
    wrong = set()
    for name, arguments, wanted in cases:
        value = formulas(name, *arguments)
        found = value if isinstance(value, list) else [value]
        if found != pytest.approx(wanted, rel=1e-9, abs=1e-7):
            wrong.add(name)
    return wrong


@settings(max_examples=60, deadline=None)
@given(NUMBER, NUMBER, st.floats(0.001, 0.5), DATA)
def test_each_formula_gives_what_pytorch_gives(
    weight: float, bias: float, rate: float, pairs: list[tuple[float, float]]
) -> None:
    assert differing(Formulas(), expected(weight, bias, rate, pairs)) == set()


CASE = (1.5, -0.7, 0.03, [(2.0, 6.0), (-1.0, 0.5), (0.25, -3.0)])


def test_every_formula_is_held(formulas: Formulas) -> None:
    exported = re.search(r"return \{\n([^}]*)\}\n\}\)\(\)", SCRIPT)
    assert exported
    names = {name.strip() for name in exported[1].split(",") if name.strip()}
    held = {name for name, _, _ in expected(*CASE)}
    assert names == held | {
        "ringPoint",
        "inkOf",
        "descend",
    }  # which have tests of their own


FAULTS = [
    ("total + value", "total - value", "sum"),
    ("sum(values) / values.length", "sum(values)", "mean"),
    ("weight * x + bias", "weight * x - bias", "predict"),
    ("(prediction - target) ** 2", "Math.abs(prediction - target)", "squaredError"),
    ("bias, x), ys[i])", "bias, x), ys[0])", "meanSquaredError"),
    ("2 * error * xs[i]", "error * xs[i]", "costGradient"),
    ("(error) => 2 * error)", "(error) => error)", "costGradient"),
    ("(x - middle) ** 2", "(x - middle)", "leastSquares"),
    ("height - weight * middle", "height", "leastSquares"),
    ("2 * x * (weight * x - y)", "2 * (weight * x - y)", "lossDerivative"),
    ("=> 2 * x * x", "=> x * x", "curvature"),
    ("1 - learningRate", "1 + learningRate", "stepFactor"),
    ("weight - learningRate", "weight + learningRate", "gradientStep"),
    ("(x === 0 ? 0 : x * Math.log(y))", "x * Math.log(y)", "xlogy"),
    ("theta ** heads * (1", "theta ** heads + (1", "likelihood"),
    ("xlogy(tails, 1 - theta)", "xlogy(tails, theta)", "logLikelihood"),
    ("=> -logLikelihood", "=> logLikelihood", "crossEntropy"),
    ("bias[k] + sum(row", "sum(row", "layer"),
    ("i ? values.map(relu) : values", "values", "scores"),
    ("Math.exp(value - Math.max(...values))", "Math.exp(value)", "softmax"),
    ("indexOf(Math.max(", "indexOf(Math.min(", "argmax"),
    ("Math.max(0, value)", "Math.abs(value)", "relu"),
    ("size * relu(x - place)", "size * relu(place - x)", "bentLine"),
    ("=> bias + sum(sizes", "=> sum(sizes", "bentLines"),
    ("small / (1 + small)", "1 / (1 + small)", "sigmoid"),
    (
        "bias, xs) => xs.map((x) => sigmoid(",
        "bias, xs) => xs.map((x) => (",
        "probabilities",
    ),
    ("+ Math.log1p(", "- Math.log1p(", "softplus"),
    ("- ys[i] * predict(", "+ ys[i] * predict(", "logisticCost"),
    ("squaredError(p, ys[i])", "squaredError(p, 1)", "squaredCost"),
    ("error * xs[i])), mean(errors)]", "error)), mean(errors)]", "timesInputs"),
    ("=> p - ys[i]), xs)", "=> ys[i] - p), xs)", "logisticGradient"),
    ("2 * error * slopes[i]", "2 * error", "squaredGradient"),
    ("x) > 0 !== (ys", "x) < 0 !== (ys", "mistakes"),
    ("=> heads / (heads + tails)", "=> tails / (heads + tails)", "shareOfHeads"),
]


@pytest.mark.parametrize(("right", "wrong", "name"), FAULTS)
def test_a_fault_in_a_formula_is_seen(right: str, wrong: str, name: str) -> None:
    assert SCRIPT.count(right) == 1
    assert name in differing(Formulas(SCRIPT.replace(right, wrong)), expected(*CASE))
