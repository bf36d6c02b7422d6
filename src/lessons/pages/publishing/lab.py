"""A lab: the words as the site's Markdown sets them, the cells as mkdocs-jupyter does.

A notebook's Markdown knows neither the boxes nor the formulas and anchors of the site.
The code and outputs are those of the very notebook that readers take home, so the
search for faults compares that as well with what was run.
"""

import re
from itertools import zip_longest

from lxml import html
from mkdocs.exceptions import PluginError

_CELLS = "//div[contains(@class, '{}')]/pre"
_CLASSES = {"python": "highlight-ipynb", "output": "jp-RenderedText"}
_BLOCK = r'(<div class="language-{}\b.*?<code>)(.*?)(?=</code>)'


def with_cells(words: str, rendered: str) -> str:
    """Return the words of a lab around the cells that mkdocs-jupyter has rendered.

    Raises:
        PluginError: If the notebook has other cells than the page.
    """
    tree = html.fragment_fromstring(rendered, create_parent="div")
    for language, name in _CLASSES.items():
        cells = iter(tree.xpath(_CELLS.format(name)))
        block = re.compile(_BLOCK.format(language), re.DOTALL)
        parts = block.split(words)  # words, opening, code, words, opening, ...
        for index, cell in zip_longest(range(2, len(parts), 3), cells):
            if index is None or cell is None:
                raise PluginError("the notebook of a lab has other cells than its page")
            inner = html.tostring(cell, encoding="unicode", with_tail=False)
            parts[index] = re.sub(r"^<pre[^>]*>|</pre>$", "", inner)
        words = "".join(parts)
    return words
