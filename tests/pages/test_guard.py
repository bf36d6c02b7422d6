"""A page has one folder of its own, no network, no other program, and ends whole."""

import pytest

from sandbox import EXERCISE, Sandbox

OUTSIDE = "does not write outside its own folder"
NETWORK = "a page has no network"


def block(code: str) -> str:
    return f"```python\n{code}\n```\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("open('ROOT/docs/x.txt', 'w')", f"{OUTSIDE}: ROOT/docs/x.txt"),
        ("import os\nos.mkdir('ROOT/docs/x')", f"{OUTSIDE}: ROOT/docs/x"),
        ("import os\nos.remove('ROOT/mkdocs.yml')", f"{OUTSIDE}: ROOT/mkdocs.yml"),
        ("import os\nos.truncate('ROOT/mkdocs.yml', 0)", f"{OUTSIDE}: ROOT/mkdocs.yml"),
        ("import os\nos.rename('ROOT/mkdocs.yml', 'x')", f"{OUTSIDE}: ROOT/mkdocs.yml"),
        ("import sqlite3\nsqlite3.connect('ROOT/x.db')", f"{OUTSIDE}: ROOT/x.db"),
        (
            "import os\nos.symlink('ROOT', 'link')\nopen('link/x.txt', 'w')",
            f"{OUTSIDE}: ROOT/x.txt",
        ),
        (
            "import os\nwhere = os.open('ROOT', os.O_RDONLY)\n"
            "os.open('x', os.O_CREAT | os.O_WRONLY, dir_fd=where)",
            "PermissionError",
        ),
        ("import torch\ntorch.save(1, 'ROOT/x.pt')", "RuntimeError"),
        ("import torch\nopen(torch.__file__, 'a')", OUTSIDE),
        ("import socket\nsocket.gethostbyname('localhost')", NETWORK),
        (
            "import socket\n"
            "plug = socket.socket(type=socket.SOCK_DGRAM)\n"
            "plug.sendmsg([b'x'], [], 0, ('127.0.0.1', 9))",
            NETWORK,
        ),
        ("import os\nos.system('true')", "starts no other program"),
        ("import subprocess\nsubprocess.run(['true'])", "starts no other program"),
        (
            "import importlib\nimportlib.import_module('lessons.tensors')",
            "a page never imports lessons",
        ),
    ],
)
def test_a_page_stays_in_its_folder(sandbox: Sandbox, code: str, reason: str) -> None:
    root = str(sandbox.project.root)
    before = sorted(sandbox.project.root.rglob("*"))
    failures = sandbox.failures(block(code.replace("ROOT", root)))
    assert failures
    assert reason.replace("ROOT", root) in failures[0]
    page = sandbox.project.docs / "part/page.md"
    assert sorted(sandbox.project.root.rglob("*")) == sorted(
        {*before, page, page.parent}
    )


def test_home_and_the_temporary_folder_are_its_own(sandbox: Sandbox) -> None:
    code = """\
import tempfile
from pathlib import Path

for place in (Path.home(), Path(tempfile.gettempdir())):
    assert not list(place.iterdir())
    (place / "mark").touch()
tempfile.NamedTemporaryFile().close()"""
    for _ in range(2):
        assert sandbox.failures(block(code)) == []


def test_torch_keeps_nothing_where_the_parent_would(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCHINDUCTOR_CACHE_DIR", "/tmp/elsewhere")
    code = 'import os\nassert "TORCHINDUCTOR_CACHE_DIR" not in os.environ'
    assert sandbox.failures(f"```python\n{code}\n```\n") == []


def test_what_an_unsolved_answer_swallows_is_seen(sandbox: Sandbox) -> None:
    calls = "import os\n\ntry:\n    os.system('true')\nexcept OSError:\n    pass\n"
    text = EXERCISE.replace("answer = ...", f"{calls}answer = ...")
    assert "starts no other program" in sandbox.failures(text)[0]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import sys\nprint('x', file=sys.stderr)", "the standard error:\nx"),
        ("import os\nos.write(1, b'x')", "a missing output: the block prints\nx"),
        (
            "import threading\n"
            "thread = threading.Thread(target=lambda: 1 / 0)\n"
            "thread.start()\nthread.join()",
            "ZeroDivisionError: division by zero",
        ),
        ("import atexit\natexit.register(print, 'late')", "still says\nlate"),
        ("print('\\ud800')", "UnicodeEncodeError"),
        ("import ctypes\nctypes.CDLL(None).puts(b'x')", "the block prints\nx"),
    ],
)
def test_whatever_is_written_is_seen(sandbox: Sandbox, code: str, reason: str) -> None:
    failures = sandbox.failures(block(code))
    assert failures
    assert reason in failures[0]


def test_a_logger_may_keep_an_earlier_standard_output(sandbox: Sandbox) -> None:
    setup = "import logging\nimport sys\n\nlogging.basicConfig(stream=sys.stdout)"
    text = f"{block(setup)}\n{block('logging.warning(1)')}\n"
    assert "prints\nWARNING:root:1" in sandbox.failures(text)[0]
    assert sandbox.failures(f"{text}```output\nWARNING:root:1\n```\n") == []


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("print(1)", "prints, draws or assigns"),
        ("(x := 2)", "prints, draws or assigns"),
        ("plt.figure().number", "prints, draws or assigns"),
        ("warnings.warn('w')", "an unexpected warning: UserWarning: w"),
        ("sys.stderr.write('w')", "the standard error:\nw"),
    ],
)
def test_an_expression_only_looks(
    sandbox: Sandbox, expression: str, reason: str
) -> None:
    imports = "import sys\nimport warnings\n\nimport matplotlib.pyplot as plt"
    failures = sandbox.failures(f"{block(imports)}\n`1`{{= {expression} }}\n")
    assert reason in failures[0]
    assert failures[0].startswith("docs/part/page.md:8: ")


def test_a_death_is_told_with_its_last_words(sandbox: Sandbox) -> None:
    code = "import ctypes\nimport faulthandler\n\nfaulthandler.enable()\n"
    failures = sandbox.failures(block(f"{code}ctypes.string_at(0)"))
    assert "ended here, with exit code -11" in failures[0]
    assert "Segmentation fault" in failures[0]


def test_nothing_is_drawn_into_a_figure_that_was_shown(sandbox: Sandbox) -> None:
    drawing = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\n"
    drawing += "ax.set(xlabel='x', ylabel='y')"
    text = f"{block(drawing)}\n![a](figures/page-a.svg)\n\n{block('ax.plot([1, 2])')}"
    assert "a figure that an earlier block has shown" in sandbox.failures(text)[0]
