"""All of scikit-learn's test digits are read as PyTorch reads them."""

import json
from typing import Any

import torch
from py_mini_racer import MiniRacer
from sklearn.datasets import load_digits
from torch import nn

from lessons.networks.modules import MLP
from sandbox import ROOT

SCRIPT = (ROOT / "docs/assets/explorables/formulas.js").read_text(encoding="utf-8")


def trained() -> nn.Module:
    """Return a network that reads digits well, after a few steps of Adam."""
    digits = load_digits()
    x = torch.tensor(digits.data[:1000], dtype=torch.float32) / 16
    y = torch.tensor(digits.target[:1000])
    torch.manual_seed(0)
    model = MLP(64, 32, 10)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(150):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return model


def run(engine: MiniRacer, code: str) -> Any:
    return json.loads(str(engine.eval(f"JSON.stringify({code})")))


def test_every_test_digit_is_read_alike() -> None:
    model = trained()
    ink = torch.tensor(load_digits().data[1000:])
    with torch.no_grad():
        wanted = model.double()(ink / 16)
    pairs = zip(*[iter(model.parameters())] * 2, strict=True)
    layers = [[each.tolist() for each in pair] for pair in pairs]
    engine = MiniRacer()
    engine.eval(SCRIPT.replace("const formulas", "var formulas", 1))
    engine.eval(f"var layers = {json.dumps(layers)}; var digits = {ink.tolist()}")
    read = "digits.map((ink) => formulas.scores(layers, ink.map((each) => each / 16)))"
    found = torch.tensor(run(engine, read), dtype=torch.float64)
    assert len(found) == 797
    torch.testing.assert_close(found, wanted, rtol=1e-9, atol=1e-9)
    answers = torch.tensor(run(engine, f"{read}.map(formulas.argmax)"))
    assert torch.equal(answers, wanted.argmax(dim=1))
    right = (answers == torch.tensor(load_digits().target[1000:])).float().mean()
    assert right > 0.85  # a reader, and not a guesser


def test_the_ink_is_that_of_blocks_of_four_by_four() -> None:
    torch.manual_seed(0)
    cells = (torch.rand(32, 32) < 0.4).double()
    engine = MiniRacer()
    engine.eval(SCRIPT.replace("const formulas", "var formulas", 1))
    ink = run(engine, f"formulas.inkOf({cells.flatten().tolist()})")
    pooled = 16 * nn.functional.avg_pool2d(cells[None], 4)
    assert ink == pooled.flatten().tolist()
