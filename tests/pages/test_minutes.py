"""How long it takes to read a page."""

import pytest

from lessons.pages.reading.minutes import minutes, spoken
from sandbox import Sandbox

BLOCK = "```python\nx = 1\n```\n\n"


def test_two_hundred_words_take_a_minute(sandbox: Sandbox) -> None:
    assert minutes(sandbox.read("# A page\n")) == 1
    assert minutes(sandbox.read("word " * 200)) == 1
    assert minutes(sandbox.read("word " * 299)) == 1
    assert minutes(sandbox.read("word " * 300)) == 2
    assert minutes(sandbox.read("word " * 1000)) == 5


def test_two_blocks_take_a_minute(sandbox: Sandbox) -> None:
    assert minutes(sandbox.read(BLOCK * 4)) == 2
    assert minutes(sandbox.read(BLOCK * 5)) == 3
    assert minutes(sandbox.read("word " * 200 + "\n\n" + BLOCK * 2)) == 2


def test_what_nobody_reads_takes_no_time(sandbox: Sandbox) -> None:
    front = "---\ntitle: " + "word " * 300 + "\n---\n"
    code = "```python\n" + "x = 1  # word word word\n" * 100 + "```\n"
    link = "[word](nowhere.md#" + "-".join(["word"] * 300) + ")"
    number = "3{= " + " + ".join(["word"] * 300) + " }"
    assert minutes(sandbox.read(f"{front}{link} {number}\n\n{code}")) == 1
    drawings = BLOCK.replace("python", "python {.draw}") * 3
    assert minutes(sandbox.read(f"{link} {drawings}")) == 1


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (1, "1 minute"),
        (7, "7 minutes"),
        (23, "25 minutes"),
        (54, "55 minutes"),
        (61, "1 hour"),
        (90, "1½ hours"),
        (376, "6½ hours"),
        (722, "12 hours"),
    ],
)
def test_a_time_is_said_as_people_say_it(taken: int, words: str) -> None:
    assert spoken(taken) == words
