import torch

from lessons.classification.maximum_likelihood import mean


def test_the_mean_is_the_one_of_torch() -> None:
    values = torch.tensor([[1.0, 2.0], [6.0, -1.5]])
    torch.testing.assert_close(mean(values), values.mean())
