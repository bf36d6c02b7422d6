"""The palette is measured, not eyeballed; the twins differ in nothing but colours."""

import io
import itertools
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from lessons.pages.running.figures import prepare, to_svg
from lessons.pages.running.style import DARK, LIGHT, SHEET, VOCABULARY, dark

# What carries words and numbers, as opposed to "grid" and "paper".
INKS = ("text", "axis")
# What both palettes are held to. A distance is CIEDE2000, the smallest of normal
# vision, protanopia and deuteranopia; lightness is L* of CIELAB.
LEAST_DISTANCE = 13.0
LEAST_DISTANCE_IN_ONE_PICTURE = 18.0
LEAST_LIGHTNESS_STEP = 4.0
LEAST_CONTRAST = 3.0
LEAST_INK_CONTRAST = 4.5
# Those that often meet in one picture and must stand far apart.
IN_ONE_PICTURE = (
    ("data", "model"),
    ("data", "truth"),
    ("data", "error"),
    ("data", "result"),
    ("model", "truth"),
    ("model", "error"),
    ("model", "result"),
    ("error", "result"),
    ("training", "validation"),
)

STYLE_SHEET = Path(__file__).parents[2] / "docs/assets/css/site.css"
Vector = NDArray[np.float64]

# Linear sRGB to CIE XYZ, D65, and the severity-1.0 matrices of Machado, Oliveira and
# Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency"
# (2009), which act on linear sRGB.
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
SCHEMES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture(scope="module", autouse=True)
def letters() -> Iterator[None]:
    """Bring the letters first: matplotlib remembers where it has not found some."""
    with mpl.rc_context():
        prepare()
        yield


def linear(colour: str) -> Vector:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    low = channels / 12.92
    high = ((channels + 0.055) / 1.055) ** 2.4
    return np.where(channels <= 0.04045, low, high)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    first, second = sorted(float(XYZ[1] @ linear(c)) for c in (one, other))
    return (second + 0.05) / (first + 0.05)


def lab(light: Vector) -> Vector:
    ratio = (XYZ @ np.clip(light, 0, 1)) / XYZ.sum(axis=1)
    f = np.where(
        ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29
    )
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Vector, other: Vector) -> float:
    """Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula" (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    c1, c2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    h1 = np.degrees(np.arctan2(b1, stretch * a1)) % 360
    h2 = np.degrees(np.arctan2(b2, stretch * a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    mean_h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_h - 30))
        + 0.24 * np.cos(np.radians(2 * mean_h))
        + 0.32 * np.cos(np.radians(3 * mean_h + 6))
        - 0.20 * np.cos(np.radians(4 * mean_h - 63))
    )
    spread = np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2)))
    r_t = -np.sin(spread) * 2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    d_l = (l2 - l1) / s_l
    d_c = (c2 - c1) / (1 + 0.045 * mean_c)
    d_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    return float(np.sqrt(d_l**2 + d_c**2 + d_h**2 + r_t * d_c * d_h))


def distance(one: str, other: str) -> float:
    return min(
        ciede2000(lab(matrix @ linear(one)), lab(matrix @ linear(other)))
        for matrix in VISION.values()
    )


@pytest.fixture(scope="module")
def drawn() -> Iterator[str]:
    with plt.style.context(SHEET):
        figure = plt.figure()
        plane, space = figure.add_subplot(121), figure.add_subplot(122, projection="3d")
        for index in range(len(VOCABULARY)):
            plane.plot([0, 1], [0, index], label=f"C{index}", color=f"C{index}")
        plane.legend(title="legend")
        space.set_xlabel("weight $w$")
        text = io.StringIO()
        figure.savefig(text, format="svg")
        plt.close(figure)
        yield text.getvalue()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.0, 2.0), (50, 0.0, 0.0), 2.3669),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0.0), (73, 25.0, -18.0), 27.1492),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_agrees_with_the_published_examples(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(
        expected, abs=1e-4
    )


def test_the_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@SCHEMES
@pytest.mark.parametrize("role", VOCABULARY)
def test_a_colour_stands_out_from_the_page(palette: dict[str, str], role: str) -> None:
    assert contrast(palette[role], palette["paper"]) >= LEAST_CONTRAST


@SCHEMES
def test_a_minimum_stands_out_from_the_bottom_of_a_surface(
    palette: dict[str, str],
) -> None:
    bottom = mpl.colors.to_hex(mpl.colormaps["viridis"](0))
    assert contrast(palette["result"], bottom) >= LEAST_CONTRAST


@SCHEMES
@pytest.mark.parametrize("role", INKS)
def test_words_and_numbers_can_be_read(palette: dict[str, str], role: str) -> None:
    assert contrast(palette[role], palette["paper"]) >= LEAST_INK_CONTRAST


@SCHEMES
def test_no_two_colours_can_be_taken_for_each_other(palette: dict[str, str]) -> None:
    for one, other in itertools.combinations(VOCABULARY, 2):
        assert distance(palette[one], palette[other]) >= LEAST_DISTANCE, (one, other)


@SCHEMES
@pytest.mark.parametrize(("one", "other"), IN_ONE_PICTURE)
def test_those_that_meet_in_one_picture_stand_far_apart(
    palette: dict[str, str], one: str, other: str
) -> None:
    assert distance(palette[one], palette[other]) >= LEAST_DISTANCE_IN_ONE_PICTURE


@SCHEMES
def test_the_colours_differ_in_a_grey_print(palette: dict[str, str]) -> None:
    lightness = sorted(lab(linear(palette[role]))[0] for role in VOCABULARY)
    assert min(np.diff(lightness)) >= LEAST_LIGHTNESS_STEP


def test_both_palettes_have_the_same_roles_and_no_value_twice() -> None:
    assert LIGHT.keys() == DARK.keys() >= {*VOCABULARY, *INKS}
    for palette in (LIGHT, DARK):
        assert len(set(palette.values())) == len(palette)
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in palette.values())


def test_matplotlib_accepts_the_settings_without_a_warning() -> None:
    with plt.style.context(SHEET):
        cycle = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    assert cycle == [LIGHT[role] for role in VOCABULARY]


def test_a_figure_has_no_colour_but_those_of_the_palette(drawn: str) -> None:
    assert set(re.findall("#[0-9a-f]{6}", drawn)) == set(LIGHT.values())


def test_the_dark_twin_differs_in_colours_only(drawn: str) -> None:
    twin = dark(drawn)
    assert set(re.findall("#[0-9a-f]{6}", twin)) == set(DARK.values())
    colour = re.compile("#[0-9a-f]{6}")
    assert colour.sub("", twin) == colour.sub("", drawn)


def test_dark_maps_each_value_once_whatever_its_case() -> None:
    values = " ".join(LIGHT.values())
    assert dark(values) == dark(values.upper()) == " ".join(DARK.values())


def colours(svg: str) -> list[set[str]]:
    """Return the colours that are seen in each image of a figure."""
    found = []
    for encoded in re.findall(r'data:image/png;base64,([^"]+)', svg):
        image = Image.open(io.BytesIO(b64decode(encoded))).convert("RGBA")
        pixels = np.array(image).reshape(-1, 4)
        seen = np.unique(pixels[pixels[:, 3] > 0][:, :3], axis=0)
        found.append({f"#{bytes(colour).hex()}" for colour in seen})
    return found


def test_a_cloud_of_very_many_points_is_dark_as_well() -> None:
    place = np.linspace(0, 1, 1000)
    with plt.style.context(SHEET):
        figure, axes = plt.subplots()
        axes.scatter(place, place, s=4, color="C5", alpha=0.3)
        svg = to_svg(figure, "cloud.svg")
    plt.close(figure)
    assert colours(svg) == [{LIGHT["training"]}]
    assert colours(dark(svg)) == [{DARK["training"]}]


def test_a_picture_stays_as_it_is() -> None:
    with plt.style.context(SHEET):
        figure, axes = plt.subplots()
        axes.imshow([[0, 0.5, 1]], cmap="viridis")
        svg = to_svg(figure, "picture.svg")
    plt.close(figure)
    (picture,) = colours(svg)
    assert len(picture) == 3
    assert colours(dark(svg)) == [picture]


def test_dark_leaves_other_values_alone() -> None:
    other = f"#123456 {LIGHT['data']}0 {LIGHT['data'][1:]} url(#{LIGHT['data'][1:-1]})"
    assert dark(other) == other


@pytest.mark.parametrize(
    ("scheme", "palette"), [("default", LIGHT), ("slate", DARK)], ids=["light", "dark"]
)
def test_the_style_sheet_has_the_same_values(
    scheme: str, palette: dict[str, str]
) -> None:
    rules = re.findall(
        rf'\[data-md-color-scheme="{scheme}"\]\s*\{{([^}}]*)\}}',
        STYLE_SHEET.read_text(encoding="utf-8"),
    )
    found = dict(re.findall(r"--figure-(\w+):\s*(#\w+);", "".join(rules)))
    assert found == palette
