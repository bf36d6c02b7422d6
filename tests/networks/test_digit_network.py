"""The network of the best epoch against every epoch, and what it gets to see."""

import pytest
import torch
from torch import Tensor, nn
from torch.nn.modules.module import register_module_forward_hook
from torch.utils.data import TensorDataset

from digits import few_digits
from lessons.networks.digit_network import train_network
from lessons.networks.modules import MLP


def test_the_network_is_the_one_of_its_best_epoch() -> None:
    training, validation = few_digits()
    after_each_epoch: list[float] = []

    def note(module: nn.Module, _: object, output: Tensor) -> None:
        if isinstance(module, nn.CrossEntropyLoss) and not torch.is_grad_enabled():
            after_each_epoch.append(output.item())

    with register_module_forward_hook(note):
        model, loss = train_network(training, validation, 16, epochs=60)
    assert len(after_each_epoch) == 60
    assert loss == min(after_each_epoch) < after_each_epoch[0]
    assert loss < min(after_each_epoch[-20:])  # these were worse, and are not kept
    x, y = validation.tensors
    assert nn.functional.cross_entropy(model(x), y).item() == pytest.approx(loss)
    assert (model(x).argmax(dim=1) == y).float().mean() > 0.5


def test_each_epoch_has_every_picture_once_in_a_new_order() -> None:
    pictures = torch.arange(150.0).unsqueeze(1).expand(150, 64) / 150
    training = TensorDataset(pictures, torch.zeros(150, dtype=torch.int64))
    batches: list[Tensor] = []

    def note(module: nn.Module, inputs: tuple[Tensor], _: object) -> None:
        if isinstance(module, MLP) and torch.is_grad_enabled():
            batches.append((150 * inputs[0][:, 0]).round())

    with register_module_forward_hook(note):
        train_network(training, few_digits()[1], 4, epochs=2)
    assert [len(batch) for batch in batches] == [64, 64, 22] * 2
    first, second = torch.cat(batches[:3]), torch.cat(batches[3:])
    assert first.sort().values.tolist() == second.sort().values.tolist()
    assert first.sort().values.tolist() == list(range(150))
    assert first.tolist() != second.tolist()


def test_it_has_the_hidden_units_asked_for() -> None:
    model, _ = train_network(*few_digits(), hidden=7, epochs=1)
    assert model.hidden.weight.shape == (7, 64)
    assert model.output.weight.shape == (10, 7)


def test_the_seed_decides_about_start_and_order() -> None:
    first, again, other = (
        train_network(*few_digits(), hidden=8, epochs=2, seed=n)[1] for n in (1, 1, 2)
    )
    assert first == again
    assert first != other
