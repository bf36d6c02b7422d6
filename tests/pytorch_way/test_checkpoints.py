"""A run that is stopped and resumed, against one that never stops."""

from pathlib import Path
from typing import cast

import pytest
import torch
from torch import Tensor, nn
from torch.optim import SGD, Adam
from torch.utils.data import Dataset, TensorDataset

from lessons.pytorch_way.checkpoints import (
    Run,
    Sample,
    Shaken,
    begin,
    load_checkpoint,
    save_checkpoint,
    train_on,
)


@pytest.fixture
def readings() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(8)
    x = 6 * torch.rand(250, 1, generator=generator)
    return x, 3 * x + 4 + torch.randn(250, 1, generator=generator)


def test_a_load_is_shaken_anew_and_its_reading_is_not() -> None:
    data = Shaken(torch.full((2, 1), 5.0), torch.tensor([[1.0], [2.0]]))
    assert len(data) == 2
    torch.manual_seed(0)
    loads = torch.stack([data[1][0] for _ in range(4000)])
    assert loads.shape == (4000, 1)
    assert loads.mean().item() == pytest.approx(5, abs=0.005)
    assert loads.std().item() == pytest.approx(0.05, rel=0.05)
    assert data[1][1].tolist() == [2.0]
    assert data.x.tolist() == [[5.0], [5.0]]


def test_the_loop_is_momentum_written_out(readings: tuple[Tensor, Tensor]) -> None:
    x, y = readings
    data = cast("Dataset[Sample]", TensorDataset(x[:90], y[:90]))  # a batch an epoch
    run = begin(lr=0.01, momentum=0.8)
    numbers = nn.utils.parameters_to_vector(run.model.parameters()).detach()
    path = train_on(run, data, epochs=5)
    velocity = torch.zeros(2)
    design = torch.cat([x[:90], torch.ones(90, 1)], dim=1)
    for epoch in range(5):
        gradient = 2 / 90 * design.T @ (design @ numbers - y[:90, 0])
        velocity = 0.8 * velocity + gradient
        numbers = numbers - 0.01 * 0.5 ** (epoch // 2) * velocity
        torch.testing.assert_close(path[epoch], numbers)


@pytest.mark.parametrize(("stop", "workers"), [(1, 0), (2, 0), (3, 0), (1, 2)])
def test_a_resumed_run_is_the_same_bit_for_bit(
    stop: int, workers: int, readings: tuple[Tensor, Tensor], tmp_path: Path
) -> None:
    data, file = Shaken(*readings), tmp_path / "run.pt"
    epochs = 2 if workers else 5
    torch.manual_seed(0)
    never_stopped = train_on(begin(), data, epochs, workers)
    torch.manual_seed(0)
    run = begin()
    train_on(run, data, stop, workers)
    save_checkpoint(file, run, {"epoch": stop})
    torch.manual_seed(1)
    run = begin(lr=0.7, momentum=0.1)
    assert load_checkpoint(file, run) == {"epoch": stop}
    rest = train_on(run, data, epochs - stop, workers)
    assert torch.equal(rest, never_stopped[3 * stop :])
    assert [file.name] == [path.name for path in tmp_path.iterdir()]


class Interrupted:
    """What raises while it is written, after a part of the file is there."""

    def __reduce__(self) -> str:
        raise KeyboardInterrupt


def test_an_interruption_while_writing_leaves_the_old_file(tmp_path: Path) -> None:
    file, run = tmp_path / "run.pt", begin()
    save_checkpoint(file, run, {"epoch": 3})
    old = file.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        save_checkpoint(file, run, {"epoch": Interrupted()})  # type: ignore[dict-item]
    assert file.read_bytes() == old
    assert load_checkpoint(file, run) == {"epoch": 3}
    save_checkpoint(file, run, {"epoch": 4})
    assert load_checkpoint(file, run) == {"epoch": 4}
    assert not (tmp_path / "run.pt.part").exists()


def test_saving_changes_nothing(tmp_path: Path) -> None:
    torch.manual_seed(3)
    run = begin()
    numbers = [value.clone() for value in run.model.state_dict().values()]
    random = torch.get_rng_state(), run.generator.get_state()
    save_checkpoint(tmp_path / "run.pt", run, {})
    after = list(run.model.state_dict().values())
    assert all(map(torch.equal, numbers, after))
    assert torch.equal(random[0], torch.get_rng_state())
    assert torch.equal(random[1], run.generator.get_state())


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    file, run = tmp_path / "run.pt", begin()
    save_checkpoint(file, run, {})
    with pytest.raises(ValueError, match="was saved with SGD, and this run uses Adam"):
        load_checkpoint(file, run._replace(optimizer=Adam(run.model.parameters())))
    single = SGD([next(run.model.parameters())], lr=0.1)
    with pytest.raises(ValueError, match="doesn't match the size"):
        load_checkpoint(file, run._replace(optimizer=single))
    wider = Run(nn.Linear(2, 1), run.optimizer, run.scheduler, run.generator)
    with pytest.raises(RuntimeError, match="size mismatch for weight"):
        load_checkpoint(file, wider)
