"""What readers find their way by, on the built site: numbers, parts, copies, lists."""

import re
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import course
from course import PROJECT
from lessons.pages.reading.minutes import minutes, spoken
from lessons.pages.reading.steps import Page
from sandbox import ROOT

PAGES = {
    page.path.relative_to(PROJECT.docs).as_posix(): page
    for page in course.PAGES.values()
}
PARTS = [
    "tensors",
    "linear-regression",
    "pytorch-way",
    "multiple-regression",
    "classification",
    "networks",
]
LABS = [path.stem for path in (ROOT / "docs/labs").glob("*.md")]


def chapters(part: str) -> list[Page]:
    """Return the chapters and labs of a part, in the order of the navigation."""
    entries = PROJECT.config["nav"]
    children = next(
        children
        for entry in entries
        for children in entry.values()
        if children[0] == f"{part}/index.md"
    )
    names = [name for child in children[1:] for name in child.values()]
    return [PAGES[name.replace(".ipynb", ".md")] for name in names]


def tree(site: Path, name: str) -> HtmlElement:
    return html.document_fromstring((site / name).read_bytes())


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("part", PARTS)
def test_the_page_of_a_part_lists_its_chapters(site: Path, part: str) -> None:
    listed = tree(site, f"{part}/index.html").xpath("//*[@class='chapters__item']")
    pages = chapters(part)
    assert len(listed) == len(pages) > 5
    for item, page in zip(listed, pages, strict=True):
        description = re.search(r"^description: (.+)$", page.text, re.MULTILINE)
        assert description
        assert description[1].strip('"') in words(item)
        assert f"{minutes(page)} min" in words(item)


@pytest.mark.parametrize("part", PARTS)
def test_the_time_of_a_part_is_that_of_its_chapters(site: Path, part: str) -> None:
    taken = spoken(sum(minutes(page) for page in chapters(part)))
    assert f" {taken} to read" in words(tree(site, f"{part}/index.html"))


def test_home_says_how_long_it_takes(site: Path) -> None:
    taken = sum(minutes(page) for part in PARTS for page in chapters(part))
    home = words(tree(site, "index.html").xpath("//article")[0])
    assert f"It takes {spoken(taken)} to read" in home
    assert spoken(taken).endswith("hours")


def test_home_names_six_parts_and_links_to_those_there_are(site: Path) -> None:
    items = tree(site, "index.html").xpath("//*[@class='parts']//li")
    assert len(items) == 6
    links = [item.xpath(".//a/@href") for item in items]
    assert links == [[f"{part}/"] for part in PARTS] + [[]] * (6 - len(PARTS))
    coming = [words(item).count("(coming)") for item in items]
    assert coming == [0] * len(PARTS) + [1] * (6 - len(PARTS))


def test_chapters_are_numbered_in_the_sidebar(site: Path) -> None:
    side = tree(site, "tensors/vectors/index.html").xpath("//nav[@data-md-level='0']")
    numbers = [
        (words(link.xpath(".//*[@class='md-nav__number']")[0]), link.get("href"))
        for link in side[0].xpath(".//a[.//*[@class='md-nav__number']]")
    ]
    found = dict(reversed(numbers))
    assert found["1"] == "../"
    assert found["1.1"] == "../what-is-a-tensor/"
    assert found["1.5"] == "../sharing/"
    assert found["2"] == "../../linear-regression/"
    assert found["2.1"] == "../../linear-regression/prediction/"
    count = sum(len(chapters(part)) for part in PARTS)
    assert len(numbers) == len(PARTS) + count - len(LABS)  # these have none


def test_only_the_open_part_unfolds(site: Path) -> None:
    for name, unfolded in (("tensors/vectors", "1"), ("set-up", None)):
        side = tree(site, f"{name}/index.html").xpath("//nav[@data-md-level='0']")[0]
        toggles = side.xpath("./ul/li[contains(@class, 'nested')]")
        opened = [words(item) for item in toggles if item.xpath("./input[@checked]")]
        assert [text[0] for text in opened] == ([unfolded] if unfolded else [])
        assert len(toggles) == len(PARTS) + 1


@pytest.mark.parametrize(
    ("lab", "title"),
    [
        ("first-tensors", "1 Tensors"),
        ("linear-regression", "2 Linear regression"),
        ("pytorch-way", "3 The PyTorch way"),
        ("multiple-regression", "4 Many inputs, many outputs"),
        ("classification", "5 Classification"),
        ("networks", "6 Networks"),
    ],
)
def test_a_lab_belongs_to_its_part(site: Path, lab: str, title: str) -> None:
    page = tree(site, f"labs/{lab}/index.html")
    part = page.xpath("//nav[@data-md-level='0']/ul/li[input/@checked]")
    assert words(part[0]).startswith(title)


def test_every_page_has_a_copy_in_markdown(site: Path) -> None:
    for name, page in PAGES.items():
        text = (site / name).read_text(encoding="utf-8")
        assert text.startswith("# "), name
        assert not re.search(r"\{= |--8<--|^ *\?{3}|<!-- |\{ #", text, re.M), name
        for block in page.blocks:
            rows = [row.strip() for row in block.source.text.split("\n")]
            assert "\n".join(rows).strip() in "\n".join(
                row.strip() for row in text.split("\n")
            ), f"{name}:{block.line}"
        words = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
        for link in re.findall(r"\]\(([^)\s#:]+)[^):\s]*\)", words):
            assert (site / name).parent.joinpath(link).is_file(), f"{name}: {link}"


def test_the_copy_of_a_part_lists_its_chapters(site: Path) -> None:
    text = (site / "tensors/index.md").read_text(encoding="utf-8")
    assert "- [1.3 Vector arithmetic](vectors.md), " in text
    assert "- [Lab: a wave and a reader](../labs/first-tensors.md), " in text
    text = (site / "linear-regression/index.md").read_text(encoding="utf-8")
    assert "- [Lab: a tested model](../labs/linear-regression.md), " in text


def test_every_page_says_where_its_copy_is(site: Path) -> None:
    for path in site.rglob("index.html"):
        links = html.parse(path).xpath("//link[@type='text/markdown']")
        assert len(links) == 1
        assert links[0].get("rel").split() == ["alternate"]
        assert (path.parent / links[0].get("href")).is_file()


def test_llms_txt_lists_every_page(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    head, *sections = text.split("\n## ")
    assert re.match(r"# .+\n\n> .+\n\n.+\n$", head)
    titles = [section.partition("\n")[0] for section in sections]
    assert titles == [
        "Part 1: Tensors",
        "Part 2: Linear regression",
        "Part 3: The PyTorch way",
        "Part 4: Many inputs, many outputs",
        "Part 5: Classification",
        "Part 6: Networks",
        "Optional",
    ]
    links = re.findall(r"^- \[[^]]+\]\(([^)]+)\): .{40,}$", text, re.MULTILINE)
    assert sorted(links) == sorted(PAGES)
