"""State without a name: random numbers, files and settings of libraries.

A block reads it or changes it through calls that are known by their names.
"""

import ast
from collections.abc import Iterator, Mapping

from lessons.pages.reading.objects import nodes

RANDOM, FILES, SETTINGS = "<random>", "<files>", "<settings>"
STATES = frozenset({RANDOM, FILES, SETTINGS})
Known = Mapping[str, set[str]]


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


_SEEDED = ("torch", "random", "np.random", "numpy.random", "torch.random")
DRAWING = words(
    "rand randn randint randperm rand_like randn_like randint_like normal bernoulli "
    "multinomial random_split uniform choice shuffle permutation standard_normal "
    "sample Linear Conv1d Conv2d Embedding Dropout dropout LSTM GRU DataLoader "
    "normal_ uniform_ random_ bernoulli_ exponential_ kaiming_uniform_ "
    "kaiming_normal_ xavier_uniform_ xavier_normal_ trunc_normal_ orthogonal_"
)
_READING = words(
    "load open read_csv read_text read_bytes exists is_file iterdir glob rglob listdir "
    "ImageFolder read_image imread stat walk"
)
_WRITING = words(
    "save to_csv to_json write_text write_bytes mkdir makedirs touch unlink imwrite "
    "save_image rmdir rmtree rename copyfile savetxt chdir write"
)
_SETTING = words(
    "set_printoptions set_default_dtype set_grad_enabled use_deterministic_algorithms "
    "set_num_threads simplefilter filterwarnings set_default_device seterr "
    "set_option"
)
_WORDS = {
    RANDOM: DRAWING,
    FILES: _READING | _WRITING,
    SETTINGS: _SETTING,
}


def states(tree: ast.AST, known: Known) -> Iterator[str]:
    """Yield the state that code reads or changes.

    Args:
        tree: The code; `known`: what the functions and classes of the page do to it.
    """
    apart = _with_their_own_generator(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Name):
            yield from STATES & known.get(node.id, set())
        elif isinstance(node, ast.For | ast.comprehension) and _loads(node.iter):
            yield RANDOM  # it draws a seed, even where it does not shuffle
        name = getattr(node, "attr", getattr(node, "id", ""))
        for state, words in _WORDS.items():
            if name in words and not (state == RANDOM and node in apart):
                yield state


def _loads(iterated: ast.expr) -> bool:
    return "loader" in ast.unparse(iterated)


def _with_their_own_generator(tree: ast.AST) -> set[ast.AST]:
    """Return the functions that are called with a generator of their own."""
    calls = (node for node in nodes(tree) if isinstance(node, ast.Call))
    return {
        call.func
        for call in calls
        if any(keyword.arg == "generator" for keyword in call.keywords)
    }


def seeds(tree: ast.AST) -> bool:
    """Whether code sets the random numbers that follow."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("manual_seed", "seed")
        and ast.unparse(node.value) in _SEEDED
        for node in nodes(tree)
    )
