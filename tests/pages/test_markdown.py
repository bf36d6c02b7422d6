from lxml.html import fragment_fromstring

from sandbox import Sandbox


def rendered(sandbox: Sandbox, text: str) -> str:
    return str(sandbox.project.markdown().convert(text))


def test_an_include_is_expanded_without_its_long_docstring(sandbox: Sandbox) -> None:
    html = rendered(sandbox, '```python\n--8<-- "part/lesson.py:double"\n```\n')
    assert "Return twice" in html
    assert "Args" not in html


def test_a_block_keeps_its_class(sandbox: Sandbox) -> None:
    for kind in (
        "raises",
        "warns",
        "draw",
        "shown",
        "stub",
        "check",
        "wrong",
        "solution",
    ):
        html = rendered(sandbox, f'```python {{.{kind} title="x"}}\nx\n```\n')
        assert f'class="language-python {kind} highlight"' in html


def test_the_expression_of_a_number_is_dropped(sandbox: Sandbox) -> None:
    text = 'It is 0.5{= f"{x:.1f}" }, `(2, 3)`{= tuple(x) }, $a = 2{= 1 + 1 }$.'
    html = rendered(sandbox, text)
    assert "It is 0.5, <code>(2, 3)</code>" in html
    assert "a = 2" in html
    assert "{=" not in html


def test_an_expression_in_code_stays(sandbox: Sandbox) -> None:
    html = rendered(sandbox, "```text\n0.5{= x }\n```\n")
    assert "0.5{= x }" in html


def test_a_figure_becomes_a_pair(sandbox: Sandbox) -> None:
    html = rendered(sandbox, "![to 2{= x }](figures/page-a.svg)")
    assert 'alt="to 2" src="figures/page-a.svg#only-light"' in html
    assert 'alt="to 2" src="figures/page-a.dark.svg#only-dark"' in html


def test_other_images_stay_single(sandbox: Sandbox) -> None:
    html = rendered(sandbox, "![a](../assets/logo.svg)")
    assert html.count("<img") == 1


def test_the_options_of_a_prediction_are_sorted_and_as_written(
    sandbox: Sandbox,
) -> None:
    box = '??? predict "Is `a < b`?"\n\n    `x < "y" & z`{= 1 }\n\n'
    box += "    - `&lt;`: no.\n    - `a[0]`: no.\n"
    html = rendered(sandbox, f"{box}\n{box}")
    tree = fragment_fromstring(html, create_parent="div")
    forms = tree.findall(".//form")
    assert [form.get("id") for form in forms] == ["predict-is-a-b", "predict-is-a-b-2"]
    for form in forms:
        values = [radio.get("value") for radio in form.iter("input")]
        assert values == ["&lt;", "a[0]", 'x < "y" & z']
        assert [code.text for code in form.iter("code")] == ["a < b", *values]
        assert form.getnext().get("class") == "predict"


def test_a_number_may_be_one_of_several_options(sandbox: Sandbox) -> None:
    box = '??? predict "How many?"\n\n    1{= 1 }\n\n    - `10`: no.\n'
    tree = fragment_fromstring(rendered(sandbox, box), create_parent="div")
    assert [radio.get("value") for radio in tree.iter("input")] == ["1", "10"]
    assert [label.text_content() for label in tree.iter("label")] == ["1", "10"]
