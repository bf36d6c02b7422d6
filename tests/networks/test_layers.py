"""The trials with beans against the probabilities that they are drawn from."""

import numpy as np
import pytest
import torch
from scipy.special import expit

from lessons.networks.layers import sprouting_trials


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
