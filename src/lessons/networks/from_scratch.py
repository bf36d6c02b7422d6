"""One program for a line and for a curve: only the model is exchanged."""

from torch import Tensor, nn, optim


def train(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int = 1000,
    learning_rate: float = 0.1,
) -> list[float]:
    """Train a model on the mean squared error, all samples at a time.

    Args:
        model: From inputs to predictions; its parameters are changed.
        x: Inputs, float32 `(N, D)`.
        y: Targets, float32, in the shape of the predictions.
        epochs: How many steps are taken, each with all the samples.
        learning_rate: Of plain gradient descent.

    Returns:
        The loss before each step.

    Raises:
        ValueError: If predictions and targets have different shapes, which the loss
            would broadcast.
    """
    found = model(x).shape
    if found != y.shape:
        raise ValueError(
            f"predictions {tuple(found)}, targets {tuple(y.shape)}: they must be equal"
        )
    optimizer = optim.SGD(model.parameters(), lr=learning_rate)
    criterion = nn.MSELoss()
    losses = []
    for _ in range(epochs):
        loss = criterion(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
