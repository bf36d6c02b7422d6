"""R squared and its look-alikes, and the residuals of a fit."""

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor

from lessons.linear_regression.training import mean_squared_error


def draw_squares(ax: Axes, x: Tensor, y: Tensor, prediction: Tensor) -> None:
    """Draw samples, the model's line, and the square on the error of every sample.

    The axes get equal scales, so that a square looks like one. It lies to the left of
    a sample above its prediction and to the right of a sample below.

    Args:
        ax: The axes to draw in.
        x: The inputs, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
        prediction: What the model says for `x`, shape `(N, 1)`.
    """
    for place, target, guess in torch.cat([x, y, prediction], dim=1).tolist():
        corner, side = (place, guess), target - guess
        square = Rectangle(corner, -side, side, facecolor=("C3", 0.2), edgecolor="C3")
        ax.add_patch(square)
    ax.plot(x, prediction, color="C1", label="model")
    ax.plot(x, y, "o", color="C0", label="data")
    ax.set_aspect("equal")


def r_squared(prediction: Tensor, target: Tensor) -> Tensor:
    """Return 1 - SS_RES / SS_TOT, the share of the variation that the model removes.

    Args:
        prediction: What the model says, `(N, 1)` or `(N,)`.
        target: What was observed, in exactly the same shape.

    Returns:
        A 0-D tensor: 1 for perfect predictions, 0 for those as good as the mean of the
        targets, negative for worse ones.

    Raises:
        ValueError: If the shapes differ, or if the targets do not vary or are not
            finite.
    """
    residual = mean_squared_error(prediction, target)
    total = mean_squared_error(target.mean().expand_as(target), target)
    if not (total > 0 and total.isfinite()):
        raise ValueError(f"the variance of the target is {total:g}: no share of it")
    return 1 - residual / total


def variation_ratio(prediction: Tensor, target: Tensor) -> Tensor:
    """Return the variation of the predictions over the variation of the targets.

    Both are sums of squared distances from the mean of the targets.

    Equals `r_squared` for a least-squares fit with an intercept, on its own data only.

    Args:
        prediction: What the model says, `(N, 1)` or `(N,)`.
        target: What was observed, in exactly the same shape.
    """
    mean = target.mean()
    return ((prediction - mean) ** 2).sum() / ((target - mean) ** 2).sum()


def squared_correlation(prediction: Tensor, target: Tensor) -> Tensor:
    """Return the square of the correlation between predictions and targets.

    Equals `r_squared` for a least-squares fit with an intercept, on its own data only.

    Args:
        prediction: What the model says, `(N, 1)` or `(N,)`.
        target: What was observed, in exactly the same shape.
    """
    both = torch.stack([prediction.flatten(), target.flatten()])
    return torch.corrcoef(both)[0, 1] ** 2


def draw_residuals(ax: Axes, prediction: Tensor, y: Tensor) -> None:
    """Draw the residual of every sample over its prediction.

    Args:
        ax: The axes to draw in.
        prediction: What the model says, shape `(N, 1)`.
        y: The targets, shape `(N, 1)`.
    """
    ax.axhline(0, color="C7")
    ax.plot(prediction, y - prediction, "o", color="C3", markersize=3)
    ax.set_xlabel(r"prediction $\hat y$")
