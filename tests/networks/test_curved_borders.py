"""Learned borders against a bowl and a ring, and the view against geometry."""

import pytest
import torch
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from torch import nn

from lessons.networks.curved_borders import side_view, train_border
from lessons.networks.modules import MLP


def test_without_hidden_units_it_is_a_logistic_regression() -> None:
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(200, 3, generator=generator)
    y = (x @ torch.tensor([1.0, -2.0, 0.5]) + torch.randn(200, generator=generator)) > 0
    model = train_border(x, y.float().unsqueeze(1), hidden=0, seed=0, steps=2000)
    judge = LogisticRegression(C=float("inf")).fit(x.numpy(), y.numpy())
    assert isinstance(model, nn.Linear)
    assert model.weight[0].tolist() == pytest.approx(judge.coef_[0], rel=0.01)
    assert model.bias.item() == pytest.approx(judge.intercept_[0], abs=0.01)


def test_hidden_units_close_a_ring() -> None:
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(400, 2, generator=generator)
    y = (x.norm(dim=1, keepdim=True) < 1).float()
    for hidden, low, high in ((0, 0.5, 0.75), (16, 0.95, 1)):
        model = train_border(x, y, hidden, seed=0)
        right = ((model(x) > 0) == (y == 1)).float().mean().item()
        assert low < right <= high


def test_the_seed_decides_about_the_start() -> None:
    x, y = torch.eye(2), torch.tensor([[0.0], [1.0]])
    models = [train_border(x, y, 4, seed, steps=0) for seed in (1, 1, 2)]
    assert all(isinstance(model, MLP) for model in models)
    first, again, other = [model(x) for model in models]
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_plane_is_seen_edge_on() -> None:
    torch.manual_seed(0)
    points = torch.randn(50, 4) * torch.tensor([1.0, 5.0, 2.0, 0.5])
    output = nn.Linear(4, 1)
    view = side_view(points, output)
    assert view.shape == (50, 2)
    assert not view.requires_grad
    weight = output.weight.detach()[0]
    wanted = output(points).detach()[:, 0] / weight.norm()
    torch.testing.assert_close(view[:, 0], wanted)
    across = weight / weight.norm()
    flat = points - torch.outer(points @ across, across)
    judge = torch.tensor(PCA(1).fit_transform(flat.numpy()))[:, 0]
    torch.testing.assert_close(view[:, 1].abs(), judge.abs(), rtol=1e-4, atol=1e-4)
