"""Networks as classes: against the same layers in a row, and what is registered."""

from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import torch
from torch import nn

from lessons.networks.modules import MLP, DeepMLP, InUnits, draw_boxes, fit


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 5, 3)])
def test_the_network_equals_its_layers_in_a_row(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    model = MLP(3, 7, 2)
    row = nn.Sequential(model.hidden, nn.ReLU(), model.output)
    x = torch.randn(shape)
    torch.testing.assert_close(model(x), row(x))
    assert model(x).shape == (*shape[:-1], 2)


def test_it_counts_its_parameters() -> None:
    counts = [p.numel() for p in MLP(64, 100, 10).parameters()]
    assert counts == [6400, 100, 1000, 10]


def test_an_output_may_be_negative() -> None:
    torch.manual_seed(0)
    assert (MLP(1, 20, 1)(torch.linspace(-9, 9, 100).unsqueeze(1)) < 0).any()


def test_a_deep_network_equals_its_layers_in_a_row() -> None:
    torch.manual_seed(0)
    model = DeepMLP(3, [7, 5], 2)
    first, second = model.hidden
    row = nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), model.output)
    x = torch.randn(6, 3)
    torch.testing.assert_close(model(x), row(x))
    shapes = [tuple(p.shape) for p in model.parameters()]
    assert shapes == [(7, 3), (7,), (5, 7), (5,), (2, 5), (2,)]


def test_layers_in_a_list_work_but_are_not_registered() -> None:
    torch.manual_seed(0)
    hidden_away = DeepMLP(3, [7, 5], 2, container=list)
    torch.manual_seed(0)
    registered = DeepMLP(3, [7, 5], 2)
    x = torch.randn(6, 3)
    torch.testing.assert_close(hidden_away(x), registered(x))
    assert list(hidden_away.state_dict()) == ["output.weight", "output.bias"]


def test_a_deep_network_has_a_hidden_layer() -> None:
    with pytest.raises(ValueError, match="at least one hidden layer"):
        DeepMLP(1, [], 1)


def test_units_are_scaled_there_and_back() -> None:
    torch.manual_seed(0)
    x = torch.tensor([20.0, 300.0]) + torch.tensor([5.0, 60.0]) * torch.randn(50, 2)
    y = x @ torch.tensor([[2.0], [-0.1]]) + 7
    model = InUnits(nn.Linear(2, 1), 2, 1)
    torch.testing.assert_close(model(x), model.network(x))
    model.measure(x, y)
    scaled = (x - x.mean(0)) / x.std(0)
    raw = model.network(scaled)
    torch.testing.assert_close((model(x) - y.mean(0)) / y.std(0), raw)


def test_the_scales_are_saved_and_not_trained(tmp_path: Path) -> None:
    torch.manual_seed(0)
    x, y = torch.randn(9, 1) + 30, torch.randn(9, 1) - 4
    model = InUnits(MLP(1, 4, 1), 1, 1)
    model.measure(x, y)
    assert len(list(model.parameters())) == 4
    assert [name for name, _ in model.named_buffers()] == [
        "x_mean",
        "x_std",
        "y_mean",
        "y_std",
    ]
    torch.save(model.state_dict(), tmp_path / "beans.pt")
    other = InUnits(MLP(1, 4, 1), 1, 1)
    other.load_state_dict(torch.load(tmp_path / "beans.pt", weights_only=True))
    assert torch.equal(other(x), model(x))
    assert model.double().x_mean.dtype == torch.float64


def test_the_boxes_show_what_is_registered() -> None:
    fig, (seen, unseen) = plt.subplots(1, 2)
    draw_boxes(seen, InUnits(DeepMLP(1, [3, 2], 1), 1, 1), "beans")
    draw_boxes(unseen, DeepMLP(1, [3, 2], 1, container=list))
    texts = [text.get_text().strip() for text in seen.texts]
    assert texts[0] == "beans: InUnits"
    assert {"x_mean (1,)", "weight (2, 3)"} <= set(texts)
    assert len(seen.patches) == 6
    assert all(patch.get_height() > 0 for patch in seen.patches)
    assert [text.get_text().strip() for text in unseen.texts] == [
        "model: DeepMLP",
        "output: Linear",
        "weight (1, 2)",
        "bias (1,)",
    ]
    plt.close(fig)


def test_a_line_is_fitted_like_least_squares() -> None:
    torch.manual_seed(0)
    x = torch.randn(40, 2)
    y = x @ torch.tensor([[1.0], [-2.0]]) + 0.5 + 0.3 * torch.randn(40, 1)
    loss = fit(nn.Linear(2, 1), x, y, steps=800)
    table = torch.cat([x, torch.ones(40, 1)], dim=1)
    best = table @ torch.linalg.lstsq(table, y).solution
    assert loss == pytest.approx(nn.functional.mse_loss(best, y).item(), rel=1e-4)


def test_steps_and_rate_are_used() -> None:
    x, y = torch.ones(1, 1), torch.full((1, 1), 100.0)
    model = nn.Linear(1, 1, bias=False)
    before = model.weight.item()
    fit(model, x, y, steps=3, learning_rate=0.5)
    assert model.weight.item() == pytest.approx(before + 1.5, abs=0.01)
