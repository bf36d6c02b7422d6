"""The answer of a prediction, marked in the HTML so that a browser finds it."""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

BOX = "predict"


class Answers(Treeprocessor):
    """Marks the first paragraph of each prediction, and the list of wrong options.

    The paragraph is the value that the run gave; without scripts it is only that.
    """

    def run(self, root: Element) -> None:
        """Give both a class; say of the answer whether it is a number or a text."""
        for box in root.iter("details"):
            if BOX not in box.get("class", "").split():
                continue
            _, *parts = box  # the first is the summary
            if not parts or parts[0].tag != "p":
                continue
            is_text = parts[0].find("code") is not None
            parts[0].set("class", "answer")
            parts[0].set("data-answer", "text" if is_text else "number")
            if len(parts) > 1 and parts[1].tag == "ul":
                parts[1].set("class", "options")
