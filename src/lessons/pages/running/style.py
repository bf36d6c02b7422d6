"""The look of figures: one visual vocabulary, drawn once, shown in light and dark.

A figure is drawn with the light colours of `site.mplstyle` and saved as SVG. Every
colour of the vocabulary has a hex value that occurs nowhere else, so the dark twin,
and the version that follows the page through CSS variables, are made from the text.
"""

import io
import re
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

# What each colour means, in the order of matplotlib's cycle C0 to C7.
VOCABULARY: Final = (
    "data",  # C0, marker "o"
    "model",  # C1, solid line
    "truth",  # C2, the exact answer, dashed
    "error",  # C3, gradient and residual as well
    "result",  # C4, a minimum, marker "*"
    "training",  # C5, solid line
    "validation",  # C6, dash-dot line
    "neutral",  # C7, helper lines
)
LIGHT: Final[dict[str, str]] = {
    "data": "#0877ed",
    "model": "#e76b10",
    "truth": "#0a5608",
    "error": "#be1639",
    "result": "#d3038d",
    "training": "#2a1a66",
    "validation": "#006162",
    "neutral": "#8b8378",
    "text": "#2f2a26",
    "axis": "#5d5751",
    "grid": "#e7e1d7",
    "paper": "#fdfbf6",
}
DARK: Final[dict[str, str]] = {
    "data": "#62b8fb",
    "model": "#ee8d19",
    "truth": "#b1f6ae",
    "error": "#b56351",
    "result": "#d3749b",
    "training": "#5883e3",
    "validation": "#a0e0f2",
    "neutral": "#cdc8c3",
    "text": "#e9e4db",
    "axis": "#b5aea3",
    "grid": "#3a3733",
    "paper": "#1b1a18",
}

SHEET: Final = Path(__file__).with_name("site.mplstyle")
LETTERS: Final = Path(__file__).with_name("source-sans-3.ttf")

_ROLES: Final = {value: role for role, value in LIGHT.items()}
_IMAGE: Final = re.compile(r'(?<=data:image/png;base64,)[^"]+')
_LIGHT_VALUE: Final = re.compile(rf"(?:{'|'.join(_ROLES)})(?![0-9a-f])", re.IGNORECASE)


def dark(svg: str) -> str:
    """Return the dark twin of a figure that was drawn with the light colours.

    Args:
        svg: The text of an SVG file; each light value becomes the dark one of its role,
            as does the one colour of an image: a cloud of very many points.
    """
    svg = _IMAGE.sub(lambda match: _dark_image(match[0]), svg)
    return _LIGHT_VALUE.sub(lambda match: DARK[_role(match)], svg)


def _role(match: re.Match[str]) -> str:
    return _ROLES[match[0].lower()]


def _dark_image(encoded: str) -> str:
    pixels = np.array(Image.open(io.BytesIO(b64decode(encoded))).convert("RGBA"))
    seen = pixels[pixels[..., 3] > 0][:, :3]
    colour = f"#{bytes(seen[0]).hex()}" if len(seen) else ""
    if colour not in _ROLES or (seen != seen[0]).any():
        return encoded
    pixels[..., :3] = list(bytes.fromhex(DARK[_ROLES[colour]][1:]))
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png")
    return b64encode(buffer.getvalue()).decode()
