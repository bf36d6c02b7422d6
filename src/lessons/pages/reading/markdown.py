"""The Markdown extension of the site: includes, computed numbers, figures."""

import re
from pathlib import Path
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from lessons.pages.reading.answers import Answers
from lessons.pages.reading.fences import NEEDS_ALL
from lessons.pages.reading.objects import Source, extract
from lessons.pages.reading.pictures import FigurePairs

NUMBER = re.compile(
    r"(?:`(?P<code>[^`\n]+)`|(?P<word>[-+−]?\w[\w.,×%+−-]*))"
    r"\{= (?P<expression>[^\n]+?) \}"
)
EXPLORE = re.compile(
    r'^```explore figure="(?P<figure>[^"\n]*)"\n.*?^```$', re.MULTILINE | re.DOTALL
)
INCLUDE = re.compile(r'--8<-- "(?P<target>[^"\n]+)"')


class Includes(SnippetPreprocessor):
    """Snippets whose section is the name of a Python object."""

    def parse_snippet_target(self, path: str) -> dict[str, Any]:
        """Split `part/chapter.py:Class.method` into the path and the name."""
        file, _, name = path.partition(":")
        return {"path": file.strip(), "start": [], "end": [], "section": name.strip()}

    def select_snippet_lines(
        self, lines: list[str], target: dict[str, Any]
    ) -> list[str]:
        """Return the lines of the object that the target names."""
        source = self._extract("\n".join(lines), target)
        return source.text.split("\n")

    def source(self, target: str) -> Source:
        """Return the object that an include names.

        Raises:
            SnippetMissingError: If there is no such file, or no such object in it.
        """
        parts = self.parse_snippet_target(target)
        path = self.get_snippet_path(parts["path"])
        if path is None:
            raise SnippetMissingError(f"there is no src/lessons/{parts['path']}")
        return self._extract(Path(path).read_text(encoding="utf-8"), parts)

    def get_snippet_path(self, path: str) -> str | None:
        """Return the absolute path of an included file, `None` if there is none."""
        self.bases = None
        found: str | None = super().get_snippet_path(path)
        return found

    @staticmethod
    def _extract(text: str, target: dict[str, Any]) -> Source:
        try:
            return extract(text, target["section"], f"src/lessons/{target['path']}")
        except LookupError as error:
            raise SnippetMissingError(str(error.args[0])) from error


class Numbers(Preprocessor):
    """Drops the expression behind a computed number; the number stays."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without expressions; fences are already stashed away."""
        return [NUMBER.sub(_value, line) for line in lines]


def _value(match: re.Match[str]) -> str:
    return f"`{match['code']}`" if match["code"] else match["word"]


class Needs(Preprocessor):
    """Drops from fences what only a copy asks for; the renderer does not know it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with fences as the renderer knows them."""
        return [NEEDS_ALL.sub("", line) if "```" in line else line for line in lines]


class Explorables(Preprocessor):
    """Leaves a place for each figure that readers move; a script fills it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with places instead of the fences."""
        return EXPLORE.sub(_place, "\n".join(lines)).split("\n")


def _place(match: re.Match[str]) -> str:
    opening = f'<div class="explore" data-figure="{match["figure"]}"'
    wait = '<p class="explore__wait">This figure can be moved in a moment.</p>'
    return f"{opening} data-search-exclude>{wait}</div>"


class PagesExtension(SnippetExtension):
    """What a page needs beyond the stock extensions."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the parts, each at the place where the stock ones would be."""
        self.md = md
        md.registerExtension(self)
        includes = Includes(self.getConfigs() | {"check_paths": True}, md)
        md.preprocessors.register(includes, "snippet", 32)
        md.preprocessors.register(Numbers(md), "numbers", 24)
        md.treeprocessors.register(FigurePairs(md), "figures", 5)
        md.treeprocessors.register(Answers(md), "answers", 4)
        md.preprocessors.register(Needs(md), "needs", 33)
        md.preprocessors.register(Explorables(md), "explorables", 34)


def makeExtension(**options: Any) -> Extension:  # noqa: N802
    """Return the extension, as Python-Markdown asks for it."""
    return PagesExtension(**options)
