"""Style sheets are published without comments, and mean the same."""

from pathlib import Path

from lessons.pages.publishing.styles import trim_styles


def test_comments_and_indentation_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "assets/css/site.css"
    path.parent.mkdir(parents=True)
    path.write_text(
        "/* Why,\n   and how. */\na {\n  color: red; /* not blue */\n\n"
        '  content: "a  b";\n}\n'
    )
    trim_styles(tmp_path)
    trimmed = 'a {\ncolor: red;\ncontent: "a  b";\n}\n'
    assert path.read_text() == trimmed
    trim_styles(tmp_path)
    assert path.read_text() == trimmed
