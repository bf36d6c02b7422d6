import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lessons.pages.reading.page import read_pages
from lessons.pages.running.record import Terms
from lessons.pages.running.workers import run_pages
from sandbox import Sandbox

FOREVER = "```python\nx = 1\n```\n\n```python\nwhile True:\n    pass\n```\n"


def test_an_endless_loop_is_stopped_at_its_line(sandbox: Sandbox) -> None:
    message = sandbox.run(FOREVER, Terms(seconds=1.0)).failures[0]
    assert message.startswith("docs/part/page.md:")
    assert "over the time limit of 1 s" in message
    assert message.split(":")[1] in ("6", "7")


def test_a_loop_that_cannot_be_interrupted_is_killed(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("lessons.pages.running.workers._GRACE", 1.0)
    code = "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass"
    text = f"```python\n{code}\n```\n"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    message = sandbox.run(text, Terms(seconds=1.0)).failures[0]
    assert message.startswith(
        "docs/part/page.md:1: the process of this page ended here"
    )
    assert list(tmp_path.glob("pages-*")) == []


def test_pages_do_not_see_each_other(sandbox: Sandbox) -> None:
    code = "import torch\n\nassert not hasattr(torch, 'mark')\ntorch.mark = 1"
    text = f"```python\n{code}\n```\n"
    paths = [sandbox.write(text, name) for name in ("a", "b", "c")]
    pages = read_pages(sandbox.project, paths)
    outcomes = list(run_pages(sandbox.project, pages, jobs=2))
    assert sorted(outcome.page.path.stem for outcome in outcomes) == ["a", "b", "c"]
    assert [outcome.failures for outcome in outcomes] == [[], [], []]


def test_the_environment_is_as_it_was(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    before = dict(os.environ)
    sandbox.failures("```python\nx = 1\n```\n")
    assert dict(os.environ) == before


def test_a_page_has_one_thread(sandbox: Sandbox) -> None:
    text = "```python\nimport torch\n```\n\n1{= torch.get_num_threads() }\n"
    assert sandbox.failures(text) == []


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc fills memory")
def test_a_page_finds_the_same_in_memory_that_nobody_has_written(
    sandbox: Sandbox,
) -> None:
    code = """\
import torch

used = torch.ones(1000)
del used
print(torch.empty(1000).count_nonzero().item())
"""
    text = f"```python\n{code}```\n\n```output\n0\n```\n"
    assert sandbox.failures(text) == []


def test_an_abandoned_run_leaves_no_process(sandbox: Sandbox) -> None:
    pages = [sandbox.read(FOREVER)]
    running = run_pages(sandbox.project, pages * 2, jobs=2)
    started = time.monotonic()
    running.close()
    assert time.monotonic() - started < Terms().seconds


def test_what_a_page_starts_ends_with_it(sandbox: Sandbox) -> None:
    code = """\
import os
import threading
import time

threading.Thread(target=time.sleep, args=(300,)).start()
child = os.fork()
if not child:
    time.sleep(300)
print(child)"""
    text = f"```python\n{code}\n```\n\n```output\n0\n```\n"
    started = time.monotonic()
    outcome = sandbox.run(text)
    assert time.monotonic() - started < Terms().seconds
    pid = re.search(r"^\+(\d+)$", outcome.failures[0], re.MULTILINE)
    assert pid
    state, end = Path("/proc", pid[1], "stat"), time.monotonic() + 10
    while state.exists() and state.read_text().split()[2] != "Z":
        assert time.monotonic() < end, "what the page started goes on"
        time.sleep(0.05)


def test_a_process_that_a_program_would_wait_for_is_named(sandbox: Sandbox) -> None:
    code = """\
import multiprocessing
import time

context = multiprocessing.get_context("fork")
context.Process(target=time.sleep, args=(300,)).start()"""
    outcome = sandbox.run(f"```python\n{code}\n```\n", Terms(seconds=2.0))
    (message,) = outcome.failures
    assert message.startswith("docs/part/page.md:7: after its last block the page")
    assert "over the time limit of 2 s" in message


def test_a_page_may_fork(sandbox: Sandbox) -> None:
    text = "```python\nimport os\n\nchild = os.fork()\nif child:\n"
    text += "    os.waitpid(child, 0)\n```\n\n`2`{= 1 + 1 }\n"
    outcome = sandbox.run(text)
    assert [result.status for result in outcome.results] == ["passed"] * 3


def test_a_loader_may_have_workers(sandbox: Sandbox) -> None:
    code = """\
import torch
from torch.utils.data import DataLoader

loader = DataLoader(torch.arange(6.0), batch_size=2, num_workers=2)
print([batch.tolist() for batch in loader])"""
    output = "[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]"
    text = f"```python\n{code}\n```\n\n```output\n{output}\n```\n"
    assert sandbox.failures(text) == []


def test_an_included_object_may_import_torchvision(sandbox: Sandbox) -> None:
    lesson = sandbox.project.root / "src/lessons/part/lesson.py"
    lesson.write_text("def flip():\n    from torchvision.transforms import v2\n")
    text = '```python\n--8<-- "part/lesson.py:flip"\n```\n\n```python\nflip()\n```\n'
    assert sandbox.failures(text) == []


def test_what_pages_import_is_imported_before_they_run(sandbox: Sandbox) -> None:
    page = """\
```python
import sys

print("sklearn" in sys.modules)
```

```output
True
```

```python
import sklearn
```
"""
    assert build_elsewhere(sandbox, page) == (0, "")


def test_a_module_that_cannot_be_imported_harms_only_its_page(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = sandbox.project.root
    (root / "tensorboard.py").write_text("raise RuntimeError('no')")
    monkeypatch.setenv("PYTHONPATH", str(root))
    sandbox.write("# B\n\n```python\nx = 1\n```\n", "b")
    code, error = build_elsewhere(sandbox, "```python\nimport tensorboard\n```\n")
    assert code == 1
    assert error.startswith("docs/part/page.md:2: the block raised RuntimeError: no")
    assert (sandbox.project.made / "part/b.py").is_file()


def build_elsewhere(sandbox: Sandbox, page: str) -> tuple[int, str]:
    """Build in a process that has no fork server yet; return its code and errors."""
    sandbox.write(page)
    done = subprocess.run(
        [sys.executable, "-m", "lessons.pages", "build"],
        cwd=sandbox.project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr
