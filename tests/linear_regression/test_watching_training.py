import math
import threading

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes
from sklearn.preprocessing import PolynomialFeatures
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import Tensor, nn
from torch.optim import SGD
from torch.utils.data import TensorDataset, random_split

from lessons.linear_regression.good_practice import zero_model
from lessons.linear_regression.learning_rates import train
from lessons.linear_regression.watching_training import (
    EarlyStopping,
    cost_of,
    fit,
    log_curves,
    prepare,
    split_rows,
    train_epoch,
    with_products,
)

measured = load_diabetes(scaled=False)
X = torch.tensor(measured.data, dtype=torch.float32)
Y = torch.tensor(measured.target, dtype=torch.float32).view(-1, 1)

losses = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12)


def feed(sequence: list[float], patience: int) -> tuple[int, EarlyStopping]:
    """Return the index at which the run ends; the model's weight is the index."""
    model, stopping = zero_model(1), EarlyStopping(patience)
    for step, loss in enumerate(sequence):
        nn.init.constant_(model.weight, step)
        if stopping.should_stop(loss, model):
            return step, stopping
    return len(sequence) - 1, stopping


@pytest.mark.parametrize("seed", [0, 3])
def test_split_takes_the_rows_of_random_split(seed):
    generator = torch.Generator().manual_seed(seed)
    subsets = random_split(TensorDataset(X, Y), [100, 100, 242], generator=generator)
    rows = split_rows(442, [100, 100, 242], seed)
    assert [part.tolist() for part in rows] == [list(s.indices) for s in subsets]
    assert sorted(torch.cat(rows).tolist()) == list(range(442))


def test_split_refuses_sizes_that_lose_rows():
    with pytest.raises(ValueError, match=r"\[3, 3\] add up to 6, not to 7"):
        split_rows(7, [3, 3], seed=0)


def test_products_are_those_of_scikit_learn():
    expand = PolynomialFeatures(2, interaction_only=True, include_bias=False)
    expected = expand.fit_transform(X[:20].double().numpy())
    np.testing.assert_allclose(with_products(X[:20].double()), expected)


def test_prepare_scales_by_the_training_part_alone():
    rows = split_rows(442, [100, 100, 242], seed=0)
    parts = prepare(X, Y, rows)
    x, y = parts[0]
    assert [tuple(part[0].shape) for part in parts] == [(100, 55), (100, 55), (242, 55)]
    for column in (x, y):
        zeros, ones = torch.zeros(column.shape[1]), torch.ones(column.shape[1])
        torch.testing.assert_close(column.mean(dim=0), zeros, atol=1e-5, rtol=0)
        torch.testing.assert_close(column.std(dim=0, correction=0), ones)
    changed = X.clone()
    changed[rows[1]] += 1000
    torch.testing.assert_close(prepare(changed, Y, rows)[0][0], x)


def test_one_batch_of_all_rows_is_a_step_of_gradient_descent():
    x, y = torch.randn(20, 3), torch.randn(20, 1)
    whole, batch = zero_model(3), zero_model(3)
    train(whole, SGD(whole.parameters(), lr=0.1), x, y, epochs=1)
    train_epoch(batch, SGD(batch.parameters(), lr=0.1), x, y, batch_size=20)
    torch.testing.assert_close(whole.weight, batch.weight)


def test_an_epoch_sees_every_row_once():
    seen = []

    class Recorder(nn.Linear):
        def forward(self, rows: Tensor) -> Tensor:
            seen.append(rows.flatten().tolist())
            return super().forward(rows)

    model = Recorder(1, 1)
    x = torch.arange(7.0).view(-1, 1)
    train_epoch(model, SGD(model.parameters(), lr=0.01), x, x, batch_size=3)
    assert [len(batch) for batch in seen] == [3, 3, 1]
    assert sorted(value for batch in seen for value in batch) == list(range(7))


def test_cost_is_the_mean_squared_error_and_leaves_no_gradient():
    model = nn.Linear(3, 1)
    x, y = torch.randn(9, 3), torch.randn(9, 1)
    expected = nn.functional.mse_loss(model(x), y).item()
    assert cost_of(model, x, y) == pytest.approx(expected)
    assert model.weight.grad is None


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


def test_fit_returns_to_the_lowest_validation_cost():
    parts = prepare(X, Y, split_rows(442, [100, 100, 242], seed=0))
    model, stopping = zero_model(55), EarlyStopping(patience=10)
    optimizer = SGD(model.parameters(), lr=0.02)
    training, validation = fit(model, optimizer, parts, 100, stopping)
    assert validation[-11] == min(validation) == stopping.best_loss
    assert cost_of(model, *parts[1]) == pytest.approx(min(validation))
    assert training == sorted(training, reverse=True)


def test_the_log_holds_the_curves_and_its_writer_thread_ends(tmp_path):
    before = threading.active_count()
    curves = {"loss/training": [1.0, 0.5, 0.25], "loss/validation": [1.5, math.nan]}
    log_curves(tmp_path / "run", curves)
    assert threading.active_count() == before
    assert len(list((tmp_path / "run").glob("events.out.tfevents.*"))) == 1
    accumulator = EventAccumulator(str(tmp_path / "run"))
    accumulator.Reload()
    assert sorted(accumulator.Tags()["scalars"]) == sorted(curves)
    for tag, values in curves.items():
        events = accumulator.Scalars(tag)
        assert [event.step for event in events] == list(range(len(values)))
        assert [e.value for e in events] == pytest.approx(values, nan_ok=True)
