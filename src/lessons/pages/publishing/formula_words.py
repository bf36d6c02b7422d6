"""Formulas as plain text, for places that cannot set them."""

import re
import unicodedata

_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_FRACTION = re.compile(rf"\\[td]?frac{_GROUP}{_GROUP}")
_TEXT = re.compile(rf"\\(?:text|mathrm|mathbf|operatorname|mathit){_GROUP}")
_ACCENT = re.compile(r"\\(hat|bar|tilde|dot) *(?:\{(\w)\}|(\w))")
_SCRIPT = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\w|\*))")
_SPACE = re.compile(r"\\(?:[,;:! ]|quad\b|qquad\b|left\b|right\b|big\b)|[~&]")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
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
    "le": "≤",
    "leq": "≤",
    "mid": "|",
    "nabla": "∇",
    "ne": "≠",
    "neq": "≠",
    "partial": "∂",
    "pm": "±",
    "rightarrow": "→",
    "sqrt": "√",
    "sum": "∑",
    "times": "×",
    "to": "→",
    "top": "ᵀ",
}
_RAISED = str.maketrans("0123456789+-T", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵀ")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_UNCLEAR = re.compile(r"[\\{}^]")


def in_words(tex: str) -> str:
    """Return a formula as one would type it, "…" if it has no such form."""
    text = _SPACE.sub(" ", tex)
    text = _TEXT.sub(r"\1", text)
    text = _FRACTION.sub(lambda m: f"{_closed(m[1])}/{_closed(m[2])}", text)
    text = _ACCENT.sub(_accented, text)
    text = _COMMAND.sub(lambda m: _sign(m[1]), text)
    text = _SCRIPT.sub(_moved, text)
    text = " ".join(text.replace("'", "′").split())
    return "…" if _UNCLEAR.search(text) else text


def _closed(part: str) -> str:
    """Return a part of a fraction that is read as one."""
    return f"({part})" if re.search(r"[-+ ]", part.strip()) else part


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
    script, letters = match[1], match[2] or match[3] or ""
    moved = letters.translate(_RAISED if script == "^" else _LOWERED)
    if moved != letters and not re.search("[A-Za-z]", moved):
        return moved
    return f"_{letters}" if script == "_" else f"^({letters})"
