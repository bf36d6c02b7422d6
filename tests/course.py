"""The pages of the course, read and cut into slices once for all tests.

They are read before the first test: at times, Python 3.11 fails where two threads parse
code.
"""

from lessons.pages.project import Project
from lessons.pages.reading.page import read_pages
from lessons.pages.reading.slices import slices
from sandbox import ROOT

PROJECT = Project(ROOT)
PAGES = {page.name: page for page in read_pages(PROJECT, PROJECT.pages())}
SLICES = {name: list(slices(page)) for name, page in PAGES.items()}
