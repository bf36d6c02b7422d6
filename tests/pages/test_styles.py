"""The style sheets are published as one, without comments, and mean the same."""

from pathlib import Path

from lessons.pages.publishing.styles import (
    SHEET,
    style_sheet,
    trimmed,
    without_switching,
)
from sandbox import ROOT

SHEETS = ROOT / "docs/assets/css"


def test_comments_and_indentation_are_left_out() -> None:
    text = (
        "/* Why,\n   and how. */\na {\n  color: red; /* not blue */\n\n"
        '  content: "a  b";\n}\n'
    )
    once = trimmed(text)
    assert once == 'a {\ncolor: red;\ncontent: "a  b";\n}\n'
    assert trimmed(once) == once


def test_every_sheet_of_the_pages_is_in_the_one_that_they_ask_for(site: Path) -> None:
    published = (site / SHEET).read_text(encoding="utf-8")
    assert published == style_sheet(ROOT / "docs")
    for path in SHEETS.glob("*.css"):
        rules = trimmed(path.read_text(encoding="utf-8"))
        assert (rules in published) == (path.stem != "pdf"), path.name
        assert (site / "assets/css" / path.name).exists() == (path.stem == "pdf")


def test_the_rule_for_every_element_is_left_out() -> None:
    rule = "[data-md-color-switching] *,[data-md-color-switching] :after{a:b!important}"
    kept = "[data-md-color-scheme=slate]{c:d}@media screen{e{f:g}}"
    assert without_switching(f"x{{y:z}}{rule}{kept}") == f"x{{y:z}}{kept}"


def test_the_palette_of_the_site_has_its_colours_only(site: Path) -> None:
    (palette,) = site.glob("assets/stylesheets/palette.*.css")
    text = palette.read_text(encoding="utf-8")
    assert "[data-md-color-scheme=slate]{" in text
    assert "switching" not in text
