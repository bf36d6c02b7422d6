"""What happens in the process of a page; light to import, for the parent's sake."""

import os
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from lessons.pages.project import Project
from lessons.pages.reading.steps import Page
from lessons.pages.running.guard import Guard, time_limit
from lessons.pages.running.record import Terms


def run_page(pipe: Connection, root: Path, page: Page, terms: Terms) -> None:
    """Run a page in an empty folder; send its results, then what it leaves behind."""
    import torch  # noqa: PLC0415 already there in the fork server

    from lessons.pages.reading.parity import differences, rendered  # noqa: PLC0415
    from lessons.pages.running import figures  # noqa: PLC0415
    from lessons.pages.running.run import Run  # noqa: PLC0415
    from lessons.pages.running.shown import unlisted  # noqa: PLC0415
    from lessons.pages.running.torchvision_ops import declare_missing  # noqa: PLC0415

    sys.dont_write_bytecode = True
    torch.set_num_threads(1)
    figures.prepare()
    if "torchvision" in page.text:
        declare_missing()
    project = Project(root)
    page.problems = page.problems or differences(page, rendered(page, project))
    page.problems += unlisted(page, project)
    with tempfile.TemporaryDirectory(prefix="page-") as folder:
        os.chdir(folder)
        run = Run(page, Guard(root), terms)
        with time_limit(terms.seconds):
            for result in run.results():
                pipe.send(result)
        os.chdir(root)
    pipe.send((run.records, run.edits, run.mutants))
    pipe.close()
