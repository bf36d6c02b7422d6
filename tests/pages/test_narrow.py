"""Figures for narrow screens: the same drawing, arranged anew where it can be read."""

import re
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.pages.publishing.build import build
from lessons.pages.running.figures import prepare, to_narrow_svg, to_svg
from lessons.pages.running.narrow import WIDTH, _texts, rearranged
from sandbox import FIGURE, Sandbox


@pytest.fixture(autouse=True)
def look() -> Iterator[None]:
    with mpl.rc_context():
        prepare()
        yield
    plt.close("all")


def places(figure: Figure) -> list[tuple[int, int]]:
    """Return row and column of each panel, as they are seen."""
    figure.draw_without_rendering()
    boxes = [axes.get_position() for axes in figure.axes]
    rows = sorted({round(box.y0, 1) for box in boxes}, reverse=True)
    lefts = sorted({round(box.x0, 1) for box in boxes})
    return [(rows.index(round(b.y0, 1)), lefts.index(round(b.x0, 1))) for b in boxes]


def draw(axes: Axes) -> None:
    axes.plot([0, 1], [0, 1])
    axes.set_xlabel("input $x$")


def size(svg: str) -> float:
    (width,) = re.findall(r'<svg[^>]* width="([\d.]+)pt"', svg)
    return float(width) / 72


def test_a_figure_is_as_wide_as_a_phone_and_its_letters_as_large_as_before() -> None:
    figure, axes = plt.subplots()
    draw(axes)
    narrow = to_narrow_svg(figure, "a.svg")
    assert size(narrow) == pytest.approx(WIDTH)
    assert 'xlink:href="#SourceSans3' in narrow
    assert "DejaVu" not in narrow
    scale = r'<g [^>]*transform="[^"]*scale\(([\d.]+)'
    assert set(re.findall(scale, narrow)) == set(re.findall(scale, to_svg(figure, "a")))


def test_plots_beside_each_other_come_below_each_other() -> None:
    figure, axes = plt.subplots(1, 2, sharey=True)
    for each in axes:
        draw(each)
    axes[0].set_ylabel("output $y$")
    with rearranged(figure) as is_fine:
        assert is_fine
        assert places(figure) == [(0, 0), (1, 0)]
        assert axes[1].get_ylabel() == "output $y$"
        figure.draw_without_rendering()
        assert any(label.get_visible() for label in axes[1].get_yticklabels())
    assert not figure.stale
    assert places(figure) == [(0, 0), (0, 1)]
    assert axes[1].get_ylabel() == ""
    assert figure.get_figwidth() == 6.4


def test_the_panels_of_a_grid_keep_their_order() -> None:
    figure, axes = plt.subplots(2, 3)
    for each in axes.flat:
        draw(each)
    with rearranged(figure) as is_fine:
        assert is_fine
        assert places(figure) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]


def test_panels_without_an_order_by_rows_stay_where_they_are() -> None:
    figure, axes = plt.subplot_mosaic([["high", "one"], ["high", "two"]])
    for each in axes.values():
        draw(each)
    with rearranged(figure) as is_fine:
        assert not is_fine


def test_drawings_without_axes_stay_beside_each_other() -> None:
    figure, axes = plt.subplots(1, 3)
    for each in axes:
        each.imshow([[0, 1]])
        each.set_axis_off()
    with rearranged(figure) as is_fine:
        assert is_fine
        assert places(figure) == [(0, 0), (0, 1), (0, 2)]


def test_a_figure_is_made_higher_where_words_would_meet() -> None:
    figure, axes = plt.subplots(figsize=(6.4, 3.6))
    draw(axes)
    for y in (0.5, 0.575):
        axes.text(0.1, y, "words")
    with rearranged(figure) as is_fine:
        assert is_fine
        assert figure.get_figheight() > 1.25 * WIDTH / 6.4 * 3.6 + 0.1
    assert figure.get_figheight() == 3.6


@pytest.mark.parametrize(
    "places_of_words",
    [[(0.75, 0.5)], [(0.0, 0.5), (0.3, 0.5)]],
    ids=["cut off", "on each other"],
)
def test_what_could_not_be_read_is_not_drawn(
    places_of_words: list[tuple[float, float]],
) -> None:
    figure, axes = plt.subplots()
    draw(axes)
    for x, y in places_of_words:
        axes.text(x, y, "eighteen letters  .").set_in_layout(False)
    assert to_narrow_svg(figure, "a.svg") == ""


@pytest.mark.parametrize("projection", ["log", "3d"])
def test_ticks_that_are_not_drawn_are_not_words(projection: str) -> None:
    figure = plt.figure()
    if projection == "3d":
        axes = figure.add_subplot(projection="3d")
        axes.set(zlim=(0, 105), zlabel="height")
    else:
        axes = figure.add_subplot()
        axes.loglog([1e-9, 1], [1e-8, 100])
    draw(axes)
    figure.draw_without_rendering()
    axis = axes.zaxis if projection == "3d" else axes.xaxis
    kept = {label.get_text() for label in axis.get_ticklabels()}
    seen = {text.get_text() for text in _texts(figure)}
    assert kept - seen, "a tick beyond the end of the axis"
    assert axis.label.get_text() in seen


def test_a_frame_that_would_be_cut_off_is_not_drawn() -> None:
    for pad, is_cut in ((0.5, False), (4, True)):
        figure, axes = plt.subplots()
        draw(axes)
        frame = {"boxstyle": f"round,pad={pad}"}
        axes.text(0.8, 0.5, "words", bbox=frame).set_in_layout(False)
        assert (to_narrow_svg(figure, "a.svg") == "") == is_cut


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_a_legend_that_would_be_cut_off_is_not_drawn() -> None:
    figure, axes = plt.subplots()
    for rate in ("rate 1.5", "rate 0.1"):
        axes.plot([0, 1], [0, 1], label=f"a line of the {rate}")
    axes.set_xlabel("input $x$")
    axes.legend(ncols=2, loc="upper right", handlelength=6)
    assert to_narrow_svg(figure, "a.svg") == ""


@pytest.mark.parametrize(("x", "is_covered"), [(0.0, False), (0.3, True)])
def test_a_legend_that_would_cover_a_word_is_not_drawn(
    x: float, is_covered: bool
) -> None:
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 1], label="a line of twenty-five letters")
    axes.set_xlabel("input $x$")
    axes.legend(loc="upper right")
    axes.text(x, 0.97, "words")
    assert (to_narrow_svg(figure, "a.svg") == "") == is_covered


def test_a_build_draws_both_and_a_page_shows_what_fits(sandbox: Sandbox) -> None:
    sandbox.write(f"# A\n\n{FIGURE}")
    assert build(sandbox.project) == 0
    made = sandbox.project.made / "part/figures"
    assert sorted(path.name for path in made.iterdir()) == [
        "page-line.dark.svg",
        "page-line.narrow.dark.svg",
        "page-line.narrow.svg",
        "page-line.svg",
    ]
