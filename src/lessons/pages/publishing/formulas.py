"""Formulas, set when the site is built: HTML for the eye, MathML for screen readers."""

import functools
import html
import json
import re
from pathlib import Path

from py_mini_racer import MiniRacer

_KATEX = Path(__file__).with_name("katex") / "katex.min.js"
_OPTIONS = {"output": "htmlAndMathml", "throwOnError": False, "strict": "ignore"}
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">'
    r"\\(?P<kind>[(\[])(?P<tex>.*?)\\[)\]]</(?P=tag)>"
    r"(?P<mark>[.,:;?!)]+)?",
    re.DOTALL,
)
_MOST_PARTS = 4  # of a formula that may stay in one line with the mark behind it


def typeset(page: str) -> str:
    """Return the HTML of a page with its formulas set.

    One that KaTeX refuses is left as it is written, in an element `katex-error`.
    """
    return _FORMULA.sub(_set, page)


def _set(match: re.Match[str]) -> str:
    tag, mark = match["tag"], match["mark"] or ""
    formula = _rendered(html.unescape(match["tex"]).strip(), match["kind"] == "[")
    whole = f'<{tag} class="arithmatex">{formula}</{tag}>'
    if mark and formula.count('class="katex-base"') <= _MOST_PARTS:
        return f'<span class="unbroken">{whole}{mark}</span>'  # no line begins with it
    return whole + mark


@functools.cache
def _rendered(tex: str, display: bool) -> str:
    call = [tex, {**_OPTIONS, "displayMode": display}]
    return str(_katex().eval(f"katex.renderToString(...{json.dumps(call)})"))


@functools.cache
def _katex() -> MiniRacer:
    """Return a JavaScript that knows KaTeX, started by the first formula."""
    racer = MiniRacer()
    racer.eval(_KATEX.read_text(encoding="utf-8"))
    return racer
