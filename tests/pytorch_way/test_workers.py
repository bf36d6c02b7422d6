import itertools
import time
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DataLoader

from lessons.pytorch_way.workers import (
    Jittered,
    LineStream,
    SlowReadings,
    padded,
    reseed,
    timetable,
)

LOADS = torch.arange(8.0).reshape(8, 1)


def test_two_workers_take_turns_and_serve_in_order() -> None:
    dataset = SlowReadings(LOADS, seconds=0)
    served = list(DataLoader(dataset, batch_size=2, num_workers=2))
    torch.testing.assert_close(torch.cat([loads for loads, _ in served]), LOADS)
    assert [worker.tolist() for _, worker in served] == [[0, 0], [1, 1]] * 2
    assert dataset.reads == 0


def test_without_workers_the_dataset_itself_is_read() -> None:
    dataset = SlowReadings(LOADS, seconds=0.002)
    started = time.monotonic()
    served = list(DataLoader(dataset, batch_size=4))
    assert time.monotonic() - started >= 0.016
    assert {int(worker) for _, workers in served for worker in workers} == {-1}
    assert dataset.reads == len(dataset) == 8


@given(
    batches=st.integers(1, 30),
    fetch=st.floats(0.01, 5),
    step=st.floats(0.01, 5),
    workers=st.integers(0, 6),
)
def test_the_timetable_is_possible(
    batches: int, fetch: float, step: float, workers: int
) -> None:
    table = timetable(batches, fetch, step, workers)
    begin, ready, start, end = table.T
    assert table.shape == (batches, 4)
    assert table.dtype == torch.float64
    torch.testing.assert_close(ready - begin, torch.full_like(begin, fetch))
    torch.testing.assert_close(end - start, torch.full_like(begin, step))
    assert (start >= ready).all()
    assert (start[1:] >= end[:-1]).all()
    for lane in range(workers):
        assert (begin[lane::workers][1:] >= ready[lane::workers][:-1]).all()
    if workers == 0:
        expected = batches * (fetch + step)
        assert end[-1].item() == pytest.approx(expected)
    else:
        slower = max(fetch / workers, step)
        assert end[-1].item() >= fetch + step + (batches - workers) * slower - 1e-9
        assert end[-1].item() <= fetch + batches * max(fetch, step) + 1e-9


def test_enough_workers_hide_the_fetching() -> None:
    assert timetable(10, 0.08, 0.04, 0)[-1, 3].item() == pytest.approx(1.2)
    for workers in (2, 3, 4):
        end = timetable(10, 0.08, 0.04, workers)[-1, 3].item()
        assert end == pytest.approx(0.08 + 10 * 0.04)
    assert timetable(10, 0.08, 0.04, 1)[-1, 3].item() == pytest.approx(0.84)


def jitters(
    rng: np.random.Generator | None, prepare: Callable[[int], None] | None = None
) -> list[list[float]]:
    loader = DataLoader(
        Jittered(torch.zeros(8, 1), rng),
        batch_size=2,
        num_workers=2,
        worker_init_fn=prepare,
        generator=torch.Generator().manual_seed(0),
    )
    return [torch.cat(list(loader)).flatten().tolist() for _ in range(2)]


def test_a_generator_in_the_dataset_is_copied() -> None:
    first, second = jitters(np.random.default_rng(0))
    assert first[:2] == first[2:4]
    assert first[4:6] == first[6:]
    assert first == second
    expected = np.random.default_rng(0).normal(size=4)
    np.testing.assert_allclose(first[:2] + first[4:6], expected, rtol=1e-6)


@pytest.mark.parametrize("rng", [None, np.random.default_rng(0)])
def test_reseeded_workers_and_the_global_generator_differ(
    rng: np.random.Generator | None,
) -> None:
    prepare = None if rng is None else reseed
    runs = jitters(rng, prepare)
    assert len(set(itertools.chain(*runs))) == 16
    assert jitters(rng, prepare) == runs


@given(lengths=st.lists(st.integers(0, 6), min_size=1, max_size=5))
def test_padded_keeps_every_sample(lengths: list[int]) -> None:
    samples = [torch.rand(length) + 1 for length in lengths]
    table, found = padded(samples)
    assert found.tolist() == lengths
    assert found.dtype == torch.int64
    assert table.shape == (len(lengths), max(lengths))
    for row, sample in zip(table, samples, strict=True):
        assert torch.equal(row[: len(sample)], sample)
        assert not row[len(sample) :].any()


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_a_shared_stream_is_read_once(workers: int) -> None:
    lines = [f"{number}" for number in range(7)]
    for shared in (True, False):
        loader = DataLoader(LineStream(lines, shared), None, num_workers=workers)
        times = 1 if shared else max(workers, 1)
        assert sorted(loader) == sorted(lines * times)
