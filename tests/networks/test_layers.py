"""Beans against their probabilities, layers as matrices against those of torch."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from scipy.special import expit
from torch import nn

from lessons.networks.layers import (
    collapse,
    parameter_count,
    sprouting_trials,
    two_layers,
)


def test_beans_sprout_with_their_probability() -> None:
    x, sprouted = sprouting_trials(400_000, seed=3)
    assert (x.shape, x.dtype) == ((400_000, 2), torch.float32)
    assert (sprouted.shape, sprouted.dtype) == ((400_000,), torch.int64)
    assert set(sprouted.tolist()) == {0, 1}
    assert x.amin(dim=0).tolist() == pytest.approx([5, 0], abs=0.01)
    assert x.amax(dim=0).tolist() == pytest.approx([45, 60], abs=0.01)
    celsius, water = x.double().numpy().T
    truth = expit(
        6 * (1 - np.square((celsius - 25) / 11) - np.square((water - 30) / 16))
    )
    for low, high in ((0, 0.05), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.95, 1)):
        group = (truth >= low) & (truth < high)
        share = sprouted.numpy()[group].mean()
        assert share == pytest.approx(truth[group].mean(), abs=0.02)
    assert np.maximum(truth, 1 - truth).mean() == pytest.approx(0.947, abs=0.0005)


def test_the_seed_decides() -> None:
    assert torch.equal(sprouting_trials(seed=1)[0], sprouting_trials(seed=1)[0])
    assert not torch.equal(sprouting_trials(seed=1)[0], sprouting_trials(seed=2)[0])


def test_no_trial_is_too_few() -> None:
    with pytest.raises(ValueError, match="trials=0: at least one"):
        sprouting_trials(0)


@pytest.mark.parametrize(("inputs", "hidden", "outputs"), [(2, 3, 1), (4, 1, 5)])
def test_two_layers_are_those_of_torch(inputs: int, hidden: int, outputs: int) -> None:
    torch.manual_seed(0)
    first, second = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
    x = 3 * torch.randn(7, inputs)
    torch.testing.assert_close(
        two_layers(x, first.weight.T, first.bias, second.weight.T, second.bias),
        nn.Sequential(first, nn.ReLU(), second)(x),
    )


def test_layers_without_a_bend_collapse() -> None:
    torch.manual_seed(0)
    row = nn.Sequential(*(nn.Linear(a, b) for a, b in ((3, 5), (5, 2), (2, 4))))
    row.double()
    x = torch.randn(7, 3, dtype=torch.float64)
    weight, bias = collapse([(layer.weight.T, layer.bias) for layer in row])
    assert (weight.shape, bias.shape) == ((3, 4), (4,))
    torch.testing.assert_close(x @ weight + bias, row(x))
    alone = collapse([(row[0].weight.T, row[0].bias)])
    torch.testing.assert_close(x @ alone[0] + alone[1], row[0](x))


@pytest.mark.parametrize("widths", [(2, 1), (2, 3, 1), (64, 128, 32, 10)])
def test_parameters_are_counted_as_torch_does(widths: tuple[int, ...]) -> None:
    row = nn.Sequential(*(nn.Linear(a, b) for a, b in pairwise(widths)))
    assert parameter_count(*widths) == sum(p.numel() for p in row.parameters())
