"""A figure for a phone: as wide as its screen, letters as large, panels rearranged.

As many panels stand beside each other as fit at nearly their own size; a single one is
made higher where its words have no room. What would then still be cut off, letters that
would meet though they did not before, or words that a legend would cover, are a reason
to have no such figure; the page shows the wide one and lets it scroll.
"""

import contextlib
import itertools
from collections.abc import Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.legend import Legend
from matplotlib.text import Text

WIDTH = 3.9  # inches; 374 px, what a phone of 390 px has for a figure
_SHRINK = 0.85  # of its own width, at which a panel may still be drawn
_STRETCHED = (1.25, 1.5, 1.75)  # how much higher for its width than it was
_SLACK = 1.5  # points by which letters may leave the figure, or lines lie on lines
_GAP = 1.0  # points that must be left on both sides of a word
_POINTS = 72  # an inch


@contextlib.contextmanager
def rearranged(figure: Figure) -> Iterator[bool]:
    """Lay a figure out for a narrow screen meanwhile; yield whether it can be read.

    Args:
        figure: It is drawn before that only where something has changed since it was.
    """
    panels = _panels(figure)
    kept = [(axes, axes.get_subplotspec(), axes.get_ylabel()) for axes in panels]
    width, height = figure.get_size_inches()
    dpi, engine = figure.dpi, figure.get_layout_engine()
    if figure.stale:
        figure.draw_without_rendering()
    try:
        figure.dpi = _POINTS
        is_fine = _rearrange(figure, panels)
        figure.set_layout_engine("none")  # it is laid out, which takes long
        yield is_fine
    finally:  # the page may go on to look at it
        figure.dpi = dpi
        if engine:
            figure.set_layout_engine(engine)
        figure.set_size_inches(width, height)
        for axes, spec, label in kept:
            axes.set_subplotspec(spec)  # type: ignore[arg-type]
            axes.set_ylabel(label)
        figure.stale = False


def _rearrange(figure: Figure, panels: list[Axes]) -> bool:
    """Try one arrangement after the other; return whether one can be read."""
    before = _faults(figure)
    sizes = [_size(axes) for axes in panels]
    width, height = figure.get_size_inches()
    for text in _free_texts(figure):
        text.set_wrap(True)
    if len(panels) < 2 or not any(axes.axison for axes in panels):
        for stretch in _STRETCHED:
            share = min(1.0, stretch * WIDTH / width)
            figure.set_size_inches(WIDTH, max(height * share, 1.2))
            figure.draw_without_rendering()
            if _faults(figure) <= before:
                return True
    if len(panels) < 2 or not _are_flat(panels) or _spans_rows(panels):
        return False
    _restack(figure, panels, sizes)
    figure.draw_without_rendering()
    return _faults(figure) <= before


def _are_flat(panels: list[Axes]) -> bool:
    """Whether no panel lies in a grid within a grid."""
    specs = [axes.get_subplotspec() for axes in panels]
    return all(spec and spec.get_topmost_subplotspec() is spec for spec in specs)


def _spans_rows(panels: list[Axes]) -> bool:
    """Whether a panel is as high as several others: they have no order by rows."""
    specs = [spec for axes in panels if (spec := axes.get_subplotspec())]
    return len({len(spec.rowspan) for spec in specs}) > 1


def _panels(figure: Figure) -> list[Axes]:
    """Return the axes that have a place in a grid, in reading order."""
    found = [(spec, axes) for axes in figure.axes if (spec := axes.get_subplotspec())]
    found.sort(key=lambda pair: (pair[0].rowspan.start, pair[0].colspan.start))
    return [axes for _, axes in found]


def _size(axes: Axes) -> tuple[float, float]:
    """Return the size in inches of the part of the grid that a panel has."""
    spec, figure = axes.get_subplotspec(), axes.get_figure(root=True)
    assert spec
    assert figure
    grid = spec.get_gridspec()
    width, height = figure.get_size_inches()
    return (
        width * _share(spec.colspan, grid.get_width_ratios()),
        height * _share(spec.rowspan, grid.get_height_ratios()),
    )


def _share(cells: range, ratios: Any) -> float:
    return float(sum(ratios[cell] for cell in cells) / sum(ratios))


def _restack(
    figure: Figure, panels: list[Axes], sizes: list[tuple[float, float]]
) -> None:
    """Give each panel a new place, row by row."""
    rows = list(_rows([width for width, _ in sizes]))
    heights = [max(sizes[index][1] for index in row) for row in rows]
    figure.set_size_inches(WIDTH, sum(heights))
    grid = GridSpec(len(rows), 1, figure=figure, height_ratios=heights)
    for place, row in enumerate(rows):
        widths = [sizes[index][0] for index in row]
        inner = grid[place].subgridspec(1, len(row), width_ratios=widths)
        for column, index in enumerate(row):
            panels[index].set_subplotspec(inner[column])
        _label(panels[row[0]])


def _rows(widths: list[float]) -> Iterator[list[int]]:
    """Yield the panels of each row in reading order: as many as find room."""
    row: list[int] = []
    for index, width in enumerate(widths):
        if row and _SHRINK * (sum(widths[each] for each in row) + width) > WIDTH:
            yield row
            row = []
        row.append(index)
    yield row


def _label(axes: Axes) -> None:
    """Let the first panel of a row say itself what it shared with one on its left."""
    siblings = axes.get_shared_y_axes().get_siblings(axes)
    if len(siblings) > 1 and axes.axison:
        axes.tick_params(axis="y", labelleft=True)
        if not axes.get_ylabel():
            named = [other.get_ylabel() for other in siblings if other.get_ylabel()]
            axes.set_ylabel(named[0] if named else "")


def _free_texts(figure: Figure) -> Iterator[Text]:
    """Yield the texts that may be broken into lines: titles and labels of axes."""
    yield from figure.texts
    for axes in figure.axes:
        yield axes.title
        yield from (axis.label for axis in (axes.xaxis, axes.yaxis))


def _texts(figure: Figure) -> Iterator[Text]:
    """Yield what is written in a figure and can be seen."""
    hidden = {text for axes in figure.axes for text in _hidden(axes)}
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


def _hidden(axes: Axes) -> Iterator[Text]:
    """Yield what matplotlib keeps for an axis and does not draw."""
    is_on = getattr(axes, "_axis3don", axes.axison)
    for place, name in enumerate("xyz"):
        axis: Axis | None = getattr(axes, f"{name}axis", None)
        if axis is None:
            continue
        scale = axis.get_transform()
        low, high = sorted(scale.transform(axis.get_view_interval()))
        margin = 1e-6 * (high - low)
        labels = [*axis.get_ticklabels(), *axis.get_ticklabels(minor=True)]
        if not (is_on and axes.get_visible() and axis.get_visible()):
            yield from (axis.label, axis.offsetText, *labels)
        elif axes.name == "3d":  # where labels have places of another kind
            yield from labels
        else:
            for label in labels:
                at = scale.transform(label.get_position()[place])
                if not low - margin <= at <= high + margin:
                    yield label


def _faults(figure: Figure) -> int:
    """Return how many texts of a drawn figure are cut off, meet, or are covered."""
    texts = [*_texts(figure)]
    extents = [text.get_window_extent() for text in texts]  # in points
    boxes = [box for box in extents if box.width and box.height]
    legends = [
        (legend.get_window_extent(), {*legend.findobj(Text)})
        for legend in figure.findobj(Legend)
    ]
    frames = [frame for frame, _ in legends]
    frames += [
        frame.get_window_extent() for t in texts if (frame := t.get_bbox_patch())
    ]
    x0, y0, x1, y1 = figure.bbox.padded(_SLACK).extents
    cut = (
        box.x0 < x0 or box.x1 > x1 or box.y0 < y0 or box.y1 > y1
        for box in (*boxes, *frames)
    )
    pairs = itertools.combinations((box.padded(_GAP, -_SLACK) for box in boxes), 2)
    met = (one.overlaps(other) for one, other in pairs)
    covered = (
        text not in own and legend.overlaps(box.padded(-_SLACK))
        for legend, own in legends
        for text, box in zip(texts, extents, strict=True)
    )
    return sum(map(bool, (*cut, *met, *covered)))
