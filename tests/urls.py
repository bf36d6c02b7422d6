"""The pages of the site, by their addresses."""

from lessons.pages.project import Project
from lessons.pages.publishing.faults import target
from sandbox import ROOT

PROJECT = Project(ROOT)
PAGES = {
    target(path, PROJECT).removesuffix("index.html"): path for path in PROJECT.pages()
}
URLS = sorted(PAGES)
