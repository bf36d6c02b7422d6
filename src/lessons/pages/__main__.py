"""The commands of the site: `python -m lessons.pages COMMAND`."""

import argparse
import sys
from collections.abc import Callable

from lessons.pages.project import Project, ProjectError
from lessons.pages.publishing.build import build
from lessons.pages.publishing.pdf import make_pdf
from lessons.pages.publishing.program import to_program
from lessons.pages.publishing.serve import serve
from lessons.pages.publishing.site import make_site
from lessons.pages.reading.new import make_chapter
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.unchecked import unchecked
from lessons.pages.verifying.accept import accept
from lessons.pages.verifying.mutants import mutants


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser("python -m lessons.pages", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., int], summary: str) -> None:
        sub = commands.add_parser(name, help=summary, description=summary)
        sub.set_defaults(run=run)
        if name in ("accept", "mutants", "numbers", "program"):
            sub.add_argument("pages", nargs="*", help="pages, by default all")
        if name == "accept":
            help = "accept again whenever a page or a lesson is saved"
            sub.add_argument("--watch", action="store_true", help=help)
        if name == "new":
            sub.add_argument("page", help="PART/NAME")
        if name == "serve":
            sub.add_argument("--port", type=int, default=8000)

    command("accept", accept, "Rewrite outputs and computed numbers from a run.")
    command("build", build, "Write figures, notebooks and programs of the pages.")
    command("mutants", mutants, "Say which mutants of the solutions checks pass.")
    command("new", make_chapter, "Make page, module, tests and entry of a chapter.")
    command("pdf", make_pdf, "Write the whole course as one PDF, from the site.")
    command("numbers", _print_unchecked, "List decimals and links that no run checks.")
    command("program", _print_programs, "Print a page as a plain program.")
    command("site", make_site, "Build the site, strict, and check every link.")
    command("serve", serve, "Serve the site and rebuild it on change.")
    options = vars(parser.parse_args(arguments))
    run = options.pop("run")
    try:
        return int(run(Project.find(), **options))
    except (ProjectError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _print_programs(project: Project, pages: list[str]) -> int:
    selected = read_pages(project, project.select(pages))
    for page in selected:
        for problem in page.problems:
            raise ProjectError(page.at(problem.line, problem.message))
        print(to_program(page, f"From {page.name}."))
    return 0


def _print_unchecked(project: Project, pages: list[str]) -> int:
    for page in read_pages(project, project.select(pages)):
        print(*unchecked(page), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
