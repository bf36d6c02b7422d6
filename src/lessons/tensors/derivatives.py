"""Derivatives: what a stall takes in, and a quotient that comes near its slope."""

from collections.abc import Callable

from torch import Tensor


def takings(price: Tensor) -> Tensor:
    """Return what the stall takes in a week, p (32 - 4p), if a cup costs p.

    Each euro more on the price costs it four cups a week.

    Args:
        price: What a cup costs, in euros: a float tensor of any shape.

    Returns:
        Euros in a week, in the shape of `price`. The slope is 32 - 8p euros per euro.
    """
    cups_sold = 32 - 4 * price
    return price * cups_sold


def difference_quotient(
    function: Callable[[Tensor], Tensor], x: Tensor, step: float
) -> Tensor:
    """Return the slope of the straight line through two points of a curve.

    Args:
        function: Works element by element, or gets and returns a 0-D tensor.
        x: Where the first point lies.
        step: How far to the right of it the second one lies, in the unit of `x`.
    """
    return (function(x + step) - function(x)) / step
