"""Regularisation: penalties on weights, hidden units left out, pictures moved."""

import torch
from torch import Tensor, nn, optim


def pot_notes(pots: int = 20, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Return ten notes about each pot, and how much faster than usual its bean grew.

    All notes are standardised. Only three of them matter: the light adds 3 mm a day
    for each standard deviation, draught takes 2 mm, compost adds 1 mm. The growth
    scatters by 2 mm, so nobody's mean squared error is below 4 mm² on many new pots.

    Args:
        pots: How many pots there are, at least one.
        seed: Fixes notes and scatter.

    Returns:
        The notes, light, draught and compost first, float32 `(N, 10)`, and the growth
        in millimetres a day above the usual, float32 `(N, 1)`.

    Raises:
        ValueError: If less than one pot is asked for.
    """
    if pots < 1:
        raise ValueError(f"pots={pots}: at least one is needed")
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(pots, 10, generator=generator)
    noise = torch.randn(pots, 1, generator=generator)
    return x, 3 * x[:, :1] - 2 * x[:, 1:2] + x[:, 2:3] + 2 * noise


def penalty(w: Tensor, power: int) -> Tensor:
    """Return the sum of the sizes of the weights, each to a power.

    Args:
        w: Weights, float32 of any shape.
        power: 1 for the L1 penalty, 2 for the L2 penalty.

    Returns:
        One number of shape `()`. Its gradient is sign(w), or 2 * w.
    """
    return (w.abs() ** power).sum()


def fit_l2(x: Tensor, y: Tensor, strength: float) -> Tensor:
    """Return the weights with the smallest MSE plus strength times the L2 penalty.

    Args:
        x: Inputs, float32 `(N, D)`.
        y: Targets, float32 `(N, 1)`.
        strength: How much the penalty counts, λ, at least 0.

    Returns:
        The weights, float32 `(D, 1)`; there is no bias.
    """
    matrix = x.T @ x / len(x) + strength * torch.eye(x.shape[1])
    return torch.linalg.solve(matrix, x.T @ y / len(x))


def fit_l1(
    x: Tensor, y: Tensor, strength: float, rate: float = 0.1, steps: int = 500
) -> Tensor:
    """Find the weights with the smallest MSE plus strength times the L1 penalty.

    Each step goes against the gradient of the MSE, and then the weights are brought
    nearer to 0 (iterative soft thresholding, Daubechies and others, 2004).

    Args:
        x: Inputs, float32 `(N, D)`.
        y: Targets, float32 `(N, 1)`.
        strength: How much the penalty counts, λ, at least 0.
        rate: The learning rate.
        steps: How many steps are taken.

    Returns:
        The weights, float32 `(D, 1)`; there is no bias.
    """
    matrix, vector = x.T @ x / len(x), x.T @ y / len(x)
    w = torch.zeros(x.shape[1], 1)
    for _ in range(steps):
        gradient = 2 * (matrix @ w - vector)
        w = nn.functional.softshrink(w - rate * gradient, rate * strength)
    return w


def dropout(x: Tensor, p: float, training: bool = True) -> Tensor:
    """Set each element to 0 with probability p, and divide the rest by 1 - p.

    Args:
        x: Any float32 tensor.
        p: How likely an element is dropped, at least 0 and below 1.
        training: If False, nothing is dropped and nothing is scaled.

    Returns:
        A tensor of the same shape.
    """
    if not training:
        return x
    kept = torch.empty_like(x).bernoulli_(1 - p)
    return x * kept / (1 - p)


def shift_randomly(images: Tensor, reach: int = 1) -> Tensor:
    """Move each picture by a random number of pixels, up to `reach` each way.

    What leaves a picture is lost, and what becomes free has no ink.

    Args:
        images: Pictures, float32 `(N, C, H, W)`.
        reach: The largest number of pixels, up, down, left and right.

    Returns:
        The moved pictures, same shape.
    """
    count, _, height, width = images.shape
    framed = nn.functional.pad(images, (reach, reach, reach, reach))
    down, right = torch.randint(2 * reach + 1, (2, count, 1, 1))
    rows = down + torch.arange(height).reshape(1, height, 1)
    columns = right + torch.arange(width).reshape(1, 1, width)
    samples = torch.arange(count).reshape(count, 1, 1)
    # Indices on both sides of a slice put the axis of the slice last.
    return framed[samples, :, rows, columns].permute(0, 3, 1, 2)


def train_digits(
    model: nn.Module,
    images: Tensor,
    labels: Tensor,
    *,
    epochs: int = 30,
    rate: float = 0.015,
    weight_decay: float = 0.0,
    move: bool = False,
) -> None:
    """Train a classifier of pictures in place, in batches of 100.

    Args:
        model: Turns pictures into logits `(N, K)`.
        images: Pictures, float32 `(N, C, H, W)`.
        labels: Their class indices, int64 `(N,)`.
        epochs: How many times the pictures are used.
        rate: The learning rate at the start; it sinks to 0 on a cosine.
        weight_decay: How much the weights decay; biases do not.
        move: Whether each picture is moved by up to one pixel each time it is used.
    """
    criterion = nn.CrossEntropyLoss()
    weights = [each for each in model.parameters() if each.ndim > 1]
    biases = [each for each in model.parameters() if each.ndim == 1]
    optimizer = optim.AdamW(weights, lr=rate, weight_decay=weight_decay, fused=True)
    optimizer.add_param_group({"params": biases, "weight_decay": 0.0})
    schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(100):
            x = shift_randomly(images[rows]) if move else images[rows]
            loss = criterion(model(x), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()


def share_right(model: nn.Module, images: Tensor, labels: Tensor) -> float:
    """Return which share of the pictures a model reads right, in the mode it is in.

    Args:
        model: Turns pictures into logits `(N, K)`.
        images: Pictures, float32 `(N, C, H, W)`.
        labels: Their class indices, int64 `(N,)`.
    """
    with torch.no_grad():
        guesses = model(images).argmax(dim=1)
    return (guesses == labels).float().mean().item()
