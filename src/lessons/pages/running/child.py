"""What happens in the process of a page; light to import, for the parent's sake."""

import multiprocessing
import os
import random
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from lessons.pages.project import Project
from lessons.pages.reading.steps import Page
from lessons.pages.running.capture import Capture
from lessons.pages.running.guard import Guard, time_limit
from lessons.pages.running.record import Terms


def run_page(
    pipe: Connection, root: Path, page: Page, terms: Terms, folder: Path
) -> None:
    """Run a page in an empty folder; send its results, then what it leaves behind.

    Nothing that the page has started outlives this process, which leads a group.
    """
    import numpy as np  # noqa: PLC0415 already there in the fork server
    import torch  # noqa: PLC0415

    from lessons.pages.reading.parity import differences, rendered  # noqa: PLC0415
    from lessons.pages.running import figures  # noqa: PLC0415
    from lessons.pages.running.run import Run  # noqa: PLC0415
    from lessons.pages.running.torchvision_ops import declare_missing  # noqa: PLC0415

    os.setsid()
    capture = Capture(folder)
    sys.dont_write_bytecode = True
    torch.set_num_threads(1)
    for draw_a_seed in (torch.seed, random.seed, np.random.seed):
        draw_a_seed()  # or all pages would share the one of the server
    figures.prepare()
    if any(name.startswith("torchvision") for name in page.imports):
        declare_missing()
    project = Project(root)
    page.problems = page.problems or differences(page, rendered(page, project))
    _move_to(folder)
    run = Run(page, Guard(folder), capture, terms)
    with time_limit(terms.seconds):
        for result in run.results():
            pipe.send(result)
    pipe.send((run.records, run.edits, run.mutants))
    pipe.close()
    os._exit(0)  # waits for no thread


def _move_to(folder: Path) -> None:
    """Make a folder this process's whole world: what is its own, home, temporary."""
    for name, use in (("page", "PWD"), ("home", "HOME"), ("tmp", "TMPDIR")):
        (folder / name).mkdir()
        os.environ[use] = str(folder / name)
    os.environ.pop("TORCHINDUCTOR_CACHE_DIR", None)  # torchvision sets it on import
    tempfile.tempdir = None  # found anew
    multiprocessing.set_start_method(None, force=True)  # the system's own
    multiprocessing.current_process()._config.pop("tempdir", None)  # type: ignore[attr-defined]
    os.chdir(folder / "page")
