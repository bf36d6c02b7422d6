"""The picture that others show for a link to a page, and what they are told of it."""

import shutil
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from PIL import Image

from lessons.pages.project import Project
from lessons.pages.publishing import cards
from lessons.pages.publishing.cards import Card, draw_card
from lessons.pages.publishing.site import make_site
from sandbox import ROOT, Sandbox
from small import CONFIG, make_small

CARD = Card("A title", "Part 1 · Tensors", "The name of the site")
LONG = Card("A title with so many words that they need " + "several lines " * 3, "", "")


@pytest.fixture
def project(sandbox: Sandbox) -> Project:
    """Return a project with the letters of the site."""
    shutil.copytree(ROOT / "docs/assets/fonts", sandbox.project.docs / "assets/fonts")
    return sandbox.project


def pixels(path: Path) -> bytes:
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        return image.convert("RGB").tobytes()


def test_a_card_is_drawn_alike_each_time(project: Project, tmp_path: Path) -> None:
    draw_card(CARD, project, tmp_path / "one.png")
    shutil.rmtree(project.cache)
    draw_card(CARD, project, tmp_path / "two.png")
    one, two = (tmp_path / f"{name}.png" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes()) < 40_000


def test_every_word_of_a_card_is_on_it(project: Project, tmp_path: Path) -> None:
    seen = set()
    for number, card in enumerate(
        (CARD, CARD._replace(title="B"), CARD._replace(part=""), CARD._replace(site=""))
    ):
        path = tmp_path / f"{number}.png"
        draw_card(card, project, path)
        seen.add(pixels(path))
    assert len(seen) == 4


def test_a_card_with_the_same_words_is_not_drawn_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_card(CARD, project, tmp_path / "one.png")
    monkeypatch.delattr(cards, "_draw")
    draw_card(CARD, project, tmp_path / "two.png")
    assert pixels(tmp_path / "one.png") == pixels(tmp_path / "two.png")


def test_a_long_title_stays_above_the_name_of_the_site(
    project: Project, tmp_path: Path
) -> None:
    draw_card(LONG, project, tmp_path / "long.png")
    with Image.open(tmp_path / "long.png") as image:
        below = image.convert("L").crop((0, 500, 800, 630))
    assert below.getextrema()[0] > 200  # nothing dark


def test_a_site_that_knows_its_address_has_a_card_for_each_page(
    project: Project, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(sandbox)
    monkeypatch.chdir(project.root)
    assert make_site(Project(project.root)) == 0
    assert not (project.root / "site/assets/cards").exists()
    url = "site_url: https://example.org/course/\n"
    (project.root / "mkdocs.yml").write_text(f"{url}{CONFIG}")
    assert make_site(Project(project.root)) == 0
    made = (project.root / "site/assets/cards").rglob("*.png")
    assert sorted(path.name for path in made) == ["index.png", "page.png"]


def test_others_are_told_of_the_card_by_its_whole_address() -> None:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "docs/theme/partials"), autoescape=True
    )
    environment.filters["url"] = str
    template = environment.get_template("describe.html")
    meta = {"title": "A title", "description": "What it is.", "copy": "page.md"}
    page = {"canonical_url": "https://example.org/page/", "meta": meta}
    bare = template.render(page=page, config={"site_name": "S"})
    for line in (
        '<meta property="og:title" content="A title">',
        '<meta property="og:description" content="What it is.">',
        '<meta name="twitter:card" content="summary">',
        'type="text/markdown" href="page.md"',
    ):
        assert line in bare
    assert "og:image" not in bare
    meta["card"] = "https://example.org/assets/cards/page.png"
    full = template.render(page=page, config={"site_name": "S"})
    assert f'<meta property="og:image" content="{meta["card"]}">' in full
    assert '<meta name="twitter:card" content="summary_large_image">' in full
