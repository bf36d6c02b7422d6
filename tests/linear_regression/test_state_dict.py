"""Copies of a module's numbers that stay, and a file that runs code."""

import pickle

import pytest
import torch
from torch import nn

from lessons.linear_regression.prediction import LinearRegression
from lessons.linear_regression.state_dict import Surprise, snapshot
from lessons.tensors.sharing import shares_memory


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
    values = {
        "linear.weight": torch.tensor([[2.0]]),
        "linear.bias": torch.tensor([-1.0]),
    }
    model.load_state_dict(values)
    window, kept = model.state_dict(), snapshot(model)
    model.load_state_dict({name: 50 * value for name, value in values.items()})
    assert (window["linear.weight"].item(), window["linear.bias"].item()) == (100, -50)
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


def test_a_surprise_prints_when_it_is_unpickled(tmp_path, capsys):
    file = tmp_path / "surprise.pt"
    torch.save(Surprise(), file)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(file, weights_only=True)
    assert capsys.readouterr().out == ""
    torch.load(file, weights_only=False)
    assert capsys.readouterr().out == "this code ran while the file was loaded\n"
    assert pickle.loads(pickle.dumps(Surprise())) is None
