"""The performance table of the README: ratios, measured side by side in one run."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

from lessons.pages.project import Project
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.steps import Page
from lessons.pages.running.workers import run_pages

SIZES = (2, 20, 60)
_TABLE = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)
_LINK = re.compile(r"\]\((?!figures/)[^)\s]*\.(?:md|ipynb)[^)\s]*\)")
_FRONT = re.compile(r"^(?:needs|moved):\n(?:[ ].*\n)+", re.MULTILINE)
_PLUGIN = """\
plugins:
  - mkdocs-jupyter:
      {include: ["*.ipynb"], execute: true, allow_errors: false, cache: false}
"""


def main() -> int:
    """Measure, print the table and put it into the README."""
    project = Project.find()
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    if len(sizes) < 2:
        sys.exit("bench compares sizes: give none, for 2 20 60, or two and more")
    rows = ["| pages | what | against | ratio |", "|--:|---|---|--:|"]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        seconds: dict[int, float] = {}
        for size in sizes:
            copy = _copy(project, Path(folder, str(size)), size)
            for row in _measure(copy, size, seconds):
                rows.append(row)
                print(row, flush=True)
        least, most = sizes[-2], sizes[-1]
        growth = seconds[most] / seconds[least] / (most / least)
        rows.append(
            f"| {most} | seconds a page, cold build | at {least} pages | {growth:.2f} |"
        )
        slower = _execute(Project(Path(folder, str(least)))) / seconds[least]
        name = "mkdocs-jupyter's own execution"
        rows.append(f"| {least} | {name} | cold build | {slower:.1f} |")
    table = "\n".join(rows)
    print(table)
    readme = project.root / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_TABLE.sub(rf"\1{table}\n\2", text), encoding="utf-8")
    return 0


def _measure(copy: Project, size: int, seconds: dict[int, float]) -> Iterator[str]:
    plain = _seconds(_plain, copy)
    verify = _seconds(_verify, copy)
    yield f"| {size} | verifying every page | plain Python | {verify / plain:.2f} |"
    shutil.rmtree(copy.cache, ignore_errors=True)
    cold = seconds[size] = _seconds(_build, copy)
    bare = _seconds(_mkdocs, copy)
    both = plain + bare
    yield f"| {size} | cold build | plain Python and MkDocs | {cold / both:.2f} |"
    again = _seconds(_build, copy)
    yield f"| {size} | build, nothing changed | MkDocs | {again / bare:.2f} |"
    with copy.pages()[-1].open("a", encoding="utf-8") as page:
        page.write("\nOne more sentence.\n")
    edit = _seconds(_build, copy)
    yield f"| {size} | build, a sentence changed | MkDocs | {edit / bare:.2f} |"


def _execute(copy: Project) -> float:
    """Return how long mkdocs-jupyter takes to run the notebooks of a copy itself."""
    for path in copy.pages():
        path.unlink()
    for path in copy.made.rglob("*.ipynb"):
        shutil.copy(path, copy.docs / path.relative_to(copy.made))
    config = f"site_name: bench\ntheme: {{name: material, font: false}}\n{_PLUGIN}"
    (copy.root / "plain.yml").write_text(config, encoding="utf-8")
    return _seconds(_mkdocs, copy)


def _copy(project: Project, root: Path, size: int) -> Project:
    """Return a project of `size` pages, copies of the real ones, and an empty home.

    Links between pages lead to the page itself there, and front matter names no other
    page: not every page is copied.
    """
    skipped = shutil.ignore_patterns("*.ipynb", "*.py", "figures", "*.md", "reference")
    shutil.copytree(project.docs, root / "docs", ignore=skipped)
    shutil.copytree(project.root / "src", root / "src")
    shutil.copy(project.root / "constraints.txt", root)
    config = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"^nav:\n(?:[ ].*\n)+", "", config, flags=re.MULTILINE)
    config = re.sub(r"^validation:\n(?:[ ].*\n)+", "", config, flags=re.MULTILINE)
    config = config.replace("strict: true", "strict: false")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    plain = re.sub(r"^hooks:\n(?:[ ].*\n)+", "", config, flags=re.MULTILINE)
    (root / "plain.yml").write_text(plain, encoding="utf-8")
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    chapters = [p for p in project.pages() if _is_chapter(p, project)]
    copies = ((chapter, number) for number in count() for chapter in chapters)
    for chapter, number in islice(copies, size):
        target = root / "docs" / f"{chapter.parent.name}-{number}" / chapter.name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = _LINK.sub("](#)", chapter.read_text(encoding="utf-8"))
        target.write_text(_FRONT.sub("", text), encoding="utf-8")
    return Project(root)


def _is_chapter(path: Path, project: Project) -> bool:
    if path.parent.name in ("docs", "labs", "reference") or path.name == "index.md":
        return False
    text = path.read_text(encoding="utf-8")
    # What is shown only is listed by name; Jupyter's kernels lack torchvision_ops.
    return "{.shown" not in text and "torchvision" not in text


def _seconds(action: Callable[[Project], object], copy: Project) -> float:
    """Time an action in a Python of its own, as a command would run it."""
    call = f"from lessons.pages import bench as b, project as p; b.{action.__name__}"
    code = f"from pathlib import Path; {call}(p.Project(Path({str(copy.root)!r})))"
    environment = os.environ | {"OMP_NUM_THREADS": "1", "NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=copy.root,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{action.__name__} failed in {copy.root}:\n{done.stderr[-2000:]}")
    return time.perf_counter() - start


def _plain(copy: Project) -> None:
    """Run the blocks of all pages in this process and save each figure once."""
    import matplotlib.pyplot as plt  # noqa: PLC0415

    from lessons.pages.publishing.program import program_blocks  # noqa: PLC0415
    from lessons.pages.running import figures  # noqa: PLC0415
    from lessons.pages.running.torchvision_ops import declare_missing  # noqa: PLC0415

    figures.prepare()
    declare_missing()
    for page in read_pages(copy, copy.pages()):
        namespace: dict[str, object] = {"__name__": "__main__"}
        with contextlib.redirect_stdout(None), tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            for block in program_blocks(page):
                with contextlib.suppress(Exception):
                    exec(compile(block.source.text, page.name, "exec"), namespace)
                for number in plt.get_fignums():
                    plt.figure(number).savefig("figure.svg")
                plt.close("all")
            os.chdir(copy.root)


def _verify(copy: Project) -> None:
    pages: list[Page] = read_pages(copy, copy.pages())
    failures = [f for outcome in run_pages(copy, pages) for f in outcome.failures]
    if failures:
        sys.exit("\n".join(failures))


def _build(copy: Project) -> None:
    from lessons.pages.publishing.site import make_site  # noqa: PLC0415

    if make_site(copy):
        sys.exit("a build failed")


def _mkdocs(copy: Project) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    folder = str(copy.root / "plain")
    build(load_config(str(copy.root / "plain.yml"), site_dir=folder))


if __name__ == "__main__":
    sys.exit(main())
