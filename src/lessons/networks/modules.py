"""Modules: a network as a class of one's own."""

from torch import Tensor, nn


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
