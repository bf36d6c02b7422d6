import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression as LeastSquares

from lessons.linear_regression.cost import cost_curvature, cost_derivative
from lessons.linear_regression.gradient_descent import descend
from lessons.linear_regression.slope import train_weight
from lessons.linear_regression.training import noisy_line, scale_readings

X, Y = scale_readings(bias=0.0)


def test_training_takes_the_steps_of_sgd():
    parameter = torch.nn.Parameter(torch.tensor(8.0))
    optimizer = torch.optim.SGD([parameter], lr=0.03)
    expected = []
    for _ in range(6):
        loss = torch.nn.functional.mse_loss(parameter * X, Y)
        expected.append((parameter.item(), loss.item()))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    weights, losses = train_weight(X, Y, 8, 0.03, epochs=6)
    np.testing.assert_allclose(
        list(zip(weights, losses, strict=True)), expected, rtol=1e-5
    )


@pytest.mark.parametrize(
    ("seed", "weights", "losses"),
    [
        (0, (-5.7939, -4.1129, -3.4411), (147.3502, 23.5436, 3.7676, 0.6087)),
        (1, (-5.7936, -4.1125, -3.4406), (147.3731, 23.5473, 3.7682, 0.6088)),
        (42, (-5.7947, -4.1140, -3.4423), (147.2981, 23.5371, 3.7683, 0.6106)),
    ],
)
def test_epochs_of_the_course(seed, weights, losses):
    torch.manual_seed(seed)
    x = torch.arange(-3, 3, 0.1).view(-1, 1)
    y = noisy_line(x, weight=-3.0, bias=0.0, std=0.1)
    found, history = train_weight(x, y, -10, 0.1, epochs=4)
    assert found == pytest.approx([-10, *weights], abs=1e-4)
    assert history == pytest.approx(losses, abs=1e-3)


def test_training_takes_the_path_of_the_formula():
    weights, losses = train_weight(X, Y, 8, 0.03, epochs=7)
    expected = descend(lambda w: cost_derivative(w, X, Y), 8, 0.03, 6)
    assert weights == pytest.approx(expected.tolist(), abs=1e-5)
    errors = [np.mean((w * X.numpy() - Y.numpy()) ** 2) for w in weights]
    assert losses == pytest.approx(errors, rel=1e-4)


@pytest.mark.parametrize("start", [-5, 8])
def test_training_arrives_at_least_squares(start):
    weights, _ = train_weight(X, Y, start, 0.03, epochs=40)
    expected = LeastSquares(fit_intercept=False).fit(X, Y).coef_.item()
    assert weights[-1] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("share", "grows"), [(0.98, False), (1.02, True)])
def test_the_loss_grows_only_above_two_over_the_curvature(share, grows):
    rate = share * 2 / cost_curvature(X).item()
    _, losses = train_weight(X, Y, 8, rate, epochs=20)
    assert (losses[-1] > losses[0]) == grows


def test_no_epochs_train_nothing():
    assert train_weight(X, Y, 8, 0.03, epochs=0) == ([], [])


def test_a_row_of_targets_is_warned_of():
    with pytest.warns(UserWarning, match="target size"):
        train_weight(X, Y.flatten(), 8, 0.03, epochs=1)
