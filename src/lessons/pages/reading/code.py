"""What the code of a page may not say: read from its syntax tree, nothing is run."""

import ast
import re
import sys
import textwrap
import warnings
from collections.abc import Iterator

from lessons.pages.reading.fences import Problem
from lessons.pages.reading.objects import parse
from lessons.pages.reading.steps import Block

USUAL = (
    *("matplotlib", "mpl_toolkits", "numpy", "pandas", "PIL", "sklearn"),
    *("tensorboard", "torch", "torchvision"),
)
_ANNOTATION = re.compile(r"#\s*\(\d+\)!?\s*$", re.MULTILINE)
_COLOUR = re.compile(r"\w*colors?|c|[em]?c|m?[ef]c")
_NAMELESS = re.compile(r"C\d|none|face|auto|inherit|[01]|[01]?\.\d*")
_FORMAT = re.compile(r"(?=.*[bgrcmykw])[bgrcmykw.,ov^<>1-8spP*hH+xXDd|_:-]+")
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
    modules: set[str] = set()
    found = []
    if _ANNOTATION.search(block.source.text):
        found.append((0, "a raw code annotation would be copied; remove it"))
    if block.facts.expects and not is_indentable(block):
        message = "a text over several lines would change when the program catches it"
        found.append((0, message))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = set(_modules(node))
            modules |= names
            found += (
                (node.lineno, reason) for reason in map(_foreign, names) if reason
            )
        elif isinstance(node, ast.Call):
            found += ((node.lineno, reason) for reason in _drawing(node))
    if block.is_included:
        found = [(0, message) for _, message in found]
    places = ((block.source.line(n) if n else block.line, text) for n, text in found)
    return modules, [Problem(line, message) for line, message in places]


def _modules(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    else:
        yield node.module or "."


def _foreign(module: str) -> str | None:
    package = module.split(".", maxsplit=1)[0]
    if package == "lessons":
        return "a page never imports lessons: show the object with an include"
    if package in sys.stdlib_module_names or package in USUAL:
        return None
    return f"{package} is not among what a reader has: {', '.join(USUAL)}"


def _drawing(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in _SAVING:
        yield f"no {name}: the build saves each figure under the name of its image"
    for colour in filter(None, map(_named, _colours(name, call))):
        yield f'a colour by name, "{colour}": use C0 to C7, see CONTRIBUTING.md'


def _colours(name: str, call: ast.Call) -> Iterator[ast.expr]:
    pairs = [(keyword.arg or "", keyword.value) for keyword in call.keywords]
    for _, value in pairs.copy():
        if isinstance(value, ast.Dict):
            keys = (getattr(key, "value", "") for key in value.keys)
            pairs += zip(keys, value.values, strict=True)
    if name.startswith("set_"):
        pairs += [(name.removeprefix("set_"), value) for value in call.args]
    for key, value in pairs:
        if _COLOUR.fullmatch(str(key)):
            yield from getattr(value, "elts", [value])
    if name in ("plot", "step", "errorbar", "semilogx", "semilogy", "loglog"):
        values = [*call.args, *(value for key, value in pairs if key == "fmt")]
        is_frame = (
            isinstance(getattr(values[0], "value", None), str) if values else True
        )
        for value in values[1:] if not is_frame else ():  # pandas names columns there
            if _FORMAT.fullmatch(str(getattr(value, "value", ""))):
                yield value


def _named(node: ast.expr) -> str | None:
    text = getattr(node, "value", None)
    return text if isinstance(text, str) and not _NAMELESS.fullmatch(text) else None


def is_indentable(block: Block) -> bool:
    """Whether a block means the same when it is indented under `try` or `with`."""
    body = textwrap.indent(block.source.text, "    ")
    inner = ast.parse(f"if True:\n{body}").body[0]
    assert isinstance(inner, ast.If)
    plain = ast.parse(block.source.text)
    return ast.dump(ast.Module(inner.body, [])) == ast.dump(plain)
