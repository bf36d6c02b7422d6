"""Formulas as plain text, for places that cannot set them."""

import re
import unicodedata

_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_FRACTION = re.compile(rf"\\[td]?frac(?:{_GROUP}{_GROUP}|(\d)(\d))")
_ROOT = re.compile(rf"\\sqrt{_GROUP}")
_TEXT = re.compile(rf"\\(?:text|mathrm|mathbf|operatorname|mathit){_GROUP}")
_ACCENT = re.compile(r"\\(hat|bar|overline|tilde|dot)(?![a-z]) *(?:\{(\w)\}|(\w))")
_ONE = re.compile(r"√?[\w\u0300-\u036f]+|\\[A-Za-z]+")
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\w|\*))")
_SPACE = re.compile(r"\\(?:[,;:! ]|quad\b|qquad\b|left\b|right\b|big\b)|[~&]")
_ACCENTS = {
    "hat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "dot": "\u0307",
}
_SIGNS = {
    "approx": "≈",
    "cdot": "·",
    "cdots": "⋯",
    "circ": "∘",
    "dots": "…",
    "ge": "≥",
    "geq": "≥",
    "in": "∈",
    "infty": "∞",
    "ldots": "…",
    "lVert": "‖",
    "le": "≤",
    "leq": "≤",
    "mid": "|",
    "nabla": "∇",
    "ne": "≠",
    "neq": "≠",
    "partial": "∂",
    "pm": "±",
    "rVert": "‖",
    "rightarrow": "→",
    "sqrt": "√",
    "sum": "∑",
    "times": "×",
    "to": "→",
    "top": "ᵀ",
}
# The signs that can be set higher or lower: no capital letters below, no b, c, d, …
_RAISED = dict(zip("0123456789+-Tikn*ᵀ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀⁱᵏⁿ*ᵀ", strict=True))
_LOWERED = dict(
    zip("0123456789+-aeijkmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑᵢⱼₖₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_UNCLEAR = re.compile(r"[\\{}^_]")


def in_words(tex: str) -> str:
    """Return a formula as one would type it, "…" if it has no such form."""
    text = _SPACE.sub(" ", tex)
    text = _TEXT.sub(r"\1", text)
    text = _ACCENT.sub(_accented, text)
    text = _ROOT.sub(lambda m: f"√{_closed(m[1])}", text)
    text = _FRACTION.sub(_in_line, text)
    text = _COMMAND.sub(lambda m: _sign(m[1]), text)
    text = _SCRIPT.sub(_moved, text)
    text = " ".join(text.replace("'", "′").split())
    return "…" if _UNCLEAR.search(text) else text


def _in_line(match: re.Match[str]) -> str:
    above, below = match[1] or match[3], match[2] or match[4]
    return f"{_closed(above)}/{_closed(below)}"


def _closed(part: str) -> str:
    """Return a part of a fraction or root that is read as one."""
    return part if _ONE.fullmatch(part.strip()) else f"({part})"


def _accented(match: re.Match[str]) -> str:
    letter = match[2] or match[3]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1]])


def _sign(name: str) -> str:
    if name in _SIGNS:
        return _SIGNS[name]
    size = "SMALL" if name.islower() else "CAPITAL"
    name = name.removeprefix("var")  # another form of the same letter
    greek = "LAMDA" if name.lower() == "lambda" else name.upper()
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {greek}")
    except KeyError:
        return name  # log, min


def _moved(match: re.Match[str]) -> str:
    """Return what is raised or lowered with signs of its own, as it is without them."""
    script, letters = match[1], match[2] or match[3] or ""
    moved = _RAISED if script == "^" else _LOWERED
    return "".join(moved.get(letter, match[0]) for letter in letters)
