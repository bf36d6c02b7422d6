"""Many machines: several processes that train one model, each on its share."""

import time
from collections.abc import Callable
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any

import torch
import torch.distributed as dist
from sklearn.datasets import load_digits
from torch import Tensor, nn, optim
from torch.multiprocessing.spawn import start_processes
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

from lessons.networks.modules import MLP


def flat_gradient(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of the mean cross-entropy of a batch as one long row.

    Args:
        model: A classifier; its `.grad` are left alone.
        x: Inputs, float `(N, D)`.
        y: Class indices, int64 `(N,)`.

    Returns:
        The derivatives with respect to all parameters, one after another, `(P,)`.
    """
    loss = nn.functional.cross_entropy(model(x), y)
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    return torch.cat([gradient.flatten() for gradient in gradients])


def member(
    rank: int,
    size: int,
    folder: str,
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    """Join a group of processes, call a function, save its result, and leave.

    Args:
        rank: The number of this process, from 0.
        size: How many processes the group has.
        folder: Where they meet, in a file called `meeting`, and where each saves its
            result, in a file called after its rank.
        function: What each process does.
        arguments: What the function gets.
    """
    torch.set_num_threads(1)  # the processes share the cores
    meeting = f"file://{folder}/meeting"
    dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=size)
    torch.save(function(*arguments), f"{folder}/{rank}.pt")
    dist.destroy_process_group()


def run_together(size: int, function: Callable[..., Any], *arguments: Any) -> list[Any]:
    """Call a function in several processes, and return the result of each.

    Args:
        size: How many processes are started.
        function: What each process does.
        arguments: What the function gets in each process.

    Returns:
        What the function has returned in each, in the order of the ranks: tensors,
        numbers, or containers of them.

    Raises:
        ProcessRaisedException: If the function raises an exception in a process.
    """
    with TemporaryDirectory() as folder:
        everything = (size, folder, function, arguments)
        start_processes(member, everything, nprocs=size, start_method="fork")
        return [torch.load(f"{folder}/{rank}.pt") for rank in range(size)]


def add_up() -> tuple[float, float]:
    """Add up a number from each process of the group: ten times its rank, plus one.

    Returns:
        The number of this process, and what it has after the all-reduce.
    """
    number = torch.tensor(10.0 * dist.get_rank() + 1)
    before = number.item()
    dist.all_reduce(number)  # in place, with all the other processes
    return before, number.item()


def train_alone(
    data: TensorDataset,
    batch_size: int = 50,
    learning_rate: float = 0.5,
    epochs: int = 5,
) -> dict[str, Tensor]:
    """Train a digit reader in this process, with the order of a sampler for one.

    Args:
        data: Pictures and class indices.
        batch_size: How many pictures a step takes.
        learning_rate: The learning rate of SGD.
        epochs: How many times the data are used.

    Returns:
        The state of the trained `MLP(64, 128, 10)`.
    """
    torch.manual_seed(0)
    model = MLP(64, 128, 10)
    sampler = DistributedSampler(data, num_replicas=1, rank=0)
    loader = DataLoader(data, batch_size=batch_size, sampler=sampler)
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    for epoch in range(epochs):
        sampler.set_epoch(epoch)
        for x, y in loader:
            loss = nn.functional.cross_entropy(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model.state_dict()


def train_together(data: TensorDataset, slip: bool = False) -> dict[str, Tensor]:
    """Train a digit reader in each process of a group, with averaged gradients.

    A step takes 25 pictures in each process; there are five epochs.

    Args:
        data: Pictures and class indices, the same in each process.
        slip: Whether to call the model past its wrapper, which is a mistake.

    Returns:
        The state of the `MLP(64, 128, 10)` of this process. Without the slip, all
        processes have the same.
    """
    torch.manual_seed(dist.get_rank())  # each process begins with weights of its own
    model = MLP(64, 128, 10)
    wrapper = DistributedDataParallel(model)  # now all have those of rank 0
    sampler = DistributedSampler(data)  # a share of the data
    loader = DataLoader(data, batch_size=25, sampler=sampler)
    optimizer = optim.SGD(model.parameters(), lr=0.5)
    for epoch in range(5):
        sampler.set_epoch(epoch)
        for x, y in loader:
            logits = model(x) if slip else wrapper(x)
            loss = nn.functional.cross_entropy(logits, y)
            optimizer.zero_grad()
            loss.backward()  # meanwhile the wrapper averages the gradients
            optimizer.step()
    return model.state_dict()


def leave_out() -> bool:
    """Leave out an all-reduce in rank 1, for which the other processes wait.

    Returns:
        Whether this process has given up waiting.
    """
    impatient = dist.new_group(timeout=timedelta(seconds=2))
    if dist.get_rank() == 1:
        time.sleep(3)  # busy with something else
        return False
    try:
        dist.all_reduce(torch.ones(1), group=impatient)
    except RuntimeError as error:
        return "Timed out waiting" in str(error)
    return False


def main() -> None:
    """Train in the group that torchrun has started, and let rank 0 save the state."""
    dist.init_process_group("gloo")  # torchrun has told each process rank and size
    digits = load_digits()
    images = torch.tensor(digits.data, dtype=torch.float32) / 16
    labels = torch.tensor(digits.target)
    state = train_together(TensorDataset(images[:1000], labels[:1000]))
    if dist.get_rank() == 0:
        model = MLP(64, 128, 10)
        model.load_state_dict(state)
        right = model(images[1000:]).argmax(dim=1) == labels[1000:]
        print(f"{dist.get_world_size()} processes: {right.float().mean():.1%} right")
        torch.save(state, "digits.pt")
    dist.barrier()  # no process leaves before the state is saved
    dist.destroy_process_group()
