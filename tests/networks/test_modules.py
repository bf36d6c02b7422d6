"""The network as a class against the same layers in a row."""

import pytest
import torch
from torch import nn

from lessons.networks.modules import MLP


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
