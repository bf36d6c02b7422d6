"""The messages that pages run into as a list for readers, made when the site is built.

`docs/reference/errors.yml` says what each means; the pages show where it comes up.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml
from markdown.extensions.toc import slugify

from lessons.pages.project import Project, ProjectError
from lessons.pages.reading.headings import HEADING
from lessons.pages.reading.page import read_text
from lessons.pages.reading.steps import Block, Page

MARKER = "<!-- the messages of all pages -->"
LIST = "docs/reference/errors.yml"
_FIRST = re.compile(r"^(?:\w+\.)*(?P<type>\w+(?:Error|Warning|Exception)): ", re.M)
_VARIES = "{}"


@dataclass
class Entry:
    """A message, with `{}` for what varies, and what to do about it.

    Attributes:
        message: What it says, after the type of the exception or warning.
        type: That type; `cause`, `cure`: a sentence each, empty for this course's own.
        places: Where pages run into it: title and address of the section.
    """

    type: str
    message: str
    cause: str = ""
    cure: str = ""
    places: dict[str, str] = field(default_factory=dict)

    def fits(self, said: str) -> bool:
        """Whether this is the message, or the beginning of it."""
        parts = map(re.escape, f"{self.type}: {self.message}".split(_VARIES))
        return re.match(".+?".join(parts), said, re.DOTALL) is not None


def with_messages(text: str, project: Project, pages: Sequence[Page]) -> str:
    """Return the text of a page with the list in the place of its marker."""
    if MARKER not in text:
        return text
    lines = []
    last = ""
    for entry in sorted(collect(project, pages), key=lambda e: (e.type, e.message)):
        if entry.type != last:
            last = entry.type
            lines += [f"## {last} {{ #{last.lower()} }}", ""]
        lines += _item(entry)
    return text.replace(MARKER, "\n".join(lines))


def collect(project: Project, pages: Sequence[Page]) -> list[Entry]:
    """Return all entries with their places.

    Raises:
        ProjectError: If a page runs into a message that no entry fits, or an entry fits
            none; it says which.
    """
    known = yaml.safe_load(read_text(project.root / LIST))
    entries = [
        Entry(*_split(row["message"]), row["cause"], row["cure"])
        for row in known["messages"]
    ]
    entries += [Entry(*_split(message)) for message in known["course"]]
    nav = project.nav or []
    ordered = [page for name in nav for page in pages if page.name == name]
    for page, block, said in (found for each in ordered for found in _messages(each)):
        fitting = [entry for entry in entries if entry.fits(said)]
        if not fitting:
            message = f"no entry of {LIST} fits: {said.partition(chr(10))[0]}"
            raise ProjectError(page.at(block.line, message))
        title, address = _section(page, block)
        fitting[0].places.setdefault(address, title)
    for entry in entries:
        if not entry.places:
            message = f"{LIST}: no page runs into this, or an entry above fits as well"
            raise ProjectError(f"{message}: {entry.type}: {entry.message}")
    return entries


def _split(message: str) -> tuple[str, str]:
    kind, _, rest = message.partition(": ")
    return kind, rest


def _messages(page: Page) -> Iterator[tuple[Page, Block, str]]:
    """Yield the blocks that raise or warn, each with the last message of its output."""
    for block in page.blocks:
        if block.facts.expects and block.output:
            text = block.output.text
            found = list(_FIRST.finditer(text))
            if found:
                yield page, block, text[found[-1].start("type") :]


def _section(page: Page, block: Block) -> tuple[str, str]:
    address = re.sub(r"^(labs/.*)\.md$", r"\1.ipynb", page.name.removeprefix("docs/"))
    title, anchor = page.title, ""
    for match in HEADING.finditer(page.prose, 0, block.fence.start):
        if match["id"] and match["marks"] != "#":
            title, anchor = f"{match['text']} ({page.title})", f"#{match['id']}"
    return title, f"../{address}{anchor}"


def _item(entry: Entry) -> Iterator[str]:
    message = " ".join(entry.message.replace(_VARIES, "…").split())
    ticks = "`` " if "`" in message else "`"
    words = message.replace("_", " ")  # which would be emphasis in a heading
    anchor = slugify(f"{entry.type} {words}", "-")[:60].strip("-")
    yield from (f"### {ticks}{message}{ticks[::-1]} {{ #{anchor} }}", "")
    if entry.cause:
        yield from (entry.cause, "", f"**What to do.** {entry.cure}", "")
    places = (f"[{title}]({address})" for address, title in entry.places.items())
    yield from (f"Run in {', '.join(places)}.", "")
