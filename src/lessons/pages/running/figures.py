"""Figures: what a page has drawn, whether it may be published, and as which files."""

import io
import re
from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from lessons.pages.running.style import SHEET

WEIGHT_LIMIT = 150_000
_MANY_PATHS = 400
_CLIP = re.compile(r"\bp[0-9a-f]{10}\b")


def prepare() -> None:
    """Give this process the look of the site, whatever the user has configured."""
    mpl.use("svg")
    mpl.rcdefaults()
    plt.style.use(SHEET)
    plt.show = lambda *_arguments, **_options: None


def take_open() -> list[Figure]:
    """Return the open figures in the order of their creation and close them."""
    figures = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")
    return figures


def to_svg(figure: Figure, name: str) -> str:
    """Return the figure as SVG, the same bytes in every run.

    Args:
        figure: What to save; its heavy parts become images.
        name: Sets the ids inside, so that two figures on one page do not share any.
    """
    for artist in figure.findobj(_is_heavy):
        artist.set_rasterized(True)
    for axes in figure.axes:
        if axes.images:
            axes.grid(visible=False)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(
            buffer, format="svg", dpi=150, metadata={"Date": None, "Creator": None}
        )
    return _CLIP.sub(_renamed(name), buffer.getvalue())


def _renamed(name: str) -> Callable[[re.Match[str]], str]:
    """Number the clip paths: matplotlib's names depend on where in memory they lie."""
    names: dict[str, str] = {}
    stem = name.removesuffix(".svg")
    return lambda match: names.setdefault(match[0], f"{stem}-clip{len(names)}")


def problems(figure: Figure, svg: str) -> Iterator[str]:
    """Yield why a figure cannot be published."""
    weight = len(svg.encode())
    if weight > WEIGHT_LIMIT:
        yield f"is too heavy: {weight / 1000:.0f} kB, at most {WEIGHT_LIMIT // 1000}"
    for axes in figure.axes:
        yield from (f"has no label on its {name} axis" for name in _unlabelled(axes))
    figure.stale = False  # until something more is drawn into it


def _is_heavy(artist: Artist) -> bool:
    if not isinstance(artist, Collection):
        return False
    if isinstance(artist, Poly3DCollection):
        return True  # has no paths before it is drawn
    offsets = len(artist.get_offsets())  # type: ignore[arg-type]
    return max(offsets, len(artist.get_paths())) > _MANY_PATHS


def _unlabelled(axes: Axes) -> Iterator[str]:
    if not (axes.axison and axes.get_visible()):
        return
    figure = axes.get_figure(root=True)
    shared = {
        "x": figure and figure.get_supxlabel(),
        "y": figure and figure.get_supylabel(),
    }
    for name in ("x", "y", "z"):
        axis: Axis | None = getattr(axes, f"{name}axis", None)
        if axis is None or not axis.get_visible():
            continue
        shown = any(t.get_visible() and t.get_text() for t in axis.get_ticklabels())
        if shown and not axis.get_label_text().strip() and not shared.get(name):
            yield name
