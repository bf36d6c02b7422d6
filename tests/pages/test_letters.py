"""The fonts of formulas, with the signs that are used and no others."""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

from lessons.pages.publishing.letters import FONTS, trim_fonts
from sandbox import ROOT

PAGE = "<p>Q</p><span class='katex-html'>{}</span>"


def make(site: Path, formula: str) -> list[Path]:
    """Write a site of one page; return its fonts."""
    shutil.copytree(ROOT / "docs/assets/katex/fonts", site / "assets/katex/fonts")
    (site / "index.html").write_text(PAGE.format(formula), encoding="utf-8")
    trim_fonts(site)
    return [site / "assets/katex/fonts" / name for name in FONTS]


def test_what_a_formula_needs_is_left_and_nothing_else(tmp_path: Path) -> None:
    for font in make(tmp_path / "site", "wx<i>+</i>1"):
        known = {chr(code) for code in TTFont(font).getBestCmap()}
        assert known == set("wx+1") & known
        assert "w" in known
    main = tmp_path / "site/assets/katex/fonts/KaTeX_Main-Regular.woff2"
    assert {ord("+"), ord("1")} <= TTFont(main).getBestCmap().keys()
    assert main.stat().st_size < 5000


def test_the_same_formulas_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = make(tmp_path / "one", "wx"), make(tmp_path / "other", "xw")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_without_formulas_the_fonts_stay(tmp_path: Path) -> None:
    for font in make(tmp_path / "site", ""):
        original = ROOT / "docs/assets/katex/fonts" / font.name
        assert font.read_bytes() == original.read_bytes()
