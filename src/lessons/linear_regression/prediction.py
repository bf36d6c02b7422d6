"""Prediction: the line by hand, the formula of nn.Linear, a module of one's own."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor, nn


def line(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return the prediction of a line, bias + weight * x, for every element of x.

    Args:
        x: The feature, of any shape; rows are samples in the shape `(N, 1)`.
        weight: The slope, a 0-D tensor.
        bias: The intercept, the prediction at `x = 0`, a 0-D tensor.

    Returns:
        The predictions in the shape of `x`, in the unit of the bias. Whole numbers in
        `x` become the floating-point type of the parameters.
    """
    return bias + weight * x


def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Return x @ weight.T + bias, the formula of nn.Linear.

    Row i of the result depends on row i of `x` alone: every row is a sample.

    Args:
        x: The samples, shape `(N, in_features)`.
        weight: One row of weights per output, shape `(out_features, in_features)`.
        bias: One number per output, shape `(out_features,)`.

    Returns:
        The predictions, shape `(N, out_features)`.

    Raises:
        RuntimeError: From torch, if `x` has another number of columns than `weight`.
    """
    return x @ weight.T + bias


class LinearRegression(nn.Module):
    """A linear model: one linear layer, wrapped in a module of our own.

    Args:
        in_features: Number of features, the columns of the input.
        out_features: Number of predictions for each sample.
    """

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features, out_features)

    def forward(self, x: Tensor) -> Tensor:
        """Return the predictions for a batch.

        Args:
            x: Shape `(N, in_features)`, of the parameters' dtype.

        Returns:
            Shape `(N, out_features)`.
        """
        return self.linear(x)


def draw_module(ax: Axes, model: nn.Module, x: Tensor) -> None:
    """Draw a module as a box around its layers, with what goes in and what comes out.

    Args:
        ax: The axes to draw in; it is switched off.
        model: A module with at least one layer; it is called once.
        x: A batch for it, whose shape is written at the arrow.
    """
    layers = list(model.named_children())
    width = 4 * len(layers)
    outer = Rectangle((0, 0), width, 2, facecolor=("C1", 0.12), edgecolor="C1")
    ax.add_patch(outer)
    ax.text(0.2, 1.72, type(model).__name__, va="center")
    for position, (name, layer) in enumerate(layers):
        corner = (4 * position + 0.4, 0.3)
        inner = Rectangle(corner, 3.2, 1.1, facecolor=("C1", 0.25), edgecolor="C1")
        ax.add_patch(inner)
        label = f"self.{name}\n{type(layer).__name__}"
        ax.text(4 * position + 2, 0.85, label, ha="center", va="center")
    ends = {"$x$": (-1.5, x), r"$\hat y$": (width, model(x))}
    for symbol, (start, values) in ends.items():
        arrow = {"arrowstyle": "-|>", "color": "C7", "linewidth": 2}
        ax.annotate("", xy=(start + 1.5, 0.85), xytext=(start, 0.85), arrowprops=arrow)
        label = f"{symbol}\n{tuple(values.shape)}"
        ax.text(start + 0.7, 0.95, label, ha="center", va="bottom")
    ax.set(xlim=(-1.6, width + 1.6), ylim=(-0.1, 2.1))
    ax.axis("off")
