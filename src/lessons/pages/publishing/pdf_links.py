"""Links between the pages of the site, in the book that has been made of them."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# By file and anchor, "" for its top: the page of the book, and the height on it.
Places = dict[tuple[Path, str], tuple[int, float]]


def places_of(file: Path, start: int, reader: Any) -> Places:
    """Return where a chapter and its sections are.

    Args:
        file: The page of the site; `start`: the page of the book on which it begins.
        reader: What Chromium printed; it keeps each anchor that a link there leads to.
    """
    found = {(file, ""): (start, float(reader.pages[0].mediabox.top))}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        found[file, name.lstrip("/")] = start + number, float(place.top)
    return found


def lead(note: Any, file: Path, places: Places, writer: Any) -> None:
    """Let a link to the site lead to where that is in the book; if nowhere, it is none.

    Args:
        note: The link; `file`: the page of the site that it is on.
        places: Where everything is; `writer`: what writes the book.
    """
    from pypdf import generic  # noqa: PLC0415 make site has none

    address = urlsplit(str(note.get("/A", {}).get("/URI", "")))
    anchor = unquote(address.fragment)
    if address.scheme == "file":
        del note["/A"]
        file = Path(unquote(address.path))
        file = file / "index.html" if file.is_dir() else file
    elif isinstance(note.get("/Dest"), str):  # to a section of the same page
        anchor = note["/Dest"].lstrip("/")
    else:
        return
    place = places.get((file, anchor)) or places.get((file, ""))
    if place is not None:
        page, height = writer.pages[place[0]].indirect_reference, place[1]
        same = generic.NullObject()  # neither moved sideways nor enlarged
        where = generic.NameObject("/XYZ"), same, generic.FloatObject(height), same
        note[generic.NameObject("/Dest")] = generic.ArrayObject([page, *where])
