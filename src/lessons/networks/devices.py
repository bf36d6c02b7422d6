"""Devices: the same loop on a GPU, how to time it, and numbers of half the bits."""

import time
from collections.abc import Sequence

import torch
from torch import Tensor, nn, optim

from lessons.networks.modules import MLP


def order_times(send: float, work: Sequence[float]) -> Tensor:
    """Return when a CPU sends each order to a device, and when the device works on it.

    The CPU sends one order after the other and waits for none. The device works on an
    order as soon as it has arrived and the order before is done.

    Args:
        send: The microseconds that it takes to send one order.
        work: The microseconds that the device works on each order, at least one order.

    Returns:
        Float64 `(orders, 4)`, in microseconds: begin and end of sending, begin and end
        of the work.
    """
    rows: list[tuple[float, float, float, float]] = []
    done = 0.0
    for number, duration in enumerate(work):
        sent = (number + 1) * send
        start = max(sent, done)
        done = start + duration
        rows.append((number * send, sent, start, done))
    return torch.tensor(rows, dtype=torch.float64)


def best_device() -> torch.device:
    """Return the accelerator of this computer, or the CPU if there is none."""
    accelerator = torch.accelerator.current_accelerator(check_available=True)
    return accelerator or torch.device("cpu")


def step_seconds(model: nn.Module, x: Tensor, y: Tensor, steps: int = 20) -> float:
    """Return the seconds of one training step, measured until the device is done.

    The model is trained a little by it. The first step is left out, because it also
    prepares what later steps find ready.

    Args:
        model: A classifier, on the device of the data.
        x: Inputs, float `(N, D)`.
        y: Class indices, int64 `(N,)`.
        steps: How many steps are measured, at least one.

    Returns:
        The time of the quickest step.
    """
    optimizer = optim.SGD(model.parameters(), lr=0.01)
    seconds = []
    for _ in range(steps + 1):
        wait_for(x.device)
        began = time.perf_counter()
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        wait_for(x.device)
        seconds.append(time.perf_counter() - began)
    return min(seconds[1:])


def wait_for(device: torch.device) -> None:
    """Wait until a device has done all that it was sent; a CPU always has."""
    if device.type != "cpu":
        torch.accelerator.synchronize(device)


def train_precisely(
    device: torch.device,
    x: Tensor,
    y: Tensor,
    *,
    mixed: bool = False,
    dtype: torch.dtype = torch.float32,
    epochs: int = 60,
) -> tuple[MLP, list[float]]:
    """Train 128 hidden units on digits, with numbers of a chosen precision.

    Args:
        device: Where to train.
        x: Pictures as rows, float32 `(N, 64)`, ink from 0 to 1.
        y: Their digits, int64 `(N,)`.
        mixed: Whether `autocast` may calculate in bfloat16.
        dtype: The dtype of the pictures and of the parameters.
        epochs: How many times the pictures are used, at least once.

    Returns:
        The model, on the device, and the mean loss of the batches of each epoch.
    """
    torch.manual_seed(0)
    model = MLP(64, 128, 10).to(device, dtype)
    optimizer = optim.SGD(model.parameters(), lr=0.01)
    x, y = x.to(device, dtype), y.to(device)
    losses = []
    for _ in range(epochs):
        total = torch.zeros((), device=device)
        batches = torch.randperm(len(x)).to(device).split(50)
        for rows in batches:
            with torch.autocast(device.type, torch.bfloat16, enabled=mixed):
                loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach()
        losses.append(total.item() / len(batches))
    return model, losses
