"""The growth of beans against the curve that it scatters about."""

import math

import pytest
import torch

from lessons.networks.bent_lines import growth_readings


def test_growth_scatters_about_a_bell() -> None:
    temperature, growth = growth_readings(100_000, seed=3)
    assert (temperature.shape, temperature.dtype) == ((100_000, 1), torch.float32)
    assert (growth.shape, growth.dtype) == ((100_000, 1), torch.float32)
    assert temperature.min().item() == pytest.approx(5, abs=0.01)
    assert temperature.max().item() == pytest.approx(40, abs=0.01)
    for celsius in (10, 17, 25, 33, 39):
        near = (temperature - celsius).abs() < 0.25
        mean = 20 * math.exp(-(((celsius - 25) / 8) ** 2))
        assert growth[near].mean().item() == pytest.approx(mean, abs=0.15)
    best = (temperature - 25).abs() < 0.25
    assert growth[best].std().item() == pytest.approx(1, abs=0.1)


def test_the_seed_decides() -> None:
    assert torch.equal(growth_readings(seed=1)[1], growth_readings(seed=1)[1])
    assert not torch.equal(growth_readings(seed=1)[1], growth_readings(seed=2)[1])


def test_no_pot_is_too_few() -> None:
    with pytest.raises(ValueError, match="pots=0: at least one"):
        growth_readings(0)
