"""What the search looks through, and which sections it finds for what people ask."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from py_mini_racer import MiniRacer

from counts import count
from lessons.pages.publishing.formula_words import in_words
from lessons.pages.publishing.search import INDEX, index_script, read, synonyms
from sandbox import ROOT

CONTENT = """\
<h1 id="rates">Rates</h1>
<p>Before all else.</p>
<h2 id="step">The step<a class="headerlink" href="#step" title="Permanent link">¶</a>
</h2>
<p>A <strong><a href="../glossary/#rate">learning rate</a></strong>
of <code>0.1</code>,
that is <span class="arithmatex">\\(\\eta = \\tfrac{1}{10}\\)</span> or
<span class="arithmatex"><span class="katex"><math><semantics><mi>w</mi>
<annotation encoding="application/x-tex">\\hat y_1</annotation></semantics></math>
<span class="katex-html">y^1</span></span></span>.</p>
<div class="arithmatex">\\[\\begin{aligned}a &amp;= b\\end{aligned}\\]</div>
<div class="language-python highlight"><pre><span></span><code>
<span class="n">rate</span>
</code></pre></div>
<table><tr><td><code>lr</code></td><td><code>0.1</code></td></tr></table>
<details class="note"><summary>Run it</summary>
<div class="language-output highlight"><pre><code>ValueError: 7 is too large
</code></pre></div><p>Too large.</p></details>
<h2 id="exercises">Exercises</h2>
<h3 id="exercise-1">1. By hand</h3>
<ul><!-- a comment --><li>one</li><li>two</li></ul>
<h2 id="empty">Empty</h2>
"""


def test_a_page_is_read_section_by_section() -> None:
    top, step, exercise = read(CONTENT, "Rates")
    assert (top.anchor, top.title, top.text) == ("", "Rates", ["Before all else."])
    assert (step.anchor, step.title, step.weight) == ("step", "The step", 1)
    assert step.terms == ["learning rate", "lr"]
    assert step.text == [
        "A learning rate of 0.1, that is η = 1/10 or ŷ₁.",
        "lr",
        "0.1",
        "Run it",
        "Too large.",
    ]
    assert step.code == ["rate"]
    assert step.output == ["ValueError: 7 is too large"]
    assert (exercise.anchor, exercise.text) == ("exercise-1", ["one", "two"])
    assert exercise.weight < 1


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"w = -4", "w = -4"),
        (r"\frac{\partial f}{\partial u} = v + 2u", "(∂ f)/(∂ u) = v + 2u"),
        (r"s = a_0^2 + x_{ij}^T", "s = a₀² + xᵢⱼᵀ"),
        (r"\lambda \le \Sigma_i + \varepsilon", "λ ≤ Σᵢ + ε"),
        (r"10^{20} \text{ metres}", "10²⁰ metres"),
        (r"w_{k+1} - w^*, \dots", "wₖ₊₁ - w*, …"),
        (r"2/c_{\text{max}} = \tfrac12", "2/cₘₐₓ = 1/2"),
        (r"\lVert v \rVert = \sqrt{v^\top v}", "‖ v ‖ = √(vᵀ v)"),
        (r"\frac{1}{2\sqrt{\bar x}}", "1/(2√x̄)"),
        (r"R^2 = 1 - SS_{RES}", "…"),
        (r"(x_1, \dots, x_N)", "…"),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", "…"),
    ],
)
def test_a_formula_is_typed_as_one_would(tex: str, words: str) -> None:
    assert in_words(tex) == words


def site_page(url: str, content: str) -> Any:
    file = SimpleNamespace(src_uri=f"{url}index.md")
    return SimpleNamespace(
        url=url, title="Rates", parent=None, content=content, file=file
    )


def index_of(script: str) -> dict[str, Any]:
    return dict(json.loads(script.removeprefix("searchIndex=")))


def test_what_only_lists_or_repeats_comes_after_what_teaches() -> None:
    page, reference = site_page("a/", CONTENT), site_page("reference/a/", CONTENT)
    index = index_of(index_script([page, reference], {"x": ["y"]}))
    weights = [section[3] for section in index["sections"]]
    assert weights[0] == weights[1] > weights[2] > weights[5] > 0
    assert weights[3] < weights[0]
    assert index["pages"] == [["a/", "Rates", ""], ["reference/a/", "Rates", ""]]
    assert index["synonyms"] == {"x": ["y"]}


SCRIPTS = (
    "assets/minisearch/minisearch.min.js",
    *(
        f"assets/javascripts/search/{name}.js"
        for name in ("words", "ranking", "excerpt", "find")
    ),
)


class Finder:
    """The search of a site, without a browser."""

    def __init__(self, index: str) -> None:
        self._racer = MiniRacer()
        for name in SCRIPTS:
            self._racer.eval((ROOT / "docs" / name).read_text(encoding="utf-8"))
        self._racer.eval(index)
        self._racer.eval("const find = Search.finder(searchIndex)")

    def close(self) -> None:
        """End its threads, on which Python might wait forever at its end."""
        self._racer.close()

    def sections(self, query: str) -> list[dict[str, Any]]:
        """Return the sections that are shown for a query, in their order."""
        call = f"JSON.stringify(find({json.dumps(query)}))"
        pages = json.loads(str(self._racer.eval(call)))
        return [section for page in pages for section in page["sections"]]


@pytest.fixture(scope="session")
def finder(site: Path) -> Iterator[Finder]:
    finder = Finder((site / INDEX).read_text(encoding="utf-8"))
    yield finder
    finder.close()


# What people ask, and the sections of which one has to be among the first three.
QUERIES = {
    # names
    "view": "tensors/shapes/#view",
    "requires_grad": "tensors/derivatives/#autograd tensors/derivatives/#attributes",
    "R squared": "linear-regression/residuals/#r-squared",
    "zero_grad": "tensors/graph/#accumulate linear-regression/slope/#zero-grad "
    "linear-regression/learning-rates/#optimizer pytorch-way/optimizers/#order",
    "broadcasting": "tensors/operations/#broadcasting",
    "nn.Linear": "linear-regression/prediction/#nn-linear",
    "loss.backward": (
        "linear-regression/slope/#loop linear-regression/training/#loop "
        "pytorch-way/optimizers/#meet"
    ),
    "clip_grad_norm_": "linear-regression/clipping/#clipping",
    "numpy shared memory": "tensors/sharing/#copy-or-share",
    # questions
    "learning rate too high": "linear-regression/gradient-descent/#divergence",
    "loss is nan": "linear-regression/gradient-descent/#divergence",
    "grad is None": (
        "tensors/derivatives/#what-goes-wrong tensors/derivatives/#attributes"
    ),
    "why is my loss nan": "linear-regression/gradient-descent/#divergence",
    "how do I save a model": "linear-regression/state-dict/#save-and-load",
    "when should I stop training": (
        "linear-regression/watching-training/#early-stopping"
    ),
    "exploding gradients": (
        "linear-regression/clipping/#depth linear-regression/clipping/#clipping-limits "
        "networks/depth/#sizes"
    ),
    "what does keepdim do": "tensors/reductions/#keepdim",
    "why do gradients add up": "tensors/graph/#accumulate",
    "view vs reshape": "tensors/shapes/#view",
    "DataLoader shuffle": "pytorch-way/data-loaders/#shuffle pytorch-way/data-loaders/",
    "num_workers": (
        "pytorch-way/workers/#num-workers pytorch-way/workers/#starting-cost"
    ),
    "collate_fn": "pytorch-way/workers/#collate",
    "batch size": (
        "pytorch-way/mini-batches/#rate pytorch-way/mini-batches/ "
        "pytorch-way/mini-batches/#convergence"
    ),
    "nesterov": "pytorch-way/momentum/#nesterov",
    "param_groups": "pytorch-way/optimizers/#groups pytorch-way/optimizers/#state",
    "data leakage": "pytorch-way/splits/#before-splitting pytorch-way/splits/#groups",
    "resume training": (
        "pytorch-way/checkpoints/#one-file pytorch-way/checkpoints/ "
        "pytorch-way/checkpoints/#leave-out"
    ),
    "multicollinearity": "multiple-regression/planes/#twins",
    "many outputs loss": (
        "multiple-regression/training-outputs/ "
        "multiple-regression/training-outputs/#per-output"
    ),
    "one-hot": (
        "multiple-regression/ten-scores/#one-hot "
        "classification/more-classes/#one-against-all"
    ),
    "confusion matrix": (
        "classification/thresholds/#confusion classification/digit-reader/#confusion"
    ),
    "decision boundary": "classification/linear-classifiers/#line",
    "linearly separable": "classification/linear-classifiers/#separable",
    "sigmoid": "classification/sigmoid/#formula",
    "logit": "classification/sigmoid/#odds classification/training-classifiers/#logits",
    "maximum likelihood": "classification/maximum-likelihood/",
    "vanishing gradient": "classification/cross-entropy/#squared",
    "BCEWithLogitsLoss": "classification/training-classifiers/#logits",
    "CrossEntropyLoss": "classification/softmax/#cross-entropy",
    "softmax dim": "classification/softmax/#axis classification/softmax/#twice",
    "multi-label": "classification/more-classes/#tasks",
    "relu": "networks/bent-lines/#relu",
    "hidden layer": "networks/layers/#matrices networks/bent-lines/#network",
    "dropout": "networks/regularisation/#dropout",
    "weight decay": "networks/regularisation/#weight-decay pytorch-way/adam/#decay",
    "backpropagation": "networks/backpropagation/ networks/backpropagation/#by-hand",
    "overfitting": (
        "networks/overfitting/#early-stopping networks/overfitting/ "
        "linear-regression/watching-training/#early-stopping"
    ),
    "convolution": "networks/convolution/ networks/convolution/#kernel",
    "precision recall": "networks/judging/#precision-recall",
    "ROC curve": "networks/judging/#roc",
    "DistributedDataParallel": "networks/machines/#ddp networks/machines/",
    "torch.compile": "networks/devices/#compile",
    "register_buffer": "networks/modules/#buffers",
    "forward hook": "networks/modules/#hooks",
    "kaiming": "networks/depth/#kaiming",
    "leaky relu": "networks/activations/#gallery",
    # error messages, with other numbers than on the pages
    "RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x10 and 5x1)": (
        "linear-regression/prediction/#errors tensors/two-dimensional/#matmul"
    ),
    "RuntimeError: The size of tensor a (7) must match the size of tensor b (9) at "
    "non-singleton dimension 2": "tensors/operations/#mismatch",
    "RuntimeError: a leaf Variable that requires grad is being used in an in-place "
    "operation.": "tensors/operations/#autograd",
    "RuntimeError: Trying to backward through the graph a second time (or directly "
    "access saved tensors after they have already been freed).": (
        "tensors/graph/#what-goes-wrong"
    ),
    "RuntimeError: shape '[8, -1]' is invalid for input of size 30": (
        "tensors/shapes/#reshape"
    ),
    "UserWarning: Using a target size (torch.Size([64])) that is different to the "
    "input size (torch.Size([64, 1]))": (
        "linear-regression/training/#shapes networks/from-scratch/#missing-axis"
    ),
    "stack expects each tensor to be equal size, but got [3, 224, 224] at entry 0 and "
    "[3, 180, 180] at entry 1": "tensors/batches/#stack",
    "a Tensor with 10 elements cannot be converted to Scalar": (
        "tensors/reductions/#item"
    ),
    "index 12 is out of bounds for dimension 0 with size 12": (
        "tensors/one-dimensional/#indexing tensors/two-dimensional/#indexing"
    ),
    "IndexError: Target 12 is out of bounds.": "classification/softmax/#errors",
    "RuntimeError: all elements of input should be between 0 and 1": (
        "classification/training-classifiers/#failures"
    ),
    # other words
    "step size": (
        "linear-regression/gradient-descent/#update-rule "
        "linear-regression/gradient-descent/#learning-rate "
        "linear-regression/learning-rates/"
    ),
    "learning rate": (
        "linear-regression/gradient-descent/#update-rule "
        "linear-regression/learning-rates/"
    ),
    "independent variable": "tensors/two-dimensional/#features",
    "normal equation": "linear-regression/least-squares/#multiple",
    "coefficient of determination": "linear-regression/residuals/#r-squared",
    "feature scaling": "linear-regression/good-practice/#standardise",
    "inner product": "tensors/vectors/#dot-product",
    "minibatch": "tensors/batches/ tensors/batches/#batch",
    # slips of the pen
    "gradeint desent": "linear-regression/gradient-descent/",
    "broadcsting": "tensors/operations/#broadcasting",
    "requries_grad": "tensors/derivatives/#autograd tensors/derivatives/#attributes",
    "standarise": "linear-regression/good-practice/#standardise",
    "tranpose": "tensors/shapes/#transpose",
    "early stoping": "linear-regression/watching-training/#early-stopping",
    "cross entrpy": "classification/cross-entropy/#formula",
    "dervative": "tensors/derivatives/#slope linear-regression/loss/#derivative",
}


@pytest.mark.parametrize("query", QUERIES)
def test_the_right_section_is_among_the_first_three(
    finder: Finder, query: str, pytestconfig: pytest.Config
) -> None:
    found = [section["address"] for section in finder.sections(query)[:3]]
    assert set(found) & set(QUERIES[query].split()), found
    count(pytestconfig, "queries")


# What is asked when something is wrong, and the section that has to be the first.
TROUBLE = {
    "learning rate too high": "linear-regression/gradient-descent/#divergence",
    "my learning rate is too big": "linear-regression/gradient-descent/#divergence",
    "loss is nan": (  # too large a step, or a gap in a table
        "linear-regression/gradient-descent/#divergence "
        "linear-regression/residuals/#own-data"
    ),
}


@pytest.mark.parametrize("query", TROUBLE)
def test_what_is_wrong_is_said_first(finder: Finder, query: str) -> None:
    assert finder.sections(query)[0]["address"] in TROUBLE[query].split()


def test_excerpts_are_clean_and_show_what_was_sought(finder: Finder) -> None:
    for query in QUERIES:
        for section in finder.sections(query)[:3]:
            text = "".join(run[0] for run in section["runs"])
            assert 0 < len(text) < 200
            if not section["isCode"]:
                assert not re.search(r"[\\^]|\b\w_\w\b", text)


def test_each_word_of_the_index_is_as_it_is_read(site: Path) -> None:
    """TeX and computed numbers would be visible in an excerpt."""
    index = index_of((site / INDEX).read_text(encoding="utf-8"))
    words = "\n".join(
        f"{title}\n{text}" for _, _, title, _, _, text, *_ in index["sections"]
    )
    for mark in ("\\(", "\\frac", "\\hat", "{=", "{.", "--8<--"):
        assert mark not in words, words[words.index(mark) - 80 :][:200]


def test_other_names_are_of_words_that_the_site_uses(site: Path) -> None:
    index = index_of((site / INDEX).read_text(encoding="utf-8"))
    words = json.dumps(index["sections"], ensure_ascii=False).lower()
    assert [term for term in synonyms(ROOT / "docs") if term.lower() not in words] == []
