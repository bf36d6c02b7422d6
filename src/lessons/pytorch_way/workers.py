"""Workers: processes that fetch the data while the model learns."""

import time
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import Dataset, IterableDataset, get_worker_info


class SlowReadings(Dataset[tuple[Tensor, Tensor]]):
    """A dataset whose samples are a load and the number of the worker that fetched it.

    It sleeps before each sample, as a program does that waits for a disk.

    Attributes:
        loads: Loads in newtons, shape (N, 1).
        seconds: How long one sample takes.
        reads: How many samples have been fetched from this object.
    """

    def __init__(self, loads: Tensor, seconds: float) -> None:
        """Keep the loads, and how long each of them takes."""
        self.loads = loads
        self.seconds = seconds
        self.reads = 0

    def __len__(self) -> int:
        return len(self.loads)

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        """Return a load, shape (1,), and the worker's number, or -1 without workers."""
        time.sleep(self.seconds)
        self.reads += 1
        worker = get_worker_info()
        return self.loads[index], torch.tensor(-1 if worker is None else worker.id)


def timetable(batches: int, fetch: float, step: float, workers: int) -> Tensor:
    """Return when each batch is fetched and used, if nothing else takes any time.

    Worker number k fetches the batches k, k + workers, and so on. Like a DataLoader,
    each is at most two batches ahead of those that have been taken. Without workers,
    fetching and steps take turns.

    Args:
        batches: How many batches an epoch has.
        fetch: The seconds that one process needs to fetch a batch.
        step: The seconds that the model needs to learn from it.
        workers: How many processes fetch; 0 for none but the main one.

    Returns:
        Float64 `(batches, 4)`, in seconds: begin and end of fetching, begin and end of
        the step.
    """
    rows: list[tuple[float, float, float, float]] = []
    for i in range(batches):
        learned = rows[i - 1][3] if i > 0 else 0.0
        if workers == 0:
            begin = learned
        else:
            free = rows[i - workers][1] if i >= workers else 0.0
            taken = rows[i - 2 * workers][2] if i >= 2 * workers else 0.0
            begin = max(free, taken)
        ready = begin + fetch
        start = max(ready, learned)
        rows.append((begin, ready, start, start + step))
    return torch.tensor(rows, dtype=torch.float64)


class Jittered(Dataset[Tensor]):
    """A dataset that adds a new random number to a load whenever it is fetched.

    Attributes:
        loads: Loads in newtons, shape (N, 1).
        rng: A generator of NumPy, or None for NumPy's global one.
    """

    def __init__(self, loads: Tensor, rng: np.random.Generator | None = None) -> None:
        """Keep the loads, and where the random numbers come from."""
        self.loads = loads
        self.rng = rng

    def __len__(self) -> int:
        return len(self.loads)

    def __getitem__(self, index: int) -> Tensor:
        """Return a load plus a Gaussian number of standard deviation 1, shape (1,)."""
        jitter = np.random.normal() if self.rng is None else self.rng.normal()
        return self.loads[index] + jitter


def reseed(worker_id: int) -> None:
    """Give the dataset of this worker a random generator of its own.

    It is meant as the `worker_init_fn` of a DataLoader over `Jittered`.

    Args:
        worker_id: The number of the worker; its seed already depends on it.
    """
    worker = get_worker_info()
    if worker is not None and isinstance(worker.dataset, Jittered):
        worker.dataset.rng = np.random.default_rng(worker.seed)


def padded(samples: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Return samples of different lengths as one table, with zeros at the ends.

    Args:
        samples: At least one tensor, each of a shape `(L,)`; L may differ.

    Returns:
        The table, `(B, longest L)`, and the lengths, int64 `(B,)`.
    """
    lengths = torch.tensor([len(sample) for sample in samples])
    table = nn.utils.rnn.pad_sequence(list(samples), batch_first=True)
    return table, lengths


class LineStream(IterableDataset[str]):
    """A stream of text lines, which can only be read from the beginning to the end.

    Attributes:
        lines: The lines.
        shared: Whether workers share the lines, or each reads all of them.
    """

    def __init__(self, lines: Sequence[str], shared: bool) -> None:
        """Keep the lines, and whether workers share them."""
        self.lines = lines
        self.shared = shared

    def __iter__(self) -> Iterator[str]:
        """Return the lines, or this worker's share of them."""
        worker = get_worker_info()
        if worker is None or not self.shared:
            return iter(self.lines)
        return islice(self.lines, worker.id, None, worker.num_workers)
