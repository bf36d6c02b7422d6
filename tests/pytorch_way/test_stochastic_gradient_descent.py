"""The readings of the factory against what they are said to be."""

import pytest
import torch

from lessons.pytorch_way.stochastic_gradient_descent import factory_readings


def test_ten_thousand_readings_of_a_hundred_springs() -> None:
    spring, x, y = factory_readings()
    assert spring.shape == (10_000,)
    assert x.shape == y.shape == (10_000, 1)
    assert (spring.dtype, x.dtype, y.dtype) == (
        torch.int64,
        torch.float32,
        torch.float32,
    )
    assert spring.bincount().tolist() == [100] * 100
    assert (spring.diff() >= 0).all()
    assert x.min() >= 0
    assert x.max() < 6


def test_without_misread_readings_each_spring_follows_its_own_line() -> None:
    spring, x, y = factory_readings(misread=0, readings=1000, seed=3)
    lines = []
    for number in range(100):
        mine = spring == number
        table = torch.cat([x[mine], torch.ones_like(x[mine])], dim=1).double()
        solution = torch.linalg.lstsq(table, y[mine].double()).solution
        residual = y[mine] - table @ solution
        assert residual.std().item() == pytest.approx(1, abs=0.1)
        lines.append(solution[:, 0])
    found = torch.stack(lines)
    assert found.mean(dim=0).tolist() == pytest.approx([3, 4], abs=0.15)
    assert found.std(dim=0).tolist() == pytest.approx([0.1, 0.5], rel=0.25)


def test_the_misread_readings_are_twenty_millimetres_too_high() -> None:
    _, x, right = factory_readings(misread=0, seed=5)
    _, again, y = factory_readings(misread=0.02, seed=5)
    assert torch.equal(x, again)
    added = y - right
    assert ((added.abs() < 1e-4) | ((added - 20).abs() < 1e-4)).all()
    assert (added > 10).float().mean().item() == pytest.approx(0.02, abs=0.005)


def test_the_seed_decides() -> None:
    assert torch.equal(factory_readings(seed=1)[2], factory_readings(seed=1)[2])
    assert not torch.equal(factory_readings(seed=1)[2], factory_readings(seed=2)[2])


@pytest.mark.parametrize(
    "wrong", [{"springs": 0}, {"readings": 0}, {"misread": 1.5}, {"misread": -0.1}]
)
def test_what_cannot_be_measured(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="at least one spring"):
        factory_readings(**wrong)  # type: ignore[arg-type]
