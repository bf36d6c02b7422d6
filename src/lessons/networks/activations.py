"""Activations: the bends between two layers, and what each does to learning."""

from torch import Tensor, nn, optim


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
