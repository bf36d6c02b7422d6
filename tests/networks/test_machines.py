"""Several processes against one: sums, gradients, trained weights, and torchrun."""

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.multiprocessing as mp
from sklearn.datasets import load_digits
from torch import nn
from torch.nn.utils import parameters_to_vector
from torch.utils.data import DataLoader, TensorDataset

from lessons.networks import machines
from lessons.networks.machines import (
    add_up,
    flat_gradient,
    leave_out,
    run_together,
    train_alone,
    train_together,
)
from lessons.networks.modules import MLP


def digits() -> TensorDataset:
    data = load_digits()
    images = torch.tensor(data.data[:200] / 16, dtype=torch.float32)
    return TensorDataset(images, torch.tensor(data.target[:200]))


def test_the_flat_gradient_is_that_of_finite_differences() -> None:
    torch.manual_seed(0)
    model = nn.Linear(2, 3).double()
    x, y = torch.randn(5, 2, dtype=torch.float64), torch.tensor([0, 2, 1, 0, 2])
    found = flat_gradient(model, x, y)
    assert all(parameter.grad is None for parameter in model.parameters())
    rows = [p.detach().view(-1) for p in model.parameters()]
    expected = []
    for row in rows:
        for i in range(len(row)):
            values = []
            for step in (1e-6, -2e-6, 1e-6):
                row[i] += step
                values.append(nn.functional.cross_entropy(model(x), y).item())
            expected.append((values[0] - values[1]) / 2e-6)
    assert found.tolist() == pytest.approx(expected, abs=1e-8)


def test_all_reduce_gives_everybody_the_sum() -> None:
    assert run_together(3, add_up) == [(1, 33), (11, 33), (21, 33)]


def test_one_process_takes_all_samples_in_a_new_order_each_epoch() -> None:
    data = digits()
    state = train_alone(data, batch_size=30, learning_rate=0.2, epochs=2)
    torch.manual_seed(0)
    plain = MLP(64, 128, 10)
    for epoch in range(2):
        generator = torch.Generator().manual_seed(epoch)
        for rows in torch.randperm(200, generator=generator).split(30):
            x, y = data[rows]
            flat = flat_gradient(plain, x, y)
            with torch.no_grad():
                vector = parameters_to_vector(plain.parameters()) - 0.2 * flat
                nn.utils.vector_to_parameters(vector, plain.parameters())
    torch.testing.assert_close(state, dict(plain.state_dict()))


def test_two_processes_find_what_one_finds_unless_the_wrapper_is_passed_by() -> None:
    data = digits()
    alone = train_alone(data)
    first, second = run_together(2, train_together, data)
    torch.testing.assert_close(first, second, atol=0, rtol=0)
    torch.testing.assert_close(dict(first), dict(alone), atol=1e-5, rtol=0)

    first, second = run_together(2, train_together, data, True)
    assert (first["hidden.weight"] - second["hidden.weight"]).norm() > 0.1


def test_the_others_wait_for_the_process_that_leaves_a_sum_out() -> None:
    assert run_together(3, leave_out) == [True, False, True]


def test_an_exception_in_a_process_is_raised_here() -> None:
    with pytest.raises(mp.ProcessRaisedException, match="has no len"):
        run_together(1, train_together, None)


def test_the_program_of_the_page_runs_under_torchrun(tmp_path: Path) -> None:
    source = inspect.getsource(machines)
    imports = source[: source.index("from lessons")]
    parts = [
        inspect.getsource(part)
        for part in (MLP, machines.train_together, machines.main)
    ]
    call = 'if __name__ == "__main__":\n    main()\n'
    program = tmp_path / "digits.py"
    program.write_text("\n\n".join([imports, *parts, call]))
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [sys.executable, *torchrun, program.name],
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    late = "terminate called without an active exception"  # gloo, rarely, at the exit
    assert done.returncode == 0 or late in done.stderr, done.stderr
    assert done.stdout.count("processes:") == 1
    assert done.stdout.startswith("2 processes: 9")
    model = MLP(64, 128, 10)
    model.load_state_dict(torch.load(tmp_path / "digits.pt", weights_only=True))
    everything = load_digits()
    x = torch.tensor(everything.data / 16, dtype=torch.float32)
    y = torch.tensor(everything.target)
    loader = DataLoader(TensorDataset(x[1000:], y[1000:]), batch_size=797)
    (images, labels) = next(iter(loader))
    right = (model(images).argmax(dim=1) == labels).float().mean()
    assert f"2 processes: {right:.1%} right" in done.stdout
