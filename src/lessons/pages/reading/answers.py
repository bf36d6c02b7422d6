"""What a browser needs for a prediction: its answer marked, and a form above the fold.

The form is part of the page, so that nothing moves when the script arrives; without
scripts it is not shown, and the prediction is only its fold.
"""

from copy import deepcopy
from itertools import count
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

BOX = "predict"
_NAME = "What the run gives, and why"


class Answers(Treeprocessor):
    """Marks the answer of each prediction and puts the form above it."""

    def run(self, root: Element) -> None:
        """Treat each prediction whose first paragraph is there."""
        taken: set[str] = set()
        for parent in list(root.iter()):
            for index, box in reversed(list(enumerate(parent))):
                is_prediction = BOX in box.get("class", "").split()
                if box.tag == "details" and is_prediction and len(box) > 1:
                    parent.insert(index, _form(box, taken))


def _form(box: Element, taken: set[str]) -> Element:
    """Return the form of a prediction; mark its answer and its wrong options."""
    summary, answer, *others = box
    code = answer.find("code")
    is_text = code is not None
    answer.attrib |= {"class": "answer", "data-answer": "text" if is_text else "number"}
    options = []
    if others and others[0].tag == "ul":
        others[0].set("class", "options")
        options = sorted({_text(code), *(_text(o.find(".//code")) for o in others[0])})
    question = "".join(summary.itertext())
    name = _unique(f"predict-{slugify(question, '-')[:40].strip('-')}", taken)
    form = Element("form", {"class": "predict-form", "data-search-exclude": ""})
    form.set("id", name)
    if options:
        group = SubElement(form, "fieldset")
        _asked(SubElement(group, "legend"), summary)
        for option in options:
            label = SubElement(group, "label", {"class": "predict-form__option"})
            SubElement(label, "input", {"type": "radio", "name": name, "value": option})
            SubElement(label, "code").text = option
        row = SubElement(form, "div", {"class": "predict-form__row"})
    else:
        field = f"{name}-value"
        _asked(SubElement(form, "label", {"for": field}), summary)
        row = SubElement(form, "div", {"class": "predict-form__row"})
        kept = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        mode = {"inputmode": "text" if is_text else "decimal"}
        attributes = {"id": field, "name": name, "type": "text", **mode, **kept}
        SubElement(row, "input", attributes)
    SubElement(row, "button", {"type": "submit"}).text = "Commit"
    SubElement(row, "button", {"type": "reset", "hidden": ""}).text = "Clear"
    verdict = {"class": "predict-form__verdict", "role": "status"}
    SubElement(row, "p", verdict).text = ""
    _rename(summary)
    return form


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


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext())
