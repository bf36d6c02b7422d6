"""A crowd against single networks, and the rule against the class EarlyStopping."""

import pytest
import torch
from torch import nn, optim

from lessons.linear_regression.watching_training import EarlyStopping
from lessons.networks.layers import sprouting_trials
from lessons.networks.modules import MLP
from lessons.networks.overfitting import Crowd, bean_parts, kept, watch


def alone(crowd: Crowd, place: int) -> MLP:
    """Return one network of a crowd as a module of its own."""
    _, inputs, hidden = crowd.hidden_weight.shape
    model = MLP(inputs, hidden, 1).double()
    with torch.no_grad():
        model.hidden.weight.copy_(crowd.hidden_weight[place].T)
        model.hidden.bias.copy_(crowd.hidden_bias[place, 0])
        model.output.weight.copy_(crowd.output_weight[place].T)
        model.output.bias.copy_(crowd.output_bias[place, 0])
    return model


def test_a_crowd_starts_like_linear_layers() -> None:
    torch.manual_seed(0)
    crowd = Crowd(50, 4, 100)
    for name, parameter in crowd.named_parameters():
        bound = 0.5 if name.startswith("hidden") else 0.1
        assert parameter.dtype == torch.float64
        assert bound * 0.9 < parameter.abs().max() <= bound
        assert abs(parameter.mean()) < 0.2 * bound


def test_each_network_of_a_crowd_learns_as_it_would_alone() -> None:
    torch.manual_seed(1)
    crowd, parts = Crowd(3, 2, 5), bean_parts(20, 3, new=50)
    models = [alone(crowd, place) for place in range(3)]
    torch.manual_seed(2)
    losses, accuracies = watch(crowd, parts, epochs=6, every=2)
    assert losses.shape == accuracies.shape == (3, 3, 3)
    torch.manual_seed(2)
    orders = [torch.randperm(20) for _ in range(6)]
    for place, model in enumerate(models):
        optimizer = optim.Adam(model.parameters(), lr=0.02)
        x, y = (each[place] for each in parts[0])
        for order in orders:
            for rows in order.chunk(5):
                loss = nn.functional.binary_cross_entropy_with_logits(
                    model(x[rows]).flatten(), y[rows]
                )
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
        for number, (inputs, labels) in enumerate(parts):
            with torch.no_grad():
                z = model(inputs[place]).flatten()
            loss = nn.functional.binary_cross_entropy_with_logits(z, labels[place])
            torch.testing.assert_close(losses[-1, number, place], loss)
            right = ((z > 0).double() == labels[place]).double().mean()
            assert accuracies[-1, number, place] == right


def test_the_parts_are_the_beans_standardised_by_the_training_part() -> None:
    parts = bean_parts(30, 2, validation=5, new=7)
    assert [tuple(x.shape) for x, _ in parts] == [(2, 30, 2), (2, 5, 2), (2, 7, 2)]
    known, _ = parts[0]
    assert known.mean(dim=1).abs().max() < 1e-12
    assert (known.std(dim=1) - 1).abs().max() < 1e-12
    x, y = sprouting_trials(42, seed=1001)
    mean, std = x[:30].double().mean(dim=0), x[:30].double().std(dim=0)
    torch.testing.assert_close(parts[2][0][1], (x[35:].double() - mean) / std)
    assert parts[1][1][1].tolist() == y[30:35].tolist()


@pytest.mark.parametrize("patience", [1, 2, 3, 10])
def test_the_kept_epoch_is_that_of_early_stopping(patience: int) -> None:
    torch.manual_seed(patience)
    for losses in torch.rand(20, 12).tolist():
        stopping, model = EarlyStopping(patience), nn.Linear(1, 1)
        for epoch, loss in enumerate(losses):
            nn.init.constant_(model.bias, epoch)
            if stopping.should_stop(loss, model):
                break
        assert kept(losses, patience) == stopping.best_state["bias"].item()
