"""What the code of a page may not say: read from its syntax tree, nothing is run."""

import ast
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.objects import imported, parse
from lessons.pages.reading.steps import Block

USUAL = (
    *("matplotlib", "mpl_toolkits", "numpy", "pandas", "PIL", "sklearn"),
    *("tensorboard", "torch", "torchvision"),
)
_ANNOTATION = re.compile(r"#\s*\(\d+\)!?\s*$", re.MULTILINE)
_COLOUR = re.compile(r"\w*colors?|c|[em]?c|m?[ef]c")
_NAMELESS = re.compile(r"|C\d|none|face|auto|inherit|[01]|[01]?\.\d*")
_FORMAT = re.compile(r"(?=.*[bgrcmykw])[bgrcmykw.,ov^<>1-8spP*hH+xXDd|_:-]+")
_FORMATTED = ("plot", "step", "errorbar", "semilogx", "semilogy", "loglog")
_SAVING = ("savefig", "imsave")


def look_at(block: Block) -> tuple[set[str], list[Problem]]:
    """Return the modules that a block imports, and what its code may not say."""
    try:
        with warnings.catch_warnings(action="error"):  # such as an invalid escape
            tree = parse(block.source.text, block.source.filename)
    except (SyntaxError, ValueError) as error:
        line = block.source.line(getattr(error, "lineno", None) or 1)
        reason = getattr(error, "msg", error)
        return set(), [Problem(line, f"not Python: {reason}")]
    imports = {(line, module) for line, module, _ in imported(tree)}
    found = [*_whole(block), *_foreign(imports), *_drawing(tree)]
    inline = block.source.line if not block.is_included else lambda _: block.line
    places = ((inline(n) if n else block.line, reason) for n, reason in found)
    problems = [Problem(line, reason) for line, reason in places]
    return {module for _, module in imports}, problems


def _whole(block: Block) -> Iterator[tuple[int, str]]:
    if _ANNOTATION.search(block.source.text):
        yield 0, "a raw code annotation would be copied; remove it"
    if block.facts.expects and not is_indentable(block):
        yield 0, "a text over several lines would change when the program catches it"


def _foreign(imports: set[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for line, module in sorted(imports):
        package = module.partition(".")[0]
        if package == "lessons":
            yield line, "a page never imports lessons: show the object with an include"
        elif package not in sys.stdlib_module_names and package not in USUAL:
            yield line, f"{module} is not among what a reader has: {', '.join(USUAL)}"


def _drawing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in _SAVING:
            reason = "the build saves each figure under the name of its image"
            yield call.lineno, f"no {name}: {reason}"
        for colour in _named_colours(name, call):
            reason = f'a colour by name, "{colour}": use C0 to C7, see CONTRIBUTING.md'
            yield call.lineno, reason


def _named_colours(name: str, call: ast.Call) -> Iterator[str]:
    """Yield the names given to keywords, in dictionaries, to setters, as formats."""
    given = [(str(keyword.arg), keyword.value) for keyword in call.keywords]
    for _, value in given.copy():
        if isinstance(value, ast.Dict):
            keys = (_text(key) if key else "" for key in value.keys)
            given += zip(keys, value.values, strict=True)
    if name.startswith("set_"):
        given += ((name.removeprefix("set_"), value) for value in call.args)
    for key, value in given:
        if _COLOUR.fullmatch(key):
            texts = map(_text, getattr(value, "elts", [value]))
            yield from (text for text in texts if not _NAMELESS.fullmatch(text))
    if name in _FORMATTED and call.args and not _text(call.args[0]):  # else of pandas
        formats = [*call.args[1:], *(value for key, value in given if key == "fmt")]
        yield from filter(_FORMAT.fullmatch, map(_text, formats))


def _text(node: ast.expr) -> str:
    text = getattr(node, "value", None)
    return text if isinstance(text, str) else ""


def is_indentable(block: Block) -> bool:
    """Whether a block means the same when it is indented under `try` or `with`."""
    body = textwrap.indent(block.source.text, "    ")
    inner = ast.parse(f"if True:\n{body}").body[0]
    assert isinstance(inner, ast.If)
    plain = ast.parse(block.source.text)
    return ast.dump(ast.Module(inner.body, [])) == ast.dump(plain)
