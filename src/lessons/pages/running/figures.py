"""Figures: what a page has drawn, whether it may be published, and as which files."""

import contextlib
import io
import re
from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry
from mpl_toolkits.mplot3d.art3d import Poly3DCollection

from lessons.pages.reading.pictures import narrow_name
from lessons.pages.running import narrow
from lessons.pages.running.style import LETTERS, SHEET

WEIGHT_LIMIT = 150_000
_MANY_PATHS = 400
_CLIP = re.compile(r"\bp[0-9a-f]{10}\b")


def prepare() -> None:
    """Give this process the look of the site, whatever the user has configured."""
    mpl.use("svg")
    mpl.rcdefaults()
    plt.style.use(SHEET)
    _bring_letters()
    plt.show = lambda *_arguments, **_options: None


def warm_up() -> None:
    """Draw once what matplotlib prepares for its first figure: letters and formulas."""
    prepare()
    figure, axes = plt.subplots(figsize=(1, 1))
    axes.set_title(r"$\frac{a}{2}$")
    to_svg(figure, "warm-up.svg")
    plt.close(figure)


def _bring_letters() -> None:
    """Tell matplotlib of the letters of the site, under the name that they have there.

    The file, a subset, calls itself by another.
    """
    entry = FontEntry(str(LETTERS), 0, "Source Sans 3", weight=400, size="scalable")
    font_manager.fontManager.ttflist.append(entry)


def take_open() -> list[Figure]:
    """Return the open figures in the order of their creation and close them."""
    figures = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")  # leaves them with a canvas that measures letters in pixels
    for figure in figures:
        FigureCanvasSVG(figure)
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
    with _laid_out(figure), mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(
            buffer, format="svg", dpi=150, metadata={"Date": None, "Creator": None}
        )
    return _CLIP.sub(_renamed(name), buffer.getvalue())


@contextlib.contextmanager
def _laid_out(figure: Figure) -> Iterator[None]:
    """Lay a figure out once; matplotlib would draw it in full to do so."""
    engine = figure.get_layout_engine()
    if engine:
        engine.execute(figure)
    with mpl.rc_context(
        {"figure.autolayout": False, "figure.constrained_layout.use": False}
    ):
        figure.set_layout_engine(None)  # what the settings say
    try:
        yield
    finally:
        if engine:
            figure.set_layout_engine(engine)


def to_narrow_svg(figure: Figure, name: str) -> str:
    """Return the figure for a narrow screen, nothing if it could not be read there."""
    with narrow.rearranged(figure) as is_fine:
        svg = to_svg(figure, narrow_name(name)) if is_fine else ""
    return svg if len(svg.encode()) <= WEIGHT_LIMIT else ""


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
