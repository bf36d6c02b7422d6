"""The words of a lab around the cells that mkdocs-jupyter has rendered."""

import pytest
from mkdocs.exceptions import PluginError

from lessons.pages.publishing.lab import with_cells

WORDS = """\
<p>Try.</p>
<div class="language-python highlight">
<pre><span></span><code>old</code></pre></div>
<details class="question"><summary>So?</summary>
<div class="language-output highlight"><pre><code>1
</code></pre></div></details>
<div class="language-bash highlight"><pre><code>ls</code></pre></div>
<div class="language-python wrong highlight"><pre><code>old</code></pre></div>
<p>Go on &amp; on.</p>
"""
INPUT = '<div class="highlight-ipynb"><pre><span class="n">{}</span>\n</pre></div>'
OUTPUT = '<div class="jp-RenderedText jp-OutputArea-output"><pre>{}\n</pre></div>'


def test_code_and_outputs_are_those_of_the_notebook() -> None:
    rendered = INPUT.format("a") + OUTPUT.format("1 &lt; 2") + INPUT.format("b")
    lab = with_cells(WORDS, f"<style>p {{}}</style><div>{rendered}</div>")
    expected = WORDS.replace(">old<", '><span class="n">a</span>\n<', 1)
    expected = expected.replace(">old<", '><span class="n">b</span>\n<')
    assert lab == expected.replace("<code>1\n", "<code>1 &lt; 2\n")


@pytest.mark.parametrize(
    "rendered",
    [
        INPUT.format("a") + OUTPUT.format("1"),
        INPUT.format("a") + INPUT.format("b"),
        INPUT.format("a") * 3 + OUTPUT.format("1"),
        INPUT.format("a") * 2 + OUTPUT.format("1") * 2,
    ],
)
def test_a_notebook_with_other_cells_is_refused(rendered: str) -> None:
    with pytest.raises(PluginError, match="other cells than its page"):
        with_cells(WORDS, rendered)
