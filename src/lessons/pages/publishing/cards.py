"""The picture that others show for a link to a page: its title on the site's paper.

It is drawn with the site's own letters, needs no network, and is kept by what is on it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as Leaf
from PIL import Image, ImageDraw, ImageFont

from lessons.pages.project import Project
from lessons.pages.publishing.inputs import digest
from lessons.pages.publishing.outline import place_of

WIDTH, HEIGHT = 1200, 630
_SCALE = 2  # drawn larger, for smooth edges
_MARGIN = 84
_PAPER, _INK, _SOFT, _RULE = "#fdfbf6", "#2f2a26", "#5d5751", "#e2dacb"
_DATA, _MODEL = "#0877ed", "#e76b10"
_SERIF, _SANS = "source-serif-4-latin-600-normal", "source-sans-3-latin-400-normal"
_SIZES = (84, 72, 62, 54)  # the largest in which a title leaves room for the rest
_COLOURS = 64


class Card(NamedTuple):
    """What is on a card: the title of a page, its part, the name of the site."""

    title: str
    part: str
    site: str


def url(leaf: Leaf, config: MkDocsConfig) -> str | None:
    """Return where the card of a page is; others need the whole address, or nothing."""
    has_card = config.site_url and _has_letters(Path(config.docs_dir))
    return urljoin(config.site_url or "", _name(leaf)) if has_card else None


def write_cards(nav: Navigation, project: Project, config: MkDocsConfig) -> None:
    """Write the cards of all pages into a site that knows its address."""
    for leaf in nav.pages:
        if url(leaf, config):
            title = leaf.meta.get("title", leaf.title)
            card = Card(title, _part(leaf), config.site_name)
            draw_card(card, project, Path(config.site_dir, _name(leaf)))


def _has_letters(docs: Path) -> bool:
    """Whether there is what titles are written with."""
    return all(_font(docs, name).is_file() for name in (_SERIF, _SANS))


def _part(leaf: Leaf) -> str:
    """Return the part of a page in words, nothing if it is in none."""
    place = place_of(leaf)
    if place is None or leaf.is_homepage:
        return ""
    if not place.number:
        return f"Lab · {place.part}"
    return f"Part {place.number.partition('.')[0]} · {place.part}".removesuffix(" · ")


def _name(leaf: Leaf) -> str:
    return f"assets/cards/{Path(leaf.file.src_uri).with_suffix('.png').as_posix()}"


def draw_card(card: Card, project: Project, target: Path) -> None:
    """Write the card as a PNG file; if there was one with the same words, take that."""
    fonts = [_font(project.docs, name) for name in (_SERIF, _SANS)]
    made_from = [Path(__file__).read_bytes(), *(font.read_bytes() for font in fonts)]
    kept = project.cache / "cards" / f"{digest([*made_from, *card])}.png"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".draft")
        _draw(card, *fonts).save(draft, format="PNG", optimize=True)
        draft.replace(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(kept.read_bytes())


def _font(docs: Path, name: str) -> Path:
    return docs / "assets/fonts" / f"{name}.woff2"


def _draw(card: Card, serif: Path, sans: Path) -> Image.Image:
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _PAPER)
    pen = ImageDraw.Draw(image)
    _draw_motif(pen)
    small = ImageFont.truetype(sans, 34 * _SCALE)
    left, top = _MARGIN * _SCALE, _MARGIN * _SCALE
    pen.text((left, top), card.part, font=small, fill=_SOFT)
    font, lines = _fitted(card.title, serif, (WIDTH - 2 * _MARGIN) * _SCALE)
    for number, line in enumerate(lines):
        place = left, top + (70 + number * 1.16 * font.size / _SCALE) * _SCALE
        pen.text(place, line, font=font, fill=_INK)
    bottom = (HEIGHT - _MARGIN) * _SCALE
    pen.text((left, bottom), card.site, font=small, fill=_SOFT, anchor="ls")
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    return image.quantize(_COLOURS, dither=Image.Dither.NONE)


def _draw_motif(pen: ImageDraw.ImageDraw) -> None:
    """Draw the mark of the site, large: a line, and the points that it goes between."""
    unit, left, top = 13.5 * _SCALE, 810 * _SCALE, 316 * _SCALE

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * unit, top + y * unit

    for x, start, end in ((5.4, 14.2, 18.3), (12.6, 16.6, 12.4), (17, 4.6, 8.8)):
        pen.line([at(x, start), at(x, end)], fill=_RULE, width=round(0.5 * unit))
    ends = at(3, 20.2), at(21, 5.6)
    pen.line(ends, fill=_MODEL, width=round(1.1 * unit))
    for x, y, colour, radius in (
        (3, 20.2, _MODEL, 0.55),
        (21, 5.6, _MODEL, 0.55),
        (5.4, 14.2, _DATA, 1.2),
        (12.6, 16.6, _DATA, 1.2),
        (17, 4.6, _DATA, 1.2),
    ):
        pen.circle(at(x, y), radius * unit, fill=colour)


def _fitted(
    title: str, path: Path, width: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest letters in which a title fits, and its lines in them."""
    for size in _SIZES:
        font = ImageFont.truetype(path, size * _SCALE)
        lines = list(_wrapped(title, font, width))
        if len(lines) * size <= 2 * _SIZES[0]:
            break
    return font, lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line
