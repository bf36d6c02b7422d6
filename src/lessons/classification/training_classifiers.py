"""Training a classifier: cross-entropy from logits, and a full run on them."""

from torch import Tensor, nn, optim


def cross_entropy_from_logits(logit: Tensor, y: Tensor) -> Tensor:
    """Return the cross-entropy of each sample, finite for every finite logit.

    Args:
        logit: The scores before the sigmoid, floats of any shape.
        y: The labels, 0 or 1, of the same shape.

    Returns:
        `max(z, 0) - z * y + ln(1 + exp(-|z|))`, of the same shape.
    """
    return logit.clamp(min=0) - logit * y + (-logit.abs()).exp().log1p()


def accuracy(logits: Tensor, y: Tensor) -> Tensor:
    """Return the share of samples whose logit has the side of its label.

    Args:
        logits: The scores before the sigmoid; above 0 the decision is class 1.
        y: The labels, 0 or 1, of the same shape.

    Returns:
        A float32 between 0 and 1, 0-D.

    Raises:
        ValueError: If the shapes differ, so that comparing them would broadcast.
    """
    if logits.shape != y.shape:
        shapes = f"{tuple(logits.shape)} and {tuple(y.shape)}"
        raise ValueError(f"logits and labels have the shapes {shapes}: not the same")
    return ((logits > 0) == (y == 1)).float().mean()


def train_on_logits(
    x: Tensor, y: Tensor, learning_rate: float, steps: int, weight_decay: float = 0.0
) -> nn.Linear:
    """Train a linear classifier from zero, with all samples in each step.

    Args:
        x: The features, float32 `(N, D)`, best standardised.
        y: The labels, 0.0 or 1.0, float32 `(N, 1)`.
        learning_rate: The rate of plain gradient descent.
        steps: The number of steps.
        weight_decay: What `optim.SGD` adds to the gradient, times the parameters.

    Returns:
        The trained layer, which returns logits, `(N, 1)`.
    """
    model = nn.Linear(x.shape[1], 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = optim.SGD(
        model.parameters(), lr=learning_rate, weight_decay=weight_decay
    )
    for _ in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model
