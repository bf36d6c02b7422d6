"""What a browser needs for a prediction: its answer marked, and a form above the fold.

The form is part of the page, so that nothing moves when the script arrives; without
scripts it is not shown, and the prediction is only its fold.
"""

import re
from copy import deepcopy
from html import escape, unescape
from itertools import count
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

BOX = "predict"
_NAME = "What the run gives, and why"
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


class Answers(Treeprocessor):
    """Marks the answer of each prediction and puts the form above it."""

    def run(self, root: Element) -> None:
        """Treat each prediction whose first paragraph is there."""
        parents = {child: parent for parent in root.iter() for child in parent}
        taken: set[str] = set()
        for box in list(root.iter("details")):
            if BOX in box.get("class", "").split() and len(box) > 1:
                parent = parents[box]
                parent.insert(list(parent).index(box), self._form(box, taken))

    def _form(self, box: Element, taken: set[str]) -> Element:
        """Return the form of a prediction; mark its answer and its wrong options."""
        summary, answer, *others = box
        code = answer.find("code")
        kind = "number" if code is None else "text"
        answer.attrib |= {"class": "answer", "data-answer": kind}
        options = []
        if others and others[0].tag == "ul":
            others[0].set("class", "options")
            right = answer if code is None else code
            wrong = (item.find(".//code") for item in others[0])
            options = sorted({self._text(each) for each in (right, *wrong)})
        question = slugify(self._text(summary), "-")[:40].strip("-")
        name = _unique(f"predict-{question}", taken)
        form = Element("form", {"class": "predict-form", "data-search-exclude": ""})
        form.set("id", name)
        if options:
            row = _choice(form, summary, options)
        else:
            row = _field(form, summary, "decimal" if kind == "number" else "text")
        SubElement(row, "button", {"type": "submit"}).text = "Commit"
        SubElement(row, "button", {"type": "reset", "hidden": ""}).text = "Clear"
        verdict = {"class": "predict-form__verdict", "role": "status"}
        SubElement(row, "p", verdict).text = ""
        _rename(summary)
        return form

    def _text(self, element: Element | None) -> str:
        """Return the words of an element, also those that Markdown has put aside."""
        text = "" if element is None else "".join(element.itertext())
        stash = self.md.htmlStash.rawHtmlBlocks
        text = HTML_PLACEHOLDER_RE.sub(lambda m: str(stash[int(m[1])]), text)
        return unescape(_TAG.sub("", text))


def _choice(form: Element, summary: Element, options: list[str]) -> Element:
    """Put the options into a form; return the row for its buttons."""
    group = SubElement(form, "fieldset")
    _asked(SubElement(group, "legend"), summary)
    for option in (escape(text, quote=False) for text in options):
        label = SubElement(group, "label", {"class": "predict-form__option"})
        radio = {"type": "radio", "name": form.attrib["id"], "value": option}
        SubElement(label, "input", radio)
        SubElement(label, "code").text = AtomicString(option)
    return SubElement(form, "div", {"class": "predict-form__row"})


def _field(form: Element, summary: Element, mode: str) -> Element:
    """Put a field into a form; return the row with it, for its buttons."""
    name = form.attrib["id"]
    _asked(SubElement(form, "label", {"for": f"{name}-value"}), summary)
    row = SubElement(form, "div", {"class": "predict-form__row"})
    attributes = {"id": f"{name}-value", "name": name, "type": "text"}
    attributes |= {"autocomplete": "off", "autocapitalize": "off"}
    SubElement(row, "input", attributes | {"spellcheck": "false", "inputmode": mode})
    return row


def _asked(element: Element, summary: Element) -> None:
    """Ask in the form what the summary asks."""
    element.text = summary.text
    element.extend(deepcopy(child) for child in summary)


def _rename(summary: Element) -> None:
    """Let the fold have a name of its own where the form above asks the question."""
    question = Element("span", {"class": "predict__question"})
    question.text, summary.text = summary.text, None
    for child in list(summary):
        question.append(child)
        summary.remove(child)
    summary.append(question)
    name = {"class": "predict__name", "data-search-exclude": ""}
    SubElement(summary, "span", name).text = _NAME


def _unique(name: str, taken: set[str]) -> str:
    names = (f"{name}-{n}" if n > 1 else name for n in count(1))
    free = next(each for each in names if each not in taken)
    taken.add(free)
    return free
