"""The graph at work: numbers that remember where they came from, and the walk back."""


class Scalar:
    """A number that remembers from which numbers it was made.

    Attributes:
        value: The number.
        parents: The numbers that it was made from, each with its local gradient: the
            derivative of this number with respect to that one.
    """

    def __init__(self, value: float, *parents: tuple["Scalar", float]) -> None:
        self.value = value
        self.parents = parents

    def __add__(self, other: "Scalar") -> "Scalar":
        return Scalar(self.value + other.value, (self, 1.0), (other, 1.0))

    def __sub__(self, other: "Scalar") -> "Scalar":
        return Scalar(self.value - other.value, (self, 1.0), (other, -1.0))

    def __mul__(self, other: "Scalar") -> "Scalar":
        product = self.value * other.value
        return Scalar(product, (self, other.value), (other, self.value))

    def __pow__(self, exponent: int) -> "Scalar":
        local = exponent * self.value ** (exponent - 1)
        return Scalar(self.value**exponent, (self, local))


def gradients(output: Scalar) -> dict[Scalar, float]:
    """Return the derivative of the output with respect to every number behind it.

    Args:
        output: The last number of the graph.

    Returns:
        One derivative for each number, the output itself (with 1) included.
    """
    gradient: dict[Scalar, float] = {}

    def visit(number: Scalar) -> None:
        if number not in gradient:
            for parent, _ in number.parents:
                visit(parent)
            gradient[number] = 0.0

    visit(output)
    gradient[output] = 1.0
    for number in reversed(gradient):
        for parent, local in number.parents:
            gradient[parent] += gradient[number] * local
    return gradient
