import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lessons.tensors.functions import daily_temperature

times = arrays(
    np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(0, 240)
)


@given(times)
def test_the_wave_is_that_of_the_formula_at_each_time(hours):
    found = daily_temperature(torch.from_numpy(hours))
    assert tuple(found.shape) == hours.shape
    for time, degrees in zip(hours.flat, found.flatten().tolist(), strict=True):
        wave = math.sin(math.pi / 12 * (time - 9))
        assert degrees == pytest.approx(12 + 5 * wave, abs=1e-9)


@pytest.mark.parametrize(("hour", "degrees"), [(3, 7), (9, 12), (15, 17), (21, 12)])
def test_it_is_coldest_at_3_and_warmest_at_15(hour, degrees):
    for later in (0, 24, 240):
        found = daily_temperature(torch.tensor(hour + later))
        assert found.item() == pytest.approx(degrees, abs=1e-4)


def test_a_day_has_the_mean_of_12_degrees_and_an_even_swing():
    day = daily_temperature(torch.arange(0, 24, 0.25, dtype=torch.float64))
    assert day.mean().item() == pytest.approx(12)
    assert day.std(correction=0).item() == pytest.approx(5 / math.sqrt(2))


def test_whole_hours_become_floats():
    assert daily_temperature(torch.arange(24)).dtype == torch.float32
