"""Modules: a network as a class of one's own, and all that belongs to it."""

from itertools import pairwise

import torch
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from torch import Tensor, nn, optim


class MLP(nn.Module):
    """A multi-layer perceptron with one hidden layer, bent by ReLU.

    The output is left linear: it may be a quantity, or the logits of classes.

    Attributes:
        hidden: The layer from the inputs to the hidden units, `nn.Linear`.
        output: The layer from the hidden units to the outputs, `nn.Linear`.
    """

    def __init__(self, inputs: int, hidden: int, outputs: int) -> None:
        """Create both layers with random weights.

        Args:
            inputs: How many numbers a sample has, D.
            hidden: How many hidden units there are, H.
            outputs: How many numbers are predicted, M.
        """
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs.

        Args:
            x: Samples, float32 `(..., D)`.

        Returns:
            The predictions, float32 `(..., M)`.
        """
        return self.output(self.hidden(x).relu())


def draw_boxes(ax: Axes, module: nn.Module, name: str = "model") -> None:
    """Draw what PyTorch sees of a module: boxes in boxes, with their tensors.

    A parameter is written with its shape, a buffer in italics as well.

    Args:
        ax: The axes to draw in; it is switched off.
        module: The module to look into.
        name: What the outermost box is called.
    """

    def draw(
        part: nn.Module, title: str, left: float, right: float, top: float
    ) -> float:
        outer = Rectangle((left, top), right - left, 0)
        outer.set(facecolor=("C1", 0.12), edgecolor="C1")
        ax.add_patch(outer)
        lines = [(f"{title}: {type(part).__name__}", "normal")]
        for names, look in (
            (part.named_parameters(recurse=False), "normal"),
            (part.named_buffers(recurse=False), "italic"),
        ):
            lines += [(f"  {key} {tuple(value.shape)}", look) for key, value in names]
        for text, look in lines:
            ax.text(left + 0.15, top + 0.5, text, va="center", style=look)
            top += 0.8
        for key, child in part.named_children():
            top = draw(child, key, left + 0.2, right - 0.2, top) + 0.15
        bottom = top + 0.15
        outer.set_height(bottom - outer.get_y())
        return bottom

    bottom = draw(module, name, 0, 6, 0)
    ax.set(xlim=(-0.1, 6.1), ylim=(bottom + 0.1, -0.1))
    ax.axis("off")


class DeepMLP(nn.Module):
    """A network with several hidden layers, each bent by ReLU, in a container.

    Attributes:
        hidden: The container with the hidden layers, in order.
        output: The layer from the last hidden layer to the outputs, `nn.Linear`.
    """

    def __init__(
        self,
        inputs: int,
        widths: list[int],
        outputs: int,
        container: type[list[nn.Module] | nn.ModuleList] = nn.ModuleList,
    ) -> None:
        """Create all layers with random weights.

        Args:
            inputs: How many numbers a sample has, D.
            widths: How many units each hidden layer has, at least one layer.
            outputs: How many numbers are predicted, M.
            container: Keeps the hidden layers. PyTorch looks into `nn.ModuleList`, but
                not into `list`: layers in it are used, but neither trained nor saved.

        Raises:
            ValueError: If there is no hidden layer.
        """
        super().__init__()
        if not widths:
            raise ValueError("widths=[]: at least one hidden layer is needed")
        pairs = pairwise([inputs, *widths])
        self.hidden = container([nn.Linear(before, after) for before, after in pairs])
        self.output = nn.Linear(widths[-1], outputs)

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs.

        Args:
            x: Samples, float32 `(..., D)`.

        Returns:
            The predictions, float32 `(..., M)`.
        """
        for layer in self.hidden:
            x = layer(x).relu()
        return self.output(x)


def fit(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    steps: int = 500,
    learning_rate: float = 0.03,
) -> float:
    """Train a model with Adam on all samples at once, and return its last loss.

    Args:
        model: Takes `x` and returns predictions in the shape of `y`. Its parameters
            change.
        x: Samples, float32 `(N, D)`.
        y: Targets, float32 `(N, M)`.
        steps: How many steps Adam takes.
        learning_rate: The learning rate of Adam.

    Returns:
        The mean squared error after the last step, in the squared unit of `y`.
    """
    optimizer = optim.Adam(model.parameters(), lr=learning_rate)
    criterion = nn.MSELoss()
    for _ in range(steps):
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return criterion(model(x), y).item()


class InUnits(nn.Module):
    """A network that takes and returns quantities in their own units.

    Attributes:
        network: Predicts standardised outputs from standardised inputs.
        x_mean: The mean of each input, a buffer `(D,)`, 0 at first.
        x_std: The standard deviation of each input, a buffer `(D,)`, 1 at first.
        y_mean: The mean of each output, a buffer `(M,)`, 0 at first.
        y_std: The standard deviation of each output, a buffer `(M,)`, 1 at first.
    """

    x_mean: Tensor
    x_std: Tensor
    y_mean: Tensor
    y_std: Tensor

    def __init__(self, network: nn.Module, inputs: int, outputs: int) -> None:
        """Wrap a network in scales that leave everything as it is.

        Args:
            network: Takes `(N, D)` and returns `(N, M)`.
            inputs: How many numbers a sample has, D.
            outputs: How many numbers are predicted, M.
        """
        super().__init__()
        self.network = network
        self.register_buffer("x_mean", torch.zeros(inputs))
        self.register_buffer("x_std", torch.ones(inputs))
        self.register_buffer("y_mean", torch.zeros(outputs))
        self.register_buffer("y_std", torch.ones(outputs))

    def measure(self, x: Tensor, y: Tensor) -> None:
        """Take the scales of the training data.

        Args:
            x: Inputs, float32 `(N, D)` with at least two rows, in their units.
            y: Targets, float32 `(N, M)`, in their units.
        """
        self.x_mean, self.x_std = x.mean(dim=0), x.std(dim=0)
        self.y_mean, self.y_std = y.mean(dim=0), y.std(dim=0)

    def forward(self, x: Tensor) -> Tensor:
        """Return the predictions in their units.

        Args:
            x: Samples, float32 `(N, D)`, in their units.

        Returns:
            The predictions, float32 `(N, M)`, in the units of the targets.
        """
        standard = (x - self.x_mean) / self.x_std
        return self.network(standard) * self.y_std + self.y_mean
