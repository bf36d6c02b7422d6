"""Counts, measures and curves against scikit-learn."""

import math

import numpy as np
import pytest
import torch
from sklearn import metrics

from lessons.networks.judging import measures, outcomes, sweep, train_logit
from lessons.networks.layers import sprouting_trials


@pytest.mark.parametrize("seed", range(3))
def test_outcomes_and_measures_are_those_of_scikit_learn(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    kind, decided = torch.randint(3, (2, 60), generator=generator)
    for positive in range(3):
        table = outcomes(kind, decided, positive)
        true, said = (kind == positive).numpy(), (decided == positive).numpy()
        wanted = metrics.confusion_matrix(true, said, labels=[True, False])
        assert table.dtype == torch.int64
        assert table.tolist() == wanted.tolist()
        found = measures(table)
        assert list(found) == ["accuracy", "precision", "recall", "F1"]
        functions = (
            metrics.accuracy_score,
            metrics.precision_score,
            metrics.recall_score,
            metrics.f1_score,
        )
        numbers = [function(true, said) for function in functions]
        assert list(found.values()) == pytest.approx(numbers)


def test_the_slide_of_the_seminar() -> None:
    gulls = measures(torch.tensor([[6, 4], [0, 10]]))
    assert list(gulls.values()) == pytest.approx([0.8, 1.0, 0.6, 0.75])


def test_what_cannot_be_divided_is_nan() -> None:
    kind = torch.tensor([0, 1, 0])
    found = measures(outcomes(kind, torch.zeros(3, dtype=torch.int64)))
    assert math.isnan(found["precision"])
    assert (found["recall"], found["F1"]) == (0, 0)


def test_a_column_of_decisions_is_refused() -> None:
    kind = torch.tensor([0, 1])
    with pytest.raises(ValueError, match=r"shapes \(2,\) and \(2, 1\), wanted"):
        outcomes(kind, kind[:, None])


@pytest.mark.parametrize("levels", [3, 20, 10**6])
def test_the_sweep_gives_the_curves_of_scikit_learn(levels: int) -> None:
    generator = torch.Generator().manual_seed(levels)
    z = torch.randint(levels, (200,), generator=generator).double()
    kind = (z + levels * torch.rand(200, generator=generator) > levels).long()
    true, false = sweep(z, kind)
    area = torch.trapezoid(true / true[-1], false / false[-1]).item()
    assert area == pytest.approx(metrics.roc_auc_score(kind, z), abs=1e-6)
    fpr, tpr, _ = metrics.roc_curve(kind, z, drop_intermediate=False)
    np.testing.assert_allclose((true / true[-1]).numpy(), tpr, atol=1e-6)
    np.testing.assert_allclose((false / false[-1]).numpy(), fpr, atol=1e-6)
    precision, _, _ = metrics.precision_recall_curve(kind, z)
    ours = (true / (true + false))[1:]
    np.testing.assert_allclose(ours.numpy(), precision[:-1][::-1], atol=1e-6)


def test_ties_are_one_step() -> None:
    z = torch.tensor([1.0, 2.0, 1.0, 0.5])
    true, false = sweep(z, torch.tensor([1, 1, 0, 0]))
    assert (true.tolist(), false.tolist()) == ([0, 1, 2, 2], [0, 0, 1, 2])


def test_a_trained_network_is_near_the_best_that_is_possible() -> None:
    x, y = sprouting_trials()
    new_x, new_y = sprouting_trials(5000, seed=1)
    mean, std = x.mean(dim=0).double(), x.std(dim=0).double()
    model = train_logit((x - mean) / std, y)
    with torch.no_grad():
        z = model((new_x - mean) / std)
    assert (z.shape, z.dtype) == ((5000, 1), torch.float64)
    assert ((z.flatten() > 0) == new_y).double().mean() > 0.925


def test_the_same_seed_trains_the_same_network() -> None:
    x = torch.linspace(-2, 2, 20, dtype=torch.float64).unsqueeze(dim=1)
    y = (x.flatten().abs() < 1).long()
    first, again, other = (train_logit(x, y, 3, 5, seed) for seed in (1, 1, 2))
    assert torch.equal(first(x), again(x))
    assert not torch.equal(first(x), other(x))
