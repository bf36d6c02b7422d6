"""Writing figures, notebooks and programs beside the pages, only where they changed."""

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from lessons.pages.project import PYTHON, Project
from lessons.pages.publishing.notebook import to_notebook
from lessons.pages.publishing.program import to_program
from lessons.pages.reading.markdown import twin_name
from lessons.pages.reading.page import read_pages
from lessons.pages.running.compare import DECISIVE, announce
from lessons.pages.running.record import Terms
from lessons.pages.running.shown import LIST
from lessons.pages.running.workers import Outcome, run_pages

GENERATED = ("figures/*.svg", "*.ipynb", "*.py")


def verified_with() -> str:
    """Return with what the pages are run, for readers."""
    version = metadata.version("torch").partition("+")[0]
    return f"PyTorch {version} on Python {PYTHON}"


def build(project: Project) -> int:
    """Bring the files of all pages up to date; return the exit code.

    When a page fails nothing of it is written and its messages go to stderr.
    """
    exact = announce(project.root)
    with project.locked():
        pages = project.pages()
        known = _Ledger(project)
        stale = read_pages(project, filter(known.is_stale, pages))
        failed = False
        for outcome in run_pages(project, stale, Terms(exact=exact)):
            for message in outcome.failures:
                print(message, file=sys.stderr)
            failed = failed or bool(outcome.failures)
            if not outcome.failures:
                known.write(outcome)
        known.forget_others(pages)
    return int(failed)


class _Ledger:
    """Which files each page has, and from what they were made."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._path = project.cache / "ledger.json"
        self._pages: dict[str, dict[str, object]] = {}
        with contextlib.suppress(FileNotFoundError, ValueError):
            self._pages = json.loads(self._path.read_text(encoding="utf-8"))
        self._surroundings = surroundings(project)
        self._keys: dict[str, str] = {}

    def is_stale(self, path: Path) -> bool:
        """Whether a page, what it may include or a file made from it has changed."""
        name = self._project.name(path)
        key = self._keys[name] = digest([self._surroundings, path.read_bytes()])
        entry = self._pages.get(name, {})
        files = entry.get("files", {})
        assert isinstance(files, dict)
        return entry.get("key") != key or any(
            not (made := self._project.root / file).is_file()
            or digest([made.read_bytes()]) != expected
            for file, expected in files.items()
        )

    def write(self, outcome: Outcome) -> None:
        files = dict(artefacts(outcome, self._project))
        for path, text in files.items():
            path.parent.mkdir(exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                draft = path.with_name(f"{path.name}.draft")
                draft.write_text(text, encoding="utf-8", newline="\n")
                draft.replace(path)
        self._pages[outcome.page.name] = {
            "key": self._keys[outcome.page.name],
            "files": {
                self._project.name(path): digest([text]) for path, text in files.items()
            },
        }
        self._save()

    def forget_others(self, pages: Sequence[Path]) -> None:
        """Delete what no page has any more."""
        names = {self._project.name(path) for path in pages}
        self._pages = {n: entry for n, entry in self._pages.items() if n in names}
        kept = {file for entry in self._pages.values() for file in entry["files"]}  # type: ignore[attr-defined]
        for folder in {path.parent for path in pages}:
            for path in (p for pattern in GENERATED for p in folder.glob(pattern)):
                if self._project.name(path) not in kept:
                    path.unlink()
        self._save()

    def _save(self) -> None:
        text = json.dumps(self._pages, indent=1, sort_keys=True)
        self._path.write_text(text, encoding="utf-8")


def artefacts(outcome: Outcome, project: Project) -> Iterator[tuple[Path, str]]:
    """Yield the files of a page: figures and their twins, the program, the notebook."""
    from lessons.pages.running.style import dark  # noqa: PLC0415 it imports matplotlib

    page = outcome.page
    for record in outcome.records.values():
        for name, svg in record.figures.items():
            figure = page.path.parent / "figures" / name
            yield figure, svg
            yield figure.with_name(twin_name(name)), dark(svg)
    if page.blocks:
        notice = f"{project.config['site_name']}. Verified with {verified_with()}."
        yield page.path.with_suffix(".py"), to_program(page, notice)
        yield (
            page.path.with_suffix(".ipynb"),
            to_notebook(page, outcome.records, project),
        )


def surroundings(project: Project) -> str:
    """Return a digest of all that decides what comes of a page, except the page."""
    parts: list[str | bytes] = [PYTHON, str(project.config.get("site_url"))]
    for path in sorted((project.root / "src/lessons").rglob("*.py")):
        parts += [project.name(path), path.read_bytes()]
    for name in ("mkdocs.yml", "constraints.txt", LIST):
        path = project.root / name
        parts += [path.read_bytes()] if path.is_file() else []
    for name in sorted({*DECISIVE, "pillow"}):
        parts.append(f"{name} {metadata.version(name)}")
    return digest(parts)


def digest(parts: Iterable[str | bytes]) -> str:
    """Return a digest that tells any two lists of texts apart."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(8) + data)
    return sha.hexdigest()
