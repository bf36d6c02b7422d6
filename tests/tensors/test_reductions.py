import numpy as np
import pytest
import torch
from sklearn.preprocessing import StandardScaler, normalize

from lessons.tensors.reductions import row_shares, standardise


def test_standardise_agrees_with_numpy() -> None:
    torch.manual_seed(0)
    table = torch.randn(7, 3, dtype=torch.float64) * 5 + 2
    x = table.numpy()
    expected = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    np.testing.assert_allclose(standardise(table).numpy(), expected, rtol=1e-12)


def test_standardise_differs_from_scikit_learn_by_the_divisor_alone() -> None:
    torch.manual_seed(0)
    table = torch.randn(7, 3, dtype=torch.float64)
    expected = StandardScaler().fit_transform(table.numpy()) * np.sqrt(6 / 7)
    np.testing.assert_allclose(standardise(table).numpy(), expected, rtol=1e-12)


def test_standardised_columns_of_a_square_table_have_mean_0_and_deviation_1() -> None:
    torch.manual_seed(0)
    result = standardise(torch.rand(4, 4, dtype=torch.float64))
    torch.testing.assert_close(result.mean(dim=0), torch.zeros(4).double())
    torch.testing.assert_close(result.std(dim=0), torch.ones(4).double())


def test_a_constant_column_becomes_nan_and_leaves_the_others_alone() -> None:
    result = standardise(torch.tensor([[1.0, 5.0], [3.0, 5.0]]))
    assert result[:, 1].isnan().all()
    assert not result[:, 0].isnan().any()


@pytest.mark.parametrize("shape", [(3, 4), (4, 4), (1, 4)])
def test_row_shares_agree_with_scikit_learn(shape: tuple[int, int]) -> None:
    torch.manual_seed(0)
    table = torch.rand(shape, dtype=torch.float64)
    expected = normalize(table.numpy(), norm="l1")
    np.testing.assert_allclose(row_shares(table).numpy(), expected, rtol=1e-12)


def test_shares_of_whole_numbers_are_floats() -> None:
    assert row_shares(torch.tensor([[1, 3]])).tolist() == [[0.25, 0.75]]


def test_a_row_that_adds_up_to_0_has_no_finite_share() -> None:
    shares = row_shares(torch.tensor([[1.0, -1.0], [0.0, 0.0]]))
    assert shares[0].tolist() == [float("inf"), float("-inf")]
    assert shares[1].isnan().all()
