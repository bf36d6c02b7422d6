"""Training many outputs: what one loss averages, and what each output gets of it."""

from torch import Tensor


def distance_loss(prediction: Tensor, y: Tensor) -> Tensor:
    """Return the mean over the samples of the squared distance to the target.

    The squared distance adds up the squared errors of all outputs, so with M outputs
    this is M times what `nn.MSELoss` returns. It suits outputs in one unit only.

    Args:
        prediction: One row for each sample, shape `(N, M)`.
        y: The targets, shape `(N, M)`, in the unit of the predictions.

    Returns:
        A 0-D tensor, in that unit squared.

    Raises:
        ValueError: If the shapes differ, so that broadcasting would mix samples.
    """
    if prediction.shape != y.shape:
        shapes = f"{tuple(prediction.shape)} and {tuple(y.shape)}"
        raise ValueError(f"predictions and targets have the shapes {shapes}")
    return ((prediction - y) ** 2).sum(dim=1).mean()


def loss_gradients(
    x: Tensor, y: Tensor, weight: Tensor, bias: Tensor
) -> tuple[Tensor, Tensor]:
    """Return the gradients of the mean squared error of a layer, by the formula.

    Row j of both depends on column j of the errors alone.

    Args:
        x: The inputs, shape `(N, D)`.
        y: The targets, shape `(N, M)`.
        weight: One row for each output, shape `(M, D)`.
        bias: One number for each output, shape `(M,)`.

    Returns:
        The gradient with respect to the weight, `(M, D)`, and to the bias, `(M,)`.
    """
    errors = x @ weight.T + bias - y
    return 2 / errors.numel() * errors.T @ x, 2 / errors.numel() * errors.sum(dim=0)
