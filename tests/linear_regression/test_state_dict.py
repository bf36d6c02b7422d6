"""Numbers put into a module, and copies of them that stay."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from lessons.linear_regression.prediction import LinearRegression, line
from lessons.linear_regression.state_dict import set_line, snapshot
from lessons.tensors.sharing import shares_memory

numbers = st.floats(-100, 100, width=32)


@given(weight=numbers, bias=numbers)
def test_the_layer_predicts_the_line_that_was_set(weight, bias):
    layer = nn.Linear(1, 1)
    set_line(layer, weight, bias)
    x = torch.tensor([[-1.0], [0.0], [2.5]])
    expected = line(x, torch.tensor(weight), torch.tensor(bias))
    torch.testing.assert_close(layer(x).detach(), expected, rtol=1e-5, atol=1e-4)


def test_setting_a_line_keeps_the_parameters_and_autograd():
    layer = nn.Linear(1, 1)
    before = list(layer.parameters())
    set_line(layer, 2.0, -1.0)
    after = list(layer.parameters())
    assert all(old is new for old, new in zip(before, after, strict=True))
    assert all(p.requires_grad and p.is_leaf for p in after)
    layer(torch.tensor([[5.0]])).backward()
    assert (layer.weight.grad.item(), layer.bias.grad.item()) == (5.0, 1.0)


@pytest.mark.parametrize("module", [LinearRegression(3, 2), nn.BatchNorm1d(4)])
def test_a_snapshot_has_all_names_and_values_and_no_shared_memory(module):
    kept, window = snapshot(module), module.state_dict()
    assert list(kept) == list(window)
    for name, value in window.items():
        assert torch.equal(kept[name], value)
        assert not kept[name].requires_grad
        assert not shares_memory(kept[name], value)


def test_a_snapshot_stays_when_the_module_changes():
    model = LinearRegression(1, 1)
    set_line(model.linear, 2.0, -1.0)
    window, kept = model.state_dict(), snapshot(model)
    set_line(model.linear, 100.0, 50.0)
    assert (window["linear.weight"].item(), window["linear.bias"].item()) == (100, 50)
    assert (kept["linear.weight"].item(), kept["linear.bias"].item()) == (2, -1)


def test_a_snapshot_brings_the_module_back():
    norm = nn.BatchNorm1d(2)
    x = torch.randn(8, 2)
    kept = snapshot(norm)
    before = norm.eval()(x)
    norm.train()(100 + x)
    assert not torch.equal(norm.eval()(x), before)
    norm.load_state_dict(kept)
    assert torch.equal(norm.eval()(x), before)


def test_a_snapshot_goes_through_a_file(tmp_path):
    model, other = LinearRegression(2, 3), LinearRegression(2, 3)
    torch.save(snapshot(model), tmp_path / "model.pt")
    other.load_state_dict(torch.load(tmp_path / "model.pt", weights_only=True))
    x = torch.randn(5, 2)
    assert torch.equal(other(x), model(x))
