"""Checkpoints: everything that a training run changes, in one file."""

import os
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.optim import SGD, Optimizer
from torch.optim.lr_scheduler import LRScheduler, StepLR
from torch.utils.data import DataLoader, Dataset

Sample = tuple[Tensor, Tensor]


class Shaken(Dataset[Sample]):
    """Readings whose loads are shaken a little whenever they are served.

    The random numbers come from PyTorch's own generator: the one of the process that
    fetches the sample, which is a worker's if there are workers.

    Attributes:
        x: Loads in newtons, shape (N, 1).
        y: Readings in millimetres, shape (N, 1).
    """

    def __init__(self, x: Tensor, y: Tensor) -> None:
        """Keep the readings."""
        self.x = x
        self.y = y

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> Sample:
        """Return a load plus Gaussian noise of 0.05 N, and its reading, both (1,)."""
        return self.x[index] + 0.05 * torch.randn(1), self.y[index]


class Run(NamedTuple):
    """The objects that change while a model is trained.

    Attributes:
        model: What is trained.
        optimizer: It holds the parameters of the model.
        scheduler: It changes the learning rate of the optimizer.
        generator: The random generator of the loader.
    """

    model: nn.Module
    optimizer: Optimizer
    scheduler: LRScheduler
    generator: torch.Generator


def begin(lr: float = 0.002, momentum: float = 0.9) -> Run:
    """Return a new run: a line at random, and a rate that is halved every two epochs.

    Args:
        lr: The first learning rate, in the units of the parameters squared per unit of
            the loss.
        momentum: The share of the last step that is added to the next, from 0 to 1.
    """
    model = nn.Linear(1, 1)
    optimizer = SGD(model.parameters(), lr=lr, momentum=momentum)
    scheduler = StepLR(optimizer, step_size=2, gamma=0.5)
    return Run(model, optimizer, scheduler, torch.Generator().manual_seed(0))


def train_on(
    run: Run,
    data: Dataset[Sample],
    epochs: int,
    workers: int = 0,
    persistent: bool = False,
) -> Tensor:
    """Train for some epochs and return all parameters after each step.

    Args:
        run: Its objects are changed.
        data: Samples of an input and a target, as float tensors.
        epochs: How many epochs to add, at least one.
        workers: How many processes fetch the samples.
        persistent: Whether these processes live on from epoch to epoch.

    Returns:
        Shape `(steps, P)`, a row for each batch of up to 100 samples: the P numbers of
        the model in the order of its parameters.
    """
    loader = DataLoader(
        data,
        batch_size=100,
        shuffle=True,
        generator=run.generator,
        num_workers=workers,
        persistent_workers=persistent,
    )
    path = []
    for _ in range(epochs):
        for x, y in loader:
            loss = nn.functional.mse_loss(run.model(x), y)
            run.optimizer.zero_grad()
            loss.backward()
            run.optimizer.step()
            path.append(nn.utils.parameters_to_vector(run.model.parameters()).detach())
        run.scheduler.step()
    return torch.stack(path)


def save_checkpoint(path: str | Path, run: Run, progress: dict[str, float]) -> None:
    """Write a run into a file, whole or not at all.

    The file is written under another name, `path` with `.part` at its end, and renamed
    when it is complete. If writing fails, an older file at `path` stays as it was.

    Args:
        path: Where to write; the folder has to exist.
        run: The objects whose states are written; they are not changed.
        progress: Plain numbers by name, such as the epochs that are done.
    """
    checkpoint = {
        "progress": progress,
        "model": run.model.state_dict(),
        "optimizer": run.optimizer.state_dict(),
        "optimizer_kind": type(run.optimizer).__name__,
        "scheduler": run.scheduler.state_dict(),
        "loader_random": run.generator.get_state(),
        "torch_random": torch.get_rng_state(),
    }
    unfinished = Path(f"{path}.part")
    with unfinished.open("wb") as file:
        torch.save(checkpoint, file)
        file.flush()
        os.fsync(file.fileno())  # on the disk, not only on its way there
    unfinished.replace(path)


def load_checkpoint(path: str | Path, run: Run) -> dict[str, float]:
    """Bring a run to the state in which it was saved, and return its progress.

    Nothing in the file is executed. PyTorch's own random generator is set as well, so
    draw nothing between this call and the training. After an error, the objects of the
    run may be loaded in part: make new ones.

    Args:
        path: A file of `save_checkpoint`.
        run: Objects made in the same way as those that were saved; they are changed.

    Returns:
        The progress that was saved.

    Raises:
        ValueError: If the file holds the state of another kind of optimizer, or of one
            with other parameter groups.
        RuntimeError: If the names or shapes of the model are different.
    """
    checkpoint = torch.load(path, weights_only=True, map_location="cpu")
    saved, given = checkpoint["optimizer_kind"], type(run.optimizer).__name__
    if saved != given:
        raise ValueError(f"{path} was saved with {saved}, and this run uses {given}")
    run.model.load_state_dict(checkpoint["model"])
    run.optimizer.load_state_dict(checkpoint["optimizer"])
    run.scheduler.load_state_dict(checkpoint["scheduler"])
    run.generator.set_state(checkpoint["loader_random"])
    torch.set_rng_state(checkpoint["torch_random"])
    progress: dict[str, float] = checkpoint["progress"]
    return progress
