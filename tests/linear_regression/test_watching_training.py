import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.optim import SGD

from lessons.linear_regression.good_practice import zero_model
from lessons.linear_regression.learning_rates import train
from lessons.linear_regression.watching_training import (
    EarlyStopping,
    fit,
    prepare,
)

measured = load_diabetes(scaled=False)
X = torch.tensor(measured.data, dtype=torch.float32)
Y = torch.tensor(measured.target, dtype=torch.float32).reshape(-1, 1)
ROWS = torch.randperm(442, generator=torch.Generator().manual_seed(0)).split(
    [100, 100, 242]
)

losses = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def feed(sequence: list[float], patience: int) -> tuple[int, EarlyStopping]:
    """Return the index at which the run ends; the model's weight is the index."""
    model, stopping = zero_model(1), EarlyStopping(patience)
    for step, loss in enumerate(sequence):
        nn.init.constant_(model.weight, step)
        if stopping.should_stop(loss, model):
            return step, stopping
    return len(sequence) - 1, stopping


def test_prepare_scales_as_scikit_learn_does_by_the_training_part_alone():
    parts = prepare(X.double(), Y.double(), ROWS)
    inputs, targets = StandardScaler(), StandardScaler()
    inputs.fit(X[ROWS[0]].double())
    targets.fit(Y[ROWS[0]].double())
    assert len(parts) == 3
    for (x, y), rows in zip(parts, ROWS, strict=True):
        expected = inputs.transform(X[rows].double()), targets.transform(Y[rows])
        np.testing.assert_allclose(x, expected[0])
        np.testing.assert_allclose(y, expected[1], atol=1e-6)


def test_prepare_refuses_a_gap_in_the_training_part():
    broken = X.clone()
    broken[ROWS[0][3], 2] = math.nan
    with pytest.raises(ValueError, match="nan or infinite"):
        prepare(broken, Y, ROWS)


def stop_step(losses: list[float], patience: int) -> int:
    """The first step that is `patience` steps behind the lowest loss so far."""
    for step in range(len(losses)):
        seen = losses[: step + 1]
        if step - seen.index(min(seen)) == patience:
            return step
    return len(losses) - 1


def test_early_stopping_ends_a_known_sequence_and_keeps_the_best_state():
    step, stopping = feed([5.0, 4.0, 4.5, 3.0, 3.5, 3.2, 1.0], patience=2)
    assert step == 5
    assert stopping.best_loss == 3.0
    assert stopping.best_state["weight"].item() == 3


def test_an_equal_loss_is_no_improvement():
    assert feed([2.0, 2.0, 2.0], patience=2)[0] == 2


@given(sequence=losses, patience=st.integers(1, 4))
def test_early_stopping_ends_where_the_patience_of_the_losses_does(sequence, patience):
    step, stopping = feed(sequence, patience)
    assert step == stop_step(sequence, patience)
    seen = sequence[: step + 1]
    assert stopping.best_loss == min(seen)
    assert stopping.best_state["weight"].item() == seen.index(min(seen))


def test_early_stopping_refuses_nan_and_no_patience():
    with pytest.raises(ValueError, match="validation loss is nan"):
        EarlyStopping(3).should_stop(math.nan, zero_model(1))
    with pytest.raises(ValueError, match="patience must be at least 1, got 0"):
        EarlyStopping(0)


def test_fit_without_stopping_is_plain_training():
    training, validation, _ = prepare(X, Y, ROWS)
    plain, watched = zero_model(10), zero_model(10)
    expected = train(plain, SGD(plain.parameters(), lr=0.1), *training, epochs=20)
    found = fit(watched, SGD(watched.parameters(), lr=0.1), training, validation, 20)
    assert found["training"] == expected
    torch.testing.assert_close(watched.weight, plain.weight)
    assert found["validation"][0] == pytest.approx(validation[1].square().mean().item())


def test_fit_returns_to_the_lowest_validation_loss():
    scaled = prepare(X, Y, [torch.arange(442)])[0][0]
    products = scaled[:, torch.combinations(torch.arange(10))].prod(dim=2)
    wide = torch.cat([scaled, products], dim=1)
    training, validation, _ = prepare(wide, Y, ROWS)
    model, stopping = zero_model(55), EarlyStopping(patience=10)
    optimizer = SGD(model.parameters(), lr=0.02)
    losses = fit(model, optimizer, training, validation, 500, stopping=stopping)
    assert len(losses["training"]) == len(losses["validation"]) < 500
    lowest = min(losses["validation"])
    assert losses["validation"][-11] == lowest == stopping.best_loss
    kept = nn.functional.mse_loss(model(validation[0]), validation[1]).item()
    assert kept == pytest.approx(lowest)
    assert losses["training"] == sorted(losses["training"], reverse=True)


def test_fit_leaves_no_gradient_of_the_validation_loss():
    training, validation, _ = prepare(X, Y, ROWS)
    model = zero_model(10)
    fit(model, SGD(model.parameters(), lr=0.1), training, validation, 1)
    gradient = model.weight.grad
    expected = -2 * (training[0] * training[1]).mean(dim=0)
    assert gradient is not None
    torch.testing.assert_close(gradient[0], expected)
